import { CHAIN_START, exportEntry, linkRecords } from '../../../domain/audit-log/chain';
import { auditLogLine } from '../../../domain/exports/audit-log';
import { auditRecord } from '../../support/audit-log';
import { createFolder, runHere } from '../cli';

describe('client-import verify-events', () => {
  const folder = createFolder();
  afterAll(() => folder.remove());
  const entries = linkRecords(
    CHAIN_START,
    Array.from({ length: 4 }, () => auditRecord('org')),
  ).map(exportEntry);
  const last = entries.at(-1)!;
  const verify = (lines: string[], ...args: string[]) => {
    folder.file('log.ndjson', lines.join(''));
    return runHere(['verify-events', folder.at('log.ndjson'), ...args]);
  };

  test('A whole log is found whole, and its anchor is printed', async () => {
    const { code, out } = await verify(entries.map(auditLogLine));
    expect(code).toBe(0);
    expect(out).toContain('4 entries, the chain is whole.');
    expect(out).toContain(`Anchor to keep elsewhere: 4:${last.hash}`);
  });

  test('A log with a changed entry, or with less than an anchor says, is found broken', async () => {
    const changed = await verify(entries.map((entry, i) => auditLogLine(i === 1 ? { ...entry, status: 409 } : entry)));
    expect(changed).toMatchObject({ code: 2, out: expect.stringMatching(/BROKEN[\s\S]*entry 2 {2}altered/) as string });
    const short = await verify(entries.slice(0, 3).map(auditLogLine), '--anchor', `4:${last.hash}`);
    expect(short).toMatchObject({ code: 2, out: expect.stringMatching(/entry 3 {2}cut-off/) as string });
  });

  test('A file that is no log, or is not there, is an error that says so', async () => {
    await expect(verify(['First Name,Last Name\n'])).rejects.toThrow('Line 1 is no entry of an audit log');
    await expect(runHere(['verify-events', folder.at('none')])).rejects.toThrow('cannot be read');
  });
});
