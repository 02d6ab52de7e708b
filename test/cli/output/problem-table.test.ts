import { problemsOfFile, problemsOfRows } from '../../../cli/output/listed-problems';
import type { ListedProblem } from '../../../cli/output/listed-problems';
import { formatProblems } from '../../../cli/output/problem-table';
import { percentDone } from '../../../cli/output/progress-bars';
import { formatChanges } from '../../../cli/output/changes-table';
import { countInvitedAgain, doesNothing, formatPlan } from '../../../cli/output/plan-totals';
import { formatTotals, formatUnion } from '../../../cli/output/totals';
import type { ImportView, PlanView, RowView } from '../../../cli/http/views';
import type { Problem } from '../../../contract/problem';
import { emptyProgress } from '../../../contract/progress';
import { unwrapped } from '../cli';

const item = (change: Partial<ListedProblem> = {}): ListedProblem => ({
  severity: 'error',
  line: 7,
  where: 'D Mobile',
  code: 'mobile.invalid',
  text: 'Wrong.',
  ...change,
});
const problem = (change: Partial<Problem> = {}): Problem => ({
  code: 'email.invalid',
  severity: 'error',
  line: 3,
  column: 'Email',
  letter: 'C',
  value: 'x',
  message: 'It is wrong.',
  expected: 'An address.',
  fix: 'Correct it.',
  suggestion: null,
  ...change,
});
const NO_PLAN: RowView['plan'] = { action: 'reject', channels: [], changes: [] };
const wide = { listRowWarnings: true, width: 200 };

function view(change: object = {}): ImportView {
  const { importId: id, ...progress } = emptyProgress('import', 'completed');
  const base = { id, kind: 'clients' as const, fileName: 'a.csv', problems: [], pausedBy: [], plan: null, union: null };
  return { ...progress, ...base, links: { temporalUi: '' }, ...change };
}

