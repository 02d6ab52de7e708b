import { problemsOfFile, problemsOfRows } from '../../../cli/output/listed-problems';
import type { ListedProblem } from '../../../cli/output/listed-problems';
import { allot, formatProblems } from '../../../cli/output/problem-table';
import { displayWidth } from '../../../cli/output/text';
import type { RowView } from '../../../cli/http/views';
import { problem } from './problem';

const item = (change: Partial<ListedProblem> = {}): ListedProblem => ({
  severity: 'error',
  code: 'mobile.invalid',
  line: 7,
  name: 'Ann Lee',
  where: 'D Mobile',
  value: '+44',
  message: 'Wrong.',
  fix: 'Correct it.',
  guess: '',
  ...change,
});
const row = (change: Partial<RowView> = {}): RowView => ({
  row: 3,
  status: 'rejected',
  person: { firstName: ' Ann', lastName: 'Lee', email: 'ann@example.com', mobile: '+447911123456' },
  plan: { action: 'reject', channels: [], changes: [] },
  problems: [],
  repairs: [],
  invitations: [],
  ...change,
});
const TO_SEE_ALL = 'client-import status f62ff629 --all';
const wide = { listRowWarnings: true, width: 120, toSeeAll: TO_SEE_ALL };
const narrow = { ...wide, width: 80 };

describe('The list of what was found', () => {
  test('begins with the totals by reason and their lines, then has each reason with its people and values', () => {
    const problems = [
      item({ line: 12, code: 'email.invalid', where: 'C Email', value: 'ann@', message: 'No address.' }),
      item(),
      item({ line: 8, name: 'Bo Li', value: '+1', guess: 'Perhaps “+12” is meant.' }),
    ];
    expect(formatProblems([], problems, wide).join('\n\n')).toBe(
      [
        '  3 problems, by reason:',
        '    2  mobile.invalid  7-8',
        '    1  email.invalid   12',
        '',
        '  2 × mobile.invalid',
        '    Wrong. Correct it.',
        '',
        '    LINE  NAME     COLUMN    VALUE  MORE',
        '    7     Ann Lee  D Mobile  +44',
        '    8     Bo Li    D Mobile  +1     Perhaps “+12” is meant.',
        '',
        '  1 × email.invalid',
        '    No address. Correct it.',
        '',
        '    Line 12, C Email, Ann Lee: ann@',
      ].join('\n'),
    );
  });

  test('stands one below the other where a terminal is narrower than 100 columns, and keeps within it', () => {
    const message = 'This is a sentence that is long enough to be wrapped in a terminal of eighty columns. Twice.';
    const found = [item({ message }), item({ line: 8, message, guess: 'Perhaps “+12” is meant.' })];
    const lines = formatProblems([], found, narrow).join('\n\n').split('\n');
    expect(lines.slice(-3)).toEqual([
      '    Line 7, D Mobile, Ann Lee: +44',
      '    Line 8, D Mobile, Ann Lee: +44',
      '      Perhaps “+12” is meant.',
    ]);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
  });

  test.each([narrow, wide])('names at most 20 lines, some of each reason, and says how to see all: %j', (options) => {
    const many = Array.from({ length: 1000 }, (_, i) => item({ line: 2 * i + 2 }));
    const found = [...many, item({ line: 1, code: 'email.invalid' })];
    const text = formatProblems([], found, options).join('\n\n');
    const named = text.match(/^ {4}(Line )?\d+[ ,].*Ann Lee/gm)!;
    expect(named).toHaveLength(20);
    expect(text).toContain('1 × email.invalid');
    expect(text).toContain(`  981 lines more: ${TO_SEE_ALL}`);
    expect(text).toMatch(/1000 {2}mobile\.invalid +2, 4, 6, .*,\s+…/s);
    expect(text.split('\n').length).toBeLessThan(45);
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(options.width);
    const all = formatProblems([], found, { ...options, all: true }).join('\n\n');
    expect(all.match(/^ {4}(Line )?\d+[ ,].*Ann Lee/gm)).toHaveLength(1001);
    expect(all).not.toContain('--all');
  });

  test('says of each line what is not the same for all of its reason', () => {
    const found = [2, 3].map((first) =>
      item({ line: first + 10, code: 'email.duplicate-in-file', message: `Already in row ${first}.` }),
    );
    const [text] = formatProblems([], found, wide);
    expect(text).toContain('2 × email.duplicate-in-file\n    Correct it.\n');
    expect(text).toMatch(/12 +Ann Lee .*Already in row 2\.\n +13 .*Already in row 3\.$/);
  });

  test('has the warnings on a file always, and those on rows where they are asked for', () => {
    const ofFile = [item({ severity: 'warning', line: null, code: 'about.file' })];
    const ofRows = [item({ severity: 'warning', code: 'about.row' })];
    const listed = (listRowWarnings: boolean) =>
      formatProblems(ofFile, ofRows, { ...wide, listRowWarnings }).join('\n');
    expect(listed(false)).toContain('about.file');
    expect(listed(false)).not.toContain('about.row');
    expect(listed(true)).toMatch(/2 warnings, by reason:\n +1 {2}about\.file +-\n +1 {2}about\.row +7/);
    expect(listed(true)).not.toContain('problem');
  });

  test('can have a warning that matters before anything is sent without the others', () => {
    const ofRows = [
      item({ severity: 'warning', code: 'email.domain-typo' }),
      item({ severity: 'warning', code: 'mobile.landline' }),
    ];
    const options = { ...wide, listRowWarnings: false, alwaysListed: ['email.domain-typo'] as const };
    const text = formatProblems([], ofRows, options).join('\n');
    expect(text).toContain('email.domain-typo');
    expect(text).not.toContain('mobile.landline');
  });

  test('is empty where there is nothing to tell', () => {
    expect(formatProblems([], [], wide)).toEqual([]);
  });

  test('shows a cell without what a terminal would take for a command, or what turns the direction of text', () => {
    const found = problemsOfFile({
      problems: [
        problem({ column: 'E\u001b[2Jmail\nof all', value: 'x\u001b]0;', suggestion: 'a\u202eb\u0007@example.com' }),
      ],
    });
    const text = formatProblems(found, [], wide).join('\n');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toContain('mail of all');
    expect(text).toContain('@example.com');
  });

  test('cuts a header that is a whole paragraph, and a cell that is one', () => {
    const long = 'very '.repeat(50);
    const found = [item({ where: `D ${long}` }), item({ line: 8, value: long })];
    const text = formatProblems([], found, wide).join('\n');
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(120);
  });

  test.each([80, 200])('has straight columns with Chinese, Japanese and combining marks at %i columns', (width) => {
    const found = [
      item({ where: 'D 手机号码', name: '田中 太郎' }),
      item({ line: 8, where: 'C 電子メールアドレス', name: 'Jose\u0301 Núñez' }),
      item({ line: 9, where: `B ${'客户'.repeat(20)}`, name: '김철수' }),
      item({ line: 10, where: 'A Pre\u0301nom', value: 'नमस्ते' }),
    ];
    const [text] = formatProblems([], found, { ...wide, width });
    const lines = text!.split('\n').slice(3);
    if (width < 100) return expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    const columns = lines.map((line) => displayWidth(line.slice(0, line.search(/VALUE|\+44|नमस्ते/))));
    expect(new Set(columns).size).toBe(1);
    expect(lines[3]).toContain(`B ${'客户'.repeat(6)}客…`);
  });
});

