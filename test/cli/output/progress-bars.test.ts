import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { percentDone, showProgress } from '../../../cli/output/progress-bars';
import type { ImportView } from '../../../cli/http/views';
import { emptyProgress } from '../../../contract/progress';
import { importView as view } from './import-view';

describe('The progress of an import', () => {
  const { rows, invitations } = emptyProgress('', 'queued');

  test('When an import goes on, then its bar moves from 0 to 100 with rows and invitations', () => {
    const at = (done: object, sms: object): ImportView =>
      view({
        status: 'inviting',
        lines: 10,
        rows: { ...rows, ...done },
        invitations: { ...invitations, sms: { ...invitations.sms, ...sms } },
      });
    expect(percentDone(at({ pending: 10 }, {}))).toBe(0);
    expect(percentDone(at({ created: 10 }, { pending: 10 }))).toBe(66);
    expect(percentDone(at({ created: 10 }, { sent: 10 }))).toBe(100);
    expect(percentDone({ ...at({}, {}), lines: 0 })).toBe(0);
    expect(percentDone({ ...at({ pending: 5 }, {}), status: 'awaiting-approval' })).toBe(100);
  });

  test('bars begin at one column, whatever the script of the file names', () => {
    const out = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 20 });
    const names = new Map([
      ['1', '客户名单.csv'],
      ['2', 'Jose\u0301.csv'],
      ['3', 'a\u001b[2J\n.csv'],
    ]);
    showProgress(names, out as unknown as NodeJS.WriteStream).stop();
    const raw = String(out.read());
    const text = stripVTControlCharacters(raw);
    expect(text).toContain('  客户名单.csv ░');
    expect(text).toContain('  Jose\u0301.csv     ░');
    expect(text).toContain('  a\ufffd[2J .csv   ░');
    expect(raw).not.toContain('\u001b[2J');
  });
});
