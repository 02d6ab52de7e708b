import { IMPORT_STATUSES } from '../../../contract/import-status';
import { PROBLEM_CODES } from '../../../contract/problem-codes';
import type { ImportSnapshot } from '../../../contract/snapshot';
import { describe as page } from '../../../workflows/state/describe';
import { ImportState } from '../../../workflows/state/import-state';
import { aState } from './snapshots';

const pageOf = (snapshot: Partial<ImportSnapshot>): string => page(aState(snapshot), { namespace: 'default' });
const failed = (code: 'invitation.address-refused' | 'invitation.country-not-enabled', rows: string) =>
  ({ channel: 'sms', rows, state: 'failed', code }) as const;
const created: ImportSnapshot['rows'] = [{ rows: '2-9', status: 'created' }];

describe('The page of an import in the Temporal UI', () => {
  test('A file that was rejected as a whole shows the reason and what to do', () => {
    const text = pageOf({ status: 'failed', fileProblems: ['file.empty'] });
    expect(text).toMatch(/\| whole file \| rejected \| .*\(`file\.empty`\) \| .+ \|/);
    expect(text).toContain('Correct the file as said below and upload it again.');
  });

  test('A reason that a file has several times is one entry, and the page says where the columns are named', () => {
    const text = pageOf({
      status: 'failed',
      fileProblems: ['file.missing-column', 'file.duplicate-column', 'file.missing-column', 'file.missing-column'],
    });
    expect(text.match(/^\| whole file .*$/gm)).toEqual([
      expect.stringMatching(/^\| whole file \| rejected, 3 times \| .*\(`file\.missing-column`\)/),
      expect.stringMatching(/^\| whole file \| rejected \| .*\(`file\.duplicate-column`\)/),
    ]);
    expect(text).toMatch(/is in `client-import status \S+`\./);
  });

  test('Lines with the same reason are one entry, in the sentences of the catalogue', () => {
    const text = pageOf({
      status: 'completed-with-problems',
      rows: [
        { rows: '2-3', status: 'rejected', codes: ['last-name.missing'] },
        { rows: '7', status: 'rejected', codes: ['last-name.missing', 'mobile.landline'] },
      ],
    });
    expect(text).toContain(
      '| 2-3, 7 | rejected | The last name is missing. (`last-name.missing`) | Fill in the last name',
    );
    // A warning is no reason.
    expect(text).not.toContain('mobile.landline');
    expect(text).toContain('client-import failed-rows import');
  });

  test.each([
    ['for all where it can help all', ['invitation.country-not-enabled'], '{"all": true}', false],
    ['not where only another address helps', ['invitation.address-refused'], null, true],
    [
      'for some where it can help some',
      ['invitation.address-refused', 'invitation.country-not-enabled'],
      '{"rows": [3]}',
      true,
    ],
  ] as const)('A retry is offered %s', (_, codes, offered, isToCorrect) => {
    const text = pageOf({
      status: 'needs-attention',
      rows: created,
      invitations: codes.map((code, i) => failed(code, String(2 + i))),
    });
    expect(text.includes('retryInvitations')).toBe(offered !== null);
    if (offered) expect(text).toContain(`\`${offered}\``);
    expect(text.includes('client-import correct import 2')).toBe(isToCorrect);
  });

  test('An import that has ended names the command that retries it, since it takes no update', () => {
    const invitations = [failed('invitation.country-not-enabled', '2-4')];
    const text = pageOf({ status: 'completed-with-problems', rows: created, invitations });
    expect(text).toContain('client-import retry import --rows 2,3,4');
    expect(text).not.toContain('Send an Update');
  });

  test('Of a large import the first lines are named as such, each of them whole, and with blanks at which a cell can break', () => {
    const rows = Array.from({ length: 20 }, (_, i) => 2 + 1_000 * i).join(',');
    const text = pageOf({
      ...{ status: 'needs-attention', rows: created },
      invitations: [{ ...failed('invitation.address-refused', rows), count: 40 }],
    });
    expect(text).toContain('number of lines 2, 1002, 2002, 3002, 4002 and others, which');
    const [, shown = ''] = /\| 40: ([^|]+), … \|/.exec(text)!;
    expect(shown.split(', ').length).toBeGreaterThan(10);
    for (const line of shown.split(', ')) expect(rows.split(',')).toContain(line);
  });

  test.each([
    ['a chosen time can be changed', ['send-at', 'failover'], true],
    ['what waits for the other channel alone cannot be hurried', ['failover'], false],
  ] as const)('Of what is sent later: %s', (_, reasons, isOffered) => {
    const text = pageOf({
      ...{ status: 'scheduled', rows: created },
      invitations: reasons.map((because, i) => ({
        ...{ channel: 'sms', rows: String(2 + i), state: 'pending', deferred: { because, forMs: 60_000 } },
      })),
    });
    expect(text.includes('client-import send-now')).toBe(isOffered);
    expect(text).toMatch(/\| Next step \| Nothing: it is sent at the times above/);
  });

  test('Rows that wait name their team', () => {
    const text = pageOf({
      status: 'waiting',
      rows: [{ rows: '4-5', status: 'waiting', codes: ['group.waiting'], team: 'Riverside' }],
    });
    expect(text).toContain('| 4-5 | waiting for team Riverside |');
  });

  test('An import that a provider pauses says why', () => {
    const text = pageOf({ status: 'paused', pausedBy: { sms: 'invitation.key-refused' }, rows: created });
    expect(text).toContain('sms: The provider no longer accepts the key of our account');
    expect(text).toContain('`resume`');
  });

  test.each(IMPORT_STATUSES)('An import that is %s has a next step and a link to all that are so', (status) => {
    const text = pageOf({ status, rows: created });
    expect(text).toMatch(/\| Next step \| \S.+ \|/);
    expect(text).toContain(`?query=ImportStatus%3D%22${status}%22`);
  });

  test('Before it is planned there is a page, too', () => {
    expect(page(new ImportState('import'), { namespace: 'default' })).toContain('**planning**');
  });

  test('However many reasons there are, it fits into an address, and says how many are left out', () => {
    const rows = PROBLEM_CODES.map((code, i) => ({ rows: String(2 + i), status: 'rejected' as const, codes: [code] }));
    const text = pageOf({ status: 'completed-with-problems', rows });
    expect(encodeURIComponent(text).length).toBeLessThan(7_500);
    const [, left] = /… and (\d+) more reasons/.exec(text)!;
    const shown = text.split('\n').filter((line) => line.includes('| rejected |')).length;
    expect(shown).toBeGreaterThan(5);
    expect(shown + Number(left)).toBeGreaterThan(60);
  });
});
