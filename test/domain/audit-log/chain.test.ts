import { createHash } from 'node:crypto';
import { CHAIN_START, checkChain, exportEntry, linkRecords } from '../../../domain/audit-log/chain';
import type { ExportedEntry } from '../../../domain/audit-log/chain';
import { EXPIRE_ACTION } from '../../../domain/audit-log/entry';
import type { AuditRecord, ChainHead } from '../../../domain/audit-log/entry';
import { auditRecord } from '../../support/audit-log';

const record = (id: string, change: Partial<AuditRecord> = {}): AuditRecord =>
  auditRecord('org', { id, at: new Date('2026-11-28T12:00:00.000Z'), ...change });
const chainOf = (records: AuditRecord[]): ExportedEntry[] => linkRecords(CHAIN_START, records).map(exportEntry);
const chain = (): ExportedEntry[] => chainOf(['a', 'b', 'c', 'd', 'e'].map((id) => record(id)));
const headOf = (entries: ExportedEntry[]): ChainHead => {
  const { sequence, hash } = entries.at(-1)!;
  return { sequence, hash };
};

function check(entries: ExportedEntry[], heads: ChainHead[] = []) {
  const checking = checkChain();
  entries.forEach((entry) => checking.take(entry));
  return checking.end(heads);
}
const found = (entries: ExportedEntry[], heads: ChainHead[] = []) =>
  check(entries, heads).findings.map(({ kind, sequence }) => `${kind} ${sequence}`);

/** Writes the entries again from `index` on, as somebody would who can write to the database. */
function relink(entries: ExportedEntry[], index: number): ExportedEntry[] {
  const { sequence, hash } = entries[index - 1]!;
  const records = entries.slice(index).map(({ organisation, at, ...rest }) => {
    const record: Partial<typeof rest> = { ...rest };
    delete record.hash;
    delete record.previousHash;
    return {
      ...(record as Omit<typeof rest, 'hash' | 'previousHash'>),
      at: new Date(at),
      organisationId: organisation,
    };
  });
  return [...entries.slice(0, index), ...linkRecords({ sequence, hash }, records).map(exportEntry)];
}

describe('The chain of the audit log', () => {
  test('A whole chain has no finding, and ends with its head', () => {
    const entries = chain();
    expect(check(entries, [headOf(entries), headOf(entries.slice(0, 2))])).toEqual({
      entries: 5,
      head: headOf(entries),
      findings: [],
    });
  });

  test.each<[string, Partial<ExportedEntry>]>([
    ['who', { actor: { kind: 'key', id: 'other', name: 'Other', role: 'support' } }],
    ['what', { action: 'cancelImport' }],
    ['when', { at: '2026-11-28T12:00:01.000Z' }],
    ['where from', { network: null }],
    ['which', { targets: [] }],
    ['a fact', { facts: { rows: 1 } }],
    ['the outcome', { status: 409, code: 'nothing-to-pause' }],
    ['the organisation', { organisation: 'other' }],
  ])('An entry that says something else about %s is found', (_what, change) => {
    const entries = chain();
    entries[2] = { ...entries[2]!, ...change };
    expect(found(entries)).toEqual(['altered 3']);
  });

  test('An altered entry with a new hash is found by the one behind it', () => {
    const entries = chain();
    const [altered] = linkRecords(headOf(entries.slice(0, 2)), [record('c', { action: 'cancelImport' })]);
    entries[2] = exportEntry(altered!);
    expect(found(entries)).toEqual(['replaced 3']);
  });

  test('A chain that was written anew from one entry on is found by an anchor', () => {
    const entries = chain();
    const forged = relink([...entries.slice(0, 2), { ...entries[2]!, status: 500 }, ...entries.slice(3)], 2);
    expect(found(forged)).toEqual([]);
    expect(found(forged, [headOf(entries.slice(0, 4))])).toEqual(['anchor-differs 4']);
  });

  test('A removed entry is found, in the middle and at the beginning', () => {
    expect(found(chain().filter(({ sequence }) => sequence !== 3))).toEqual(['removed 4']);
    expect(found(chain().slice(2))).toEqual(['removed 3']);
  });

  test('Two entries in each other’s place are found', () => {
    const [a, b, c, d, e] = chain() as [ExportedEntry, ExportedEntry, ExportedEntry, ExportedEntry, ExportedEntry];
    expect(found([a, c, b, d, e])).toEqual(['removed 3', 'reordered 2']);
    const renumbered = [a, { ...c, sequence: 2 }, { ...b, sequence: 3 }, d, e];
    expect(found(renumbered)).toEqual(expect.arrayContaining(['altered 2', 'altered 3']));
  });

  test('An end that was cut off is found by what is on record of it', () => {
    const entries = chain();
    expect(found(entries.slice(0, 4), [headOf(entries)])).toEqual(['cut-off 4']);
    expect(found([], [headOf(entries)])).toEqual(['cut-off 0']);
    expect(found(entries.slice(0, 4))).toEqual([]);
  });

  test('A chain whose old entries have expired begins where its own entry says', () => {
    const entries = chain();
    const { sequence, hash } = headOf(entries.slice(0, 3));
    const expiry = record('expire', { action: EXPIRE_ACTION, facts: { through: sequence, hash } });
    const kept = [...entries, ...linkRecords(headOf(entries), [expiry]).map(exportEntry)].slice(3);
    expect(found(kept)).toEqual([]);
    expect(found(kept.slice(1))).toEqual(['removed 5']);
  });

  test('The hash is that of canonical JSON, as other programs write it', () => {
    const [entry] = chainOf([record('ä', { facts: { z: 1, a: 'é' } })]);
    const canonical =
      '{"action":"pauseImport","actor":{"id":"key","kind":"key","name":"Front desk","role":"support"},"at":"2026-11-28T12:00:00.000Z",' +
      '"code":null,"facts":{"a":"é","z":1},"id":"ä","network":"192.0.2.0/24","organisation":"org",' +
      `"previousHash":"${'0'.repeat(64)}","sequence":1,"status":200,"targets":[{"id":"import-1","kind":"import"}]}`;
    expect(entry!.hash).toBe(createHash('sha256').update(canonical).digest('hex'));
  });
});