describe('The tables of what was found', () => {
  test('When a sentence is longer than the terminal is wide, then it goes on below its own column', () => {
    const text = 'one two three four five six seven eight nine ten';
    const [table] = formatProblems([], [item({ text })], { listRowWarnings: false, width: 60 });
    const [head, ...rest] = table!.split('\n');
    expect(head).toContain('LINE  COLUMN    CODE');
    const column = rest[0]!.indexOf('one');
    expect(rest.length).toBeGreaterThan(1);
    expect(rest.slice(1).every((line) => line.search(/\S/) === column)).toBe(true);
    expect(rest.map((line) => line.slice(column)).join(' ')).toBe(text);
  });

  test('When several lines have the same problem, then it is said once with all of them', () => {
    const [table] = formatProblems([], [item(), item({ line: 8 }), item({ line: 12 }), item({ code: 'x' })], wide);
    expect(table!.split('\n').map((line) => line.trim().split(/\s+/)[0])).toEqual(['LINE', '7-8,12', '7']);
  });

  test('When there are warnings, then those on the file are always shown, and those on rows where they are asked for', () => {
    const ofFile = [item({ severity: 'warning', line: null, code: 'about.file' })];
    const ofRows = [item({ severity: 'warning', code: 'about.row' })];
    const tables = (listRowWarnings: boolean) =>
      formatProblems(ofFile, ofRows, { ...wide, listRowWarnings }).join('\n');
    expect(tables(false)).toContain('about.file');
    expect(tables(false)).not.toContain('about.row');
    expect(tables(true)).toMatch(/- +D Mobile +about\.file.*\n.*7 +D Mobile +about\.row/);
    expect(tables(true)).not.toContain('WHAT IS WRONG');
  });

  test('When a warning matters before anything is sent, then it can be listed without the others', () => {
    const ofRows = [
      item({ severity: 'warning', code: 'email.domain-typo' }),
      item({ severity: 'warning', code: 'mobile.landline' }),
    ];
    const options = { listRowWarnings: false, unasked: ['email.domain-typo'], width: 200 } as const;
    const text = formatProblems([], ofRows, options).join('\n');
    expect(text).toContain('email.domain-typo');
    expect(text).not.toContain('mobile.landline');
  });

  test('When there is nothing to tell, then there is no table', () => {
    expect(formatProblems([], [], wide)).toEqual([]);
  });

  test('When a cell holds commands for a terminal or turns the direction of text, then it is shown without them', () => {
    const found = problemsOfFile({
      problems: [problem({ column: 'E\u001b[2Jmail\nof all', suggestion: 'a\u202eb\u0007@example.com' })],
    });
    const [table] = formatProblems(found, [], wide);
    expect(table!.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(table).toContain('mail of all');
    expect(table).toContain('@example.com');
  });

  test('When a header is a whole paragraph, then the columns beside it stay where they can be read', () => {
    const [table] = formatProblems([], [item({ where: `D ${'very '.repeat(50)}long` })], wide);
    expect(Math.max(...table!.split('\n').map((line) => line.length))).toBeLessThan(90);
  });

  test('When a problem has a suggestion, then it stands beside it', () => {
    const row: RowView = {
      row: 3,
      status: 'rejected',
      plan: NO_PLAN,
      problems: [problem({ suggestion: 'a@b.example' })],
      invitations: [],
    };
    expect(problemsOfRows([row])[0]!.text).toBe('It is wrong. Correct it. Perhaps “a@b.example” is meant.');
  });

  test('When an invitation was not sent, then its row is named with the channel; one that was sent is not', () => {
    const invitation = (channel: 'email' | 'sms', state: 'failed' | 'sent') => ({
      channel,
      state,
      problem: problem({ line: null, column: null, letter: null }),
    });
    const row: RowView = {
      row: 9,
      status: 'created',
      plan: NO_PLAN,
      problems: [],
      invitations: [invitation('email', 'failed'), invitation('sms', 'sent')],
    };
    expect(problemsOfRows([row])).toMatchObject([{ line: 9, where: 'email' }]);
  });
});

describe('The plan of a preview', () => {
  const plan = (actions: Partial<PlanView['actions']>, messages: Partial<PlanView['messages']> = {}): PlanView => ({
    hash: 'h',
    expiresAt: null,
    appliedAt: null,
    actions: { create: 0, update: 0, unchanged: 0, skip: 0, wait: 0, reject: 0, ...actions },
    messages: { email: 0, sms: 0, ...messages },
    smsSegments: 0,
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

  test.each<[boolean, string, PlanView]>([
    [true, 'leaves and refuses', plan({ unchanged: 3, skip: 1, reject: 2 })],
    [false, 'creates', plan({ create: 1 })],
    [false, 'changes', plan({ update: 1 })],
    [false, 'lets wait', plan({ wait: 1 })],
    [false, 'only sends', plan({ unchanged: 1 }, { sms: 1 })],
  ])('When it comes to doing nothing (%s), then it is one that %s', (expected, _what, given) => {
    expect(doesNothing(given)).toBe(expected);
  });

  test('When people are to be changed, then row, field, before and after are told, as many as can be read', () => {
    const row = (line: number, ...changes: RowView['plan']['changes']) => ({
      row: line,
      plan: { action: 'update' as const, channels: [], changes },
    });
    const renamed = { field: 'lastName', before: 'Lee\u001b[2J', after: 'Li' };
    const text = formatChanges([row(4, renamed, { field: 'group', before: '', after: 'Mayfair' })], 'clients')!;
    expect(text).toMatch(/LINE +FIELD +BEFORE → AFTER\n +4 +Last Name +“Lee\ufffd\[2J” → “Li”\n/);
    expect(text).toMatch(/4 +Group Identifier +\(nothing\) → “Mayfair”$/);
    const many = formatChanges(
      Array.from({ length: 53 }, (_, i) => row(i, renamed)),
      'clients',
    )!;
    expect(many.split('\n')).toHaveLength(1 + 50 + 1);
    expect(many).toContain('… and 3 more.');
    expect(formatChanges([row(4)], 'clients')).toBeNull();
  });
});

describe('The totals of an import', () => {
  const { rows, invitations } = emptyProgress('', 'queued');

  test('When only some things happened, then only they are named', () => {
    const counts = { lines: 9, rows: { ...rows, created: 1, updated: 2, skipped: 3, waiting: 3 } };
    expect(formatTotals(view({ ...counts, status: 'waiting' }), 3)).toBe(
      'a.csv: waiting. 9 lines, 1 client created, 2 changed, 3 skipped, 3 waiting, 0 rows refused; ' +
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

  test('When the file was read with a warning, then it is not called refused', () => {
    const warned = view({ problems: [problem({ severity: 'warning' })], lines: 1 });
    expect(formatTotals(warned, 0)).toContain('1 line, 0 clients created');
    expect(formatTotals(view({ problems: [problem()] }), 0)).toContain('The file as a whole was refused');
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
});
