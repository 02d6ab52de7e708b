import { problemsOfFile, problemsOfRows } from '../../../cli/output/listed-problems';
import type { ListedProblem } from '../../../cli/output/listed-problems';
import { formatProblems } from '../../../cli/output/problem-table';
import type { RowView } from '../../../cli/http/views';
import { problem } from './problem';

const item = (change: Partial<ListedProblem> = {}): ListedProblem => ({
  severity: 'error',
  line: 7,
  where: 'D Mobile',
  code: 'mobile.invalid',
  text: 'Wrong.',
  ...change,
});
const NO_PLAN: RowView['plan'] = { action: 'reject', channels: [], changes: [] };
const wide = { listRowWarnings: true, width: 200 };

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
    expect(tables(true)).not.toContain('PROBLEM, AND WHAT TO DO');
  });

  test('When a warning matters before anything is sent, then it can be listed without the others', () => {
    const ofRows = [
      item({ severity: 'warning', code: 'email.domain-typo' }),
      item({ severity: 'warning', code: 'mobile.landline' }),
    ];
    const options = { listRowWarnings: false, alwaysListed: ['email.domain-typo'], width: 200 } as const;
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

  test('a header in Chinese or Japanese leaves the columns beside it straight, and is cut by its width', () => {
    const problems = [
      item({ where: 'D 手机号码' }),
      item({ line: 8, where: 'C 電子メールアドレス' }),
      item({ line: 9, where: `B ${'客户'.repeat(20)}` }),
      item({ line: 10, where: 'A Pre\u0301nom' }),
    ];
    expect(formatProblems([], problems, wide)).toEqual([
      [
        '  LINE  COLUMN                         CODE            PROBLEM, AND WHAT TO DO',
        '  7     D 手机号码                     mobile.invalid  Wrong.',
        '  8     C 電子メールアドレス           mobile.invalid  Wrong.',
        `  9     B ${'客户'.repeat(6)}客…  mobile.invalid  Wrong.`,
        '  10    A Pre\u0301nom                       mobile.invalid  Wrong.',
      ].join('\n'),
    ]);
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

  test('When a cell can mean several values, then they are listed', () => {
    const row: RowView = {
      row: 3,
      status: 'rejected',
      plan: NO_PLAN,
      problems: [problem({ choices: ['+13123894213', '+8613123894213'] })],
      invitations: [],
    };
    expect(problemsOfRows([row])[0]!.text).toBe('It is wrong. Correct it. It can be +13123894213 or +8613123894213.');
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