describe('A problem of a row', () => {
  test('has the name of the person, the value of the cell and what may be meant', () => {
    const [listed] = problemsOfRows([row({ problems: [problem({ suggestion: 'a@b.example' })] })]);
    expect(listed).toMatchObject({ line: 3, name: 'Ann Lee', where: 'C Email', value: 'x' });
    expect(listed!.guess).toBe('Perhaps “a@b.example” is meant.');
  });

  test('lists the values that a cell can mean', () => {
    const [listed] = problemsOfRows([row({ problems: [problem({ choices: ['+13123894213', '+8613123894213'] })] })]);
    expect(listed!.guess).toBe('It can be +13123894213 or +8613123894213.');
  });

  test('is also an invitation that was not sent, with its channel and address; one that was sent is none', () => {
    const invitation = (channel: 'email' | 'sms', state: 'failed' | 'sent') => ({
      channel,
      state,
      problem: problem({ line: null, column: null, letter: null, value: null }),
    });
    const found = problemsOfRows([
      row({ row: 9, invitations: [invitation('email', 'failed'), invitation('sms', 'sent')] }),
    ]);
    expect(found).toMatchObject([{ line: 9, where: 'email', value: 'ann@example.com', name: 'Ann Lee' }]);
  });
});

describe('The share of each reason in a list', () => {
  test.each<[number[], number[]]>([
    [
      [3, 2],
      [3, 2],
    ],
    [
      [1000, 1],
      [19, 1],
    ],
    [
      [1000, 1000, 1000],
      [7, 7, 6],
    ],
    [Array<number>(30).fill(5), [...Array<number>(20).fill(1), ...Array<number>(10).fill(0)]],
    [[], []],
  ])('of %j lines is %j', (lengths, shares) => {
    expect(
      allot(
        lengths.map((length) => ({ length })),
        20,
      ),
    ).toEqual(shares);
  });
});
