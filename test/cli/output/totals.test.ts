import {
  countInvitedAgain,
  doesNothing,
  formatPlan,
  formatSameFile,
  formatTotals,
  formatUnion,
} from '../../../cli/output/totals';
import type { PlanView, RowView } from '../../../cli/http/views';
import { emptyProgress } from '../../../contract/progress';
import { unwrapped } from '../cli';
import { importView as view } from './import-view';
import { problem } from './problem';

const NO_PLAN: RowView['plan'] = { action: 'reject', channels: [], changes: [] };

describe('The plan of a preview', () => {
  const plan = (actions: Partial<PlanView['actions']>, messages: Partial<PlanView['messages']> = {}): PlanView => ({
    hash: 'h',
    expiresAt: null,
    appliedAt: null,
    actions: { create: 0, update: 0, unchanged: 0, skip: 0, ignore: 0, wait: 0, reject: 0, ...actions },
    messages: { email: 0, sms: 0, ...messages },
    smsSegments: 0,
    smsCost: null,
  });
  const unchanged = (...channels: RowView['plan']['channels']) => ({
    plan: { action: 'unchanged' as const, channels, changes: [] },
  });

  test('When some who are left as they are get messages, then they are counted apart', () => {
    const invitedAgain = countInvitedAgain([
      unchanged('email'),
      unchanged(),
      unchanged('email', 'sms'),
      { plan: NO_PLAN },
    ]);
    const text = formatPlan(plan({ unchanged: 3 }, { email: 2, sms: 1 }), invitedAgain);
    expect(text).toMatch(/ 2 to be invited again\n +1 to be left as they are\n/);
    expect(text).toMatch(/ 2 invitations by e-mail\n +1 invitation by SMS, in 0 segments$/);
    expect(formatPlan(plan({ unchanged: 3 }), 0)).not.toContain('invited again');
  });

  test.each<[{ amount: number; currency: string }, string]>([
    [{ amount: 1.6, currency: 'EUR' }, 'EUR 1.60'],
    [{ amount: 0.0463, currency: 'GBP' }, 'GBP 0.0463'],
    [{ amount: 12000, currency: 'JPY' }, 'JPY 12,000'],
  ])('When the organisation has set a price, then %j is told as %s', (smsCost, told) => {
    const text = formatPlan({ ...plan({ create: 2 }, { sms: 2 }), smsSegments: 40, smsCost }, 0);
    expect(text).toMatch(new RegExp(`2 invitations by SMS, in 40 segments, about ${told}$`));
  });

  test.each<[boolean, string, PlanView]>([
    [true, 'leaves and rejects', plan({ unchanged: 3, skip: 1, reject: 2 })],
    [false, 'creates', plan({ create: 1 })],
    [false, 'changes', plan({ update: 1 })],
    [false, 'lets wait', plan({ wait: 1 })],
    [false, 'only sends', plan({ unchanged: 1 }, { sms: 1 })],
  ])('When it comes to doing nothing (%s), then it is one that %s', (expected, _what, given) => {
    expect(doesNothing(given)).toBe(expected);
  });
});

describe('The totals of an import', () => {
  const { rows, invitations } = emptyProgress('', 'queued');

  test('When only some things happened, then only they are named', () => {
    const counts = { lines: 9, rows: { ...rows, created: 1, updated: 2, skipped: 3, waiting: 3 } };
    expect(formatTotals(view({ ...counts, status: 'waiting' }), 3)).toBe(
      'a.csv: waiting. 9 lines, 1 client created, 2 changed, 3 skipped, 3 waiting, 0 rows rejected; ' +
        'invited 0 by e-mail and 0 by SMS; 3 warnings.',
    );
  });

  test('When members of staff were imported, then they are not called clients', () => {
    expect(formatTotals(view({ kind: 'staff', rows: { ...rows, created: 2 } }), 0)).toContain(
      '2 members of staff created',
    );
  });

  test('When people have accepted already, then they count as invited', () => {
    const email = { ...invitations.email, sent: 1, delivered: 2, accepted: 3 };
    expect(formatTotals(view({ invitations: { ...invitations, email } }), 0)).toContain('invited 6 by e-mail');
  });

  test('When the file was read with a warning, then it is not called rejected', () => {
    const warned = view({ problems: [problem({ severity: 'warning' })], lines: 1 });
    expect(formatTotals(warned, 0)).toContain('1 line, 0 clients created');
    expect(formatTotals(view({ problems: [problem()] }), 0)).toContain('The file as a whole was rejected');
  });

  test('When the very same file was imported before, then it is recognised by its name and day', () => {
    const same = { id: 'i1', fileName: 'people.xlsx', createdAt: '2026-11-24T16:00:00.000Z', lines: 48 };
    expect(formatSameFile({ ...same, present: 48 })).toBe(
      '  This is people.xlsx of Tuesday 24 November: all 48 lines are there (import i1).',
    );
    expect(formatSameFile({ ...same, present: 40 })).toContain('40 of its 48 lines are there');
    expect(formatSameFile({ ...same, present: 1, lines: 1 })).toContain('its one line is there');
  });

  test('When a file was corrected by another, then the lines of both add up in one sentence', () => {
    const passes = [
      { importId: '1', fileName: 'a.csv', done: 487 },
      { importId: '2', fileName: 'a - failed rows.csv', done: 13 },
    ];
    expect(unwrapped(formatUnion({ lines: 500, waiting: 0, open: 0, passes }))).toContain(
      '500 lines, 487 by a.csv, 13 by a - failed rows.csv, 0 open.',
    );
  });
});
