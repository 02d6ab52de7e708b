import type { ColumnKey } from '../../../domain/columns';
import { checkOne, checkStaff, codesOf } from '../tables';

describe('Names and companies', () => {
  it.each([
    "O'Neill",
    "'t Hooft",
    "D'Arcy'",
    'Núñez de la Peña',
    'Z̧oé', // combining marks, not the composed letters
    'Å', // the composed letter, not the sign for ångström
    '\u212b', // and the sign itself
    'فاطمة الزهراء',
    'נֹעַם',
    '\u200fשרה\u200f', // right-to-left marks
    'نوشین‌دخت', // holds a zero-width non-joiner, which Persian needs
    'ไกรฤกษ์',
    '王小明',
    '𠮷野', // outside the basic plane
    '👩‍👩‍👧 Ann',
    '=SUM(A1)',
    '=1+1',
    '+1',
    '@x',
    '-',
    'von  und  zu',
    'Ann, Mary; "Lee"',
    '<b>Ann</b>',
    '名'.repeat(100),
    '😀'.repeat(100),
  ])('When a name is %s, then it is stored exactly as typed', (name) => {
    const { person, problems, repairs } = checkOne({ firstName: name, lastName: name, company: name });
    expect({ problems, repairs }).toEqual({ problems: [], repairs: [] });
    expect(person).toMatchObject({ firstName: name, lastName: name, company: name });
  });

  it.each<[ColumnKey, string, string]>([
    ['firstName', 'First Name', 'Ann'],
    ['lastName', 'Last Name', 'Lee'],
    ['company', 'Company', 'Lee & Co'],
  ])('When %s has spaces around it, then they are taken off, which is a repair', (key, column, after) => {
    const before = ` \t${after}\u00a0\n`;
    const { person, repairs } = checkOne({ [key]: before });
    expect(person).toMatchObject({ [key]: after });
    expect(repairs).toEqual([{ column, before, after }]);
  });

  it.each([
    ["'=1+1", '=1+1'],
    ["'+1", '+1'],
    ["'-", '-'],
    ["'@x", '@x'],
    [" '=x ", '=x'],
  ])(
    'When a company is %j, guarded against formulas, then the guard is taken off, which is a repair',
    (before, after) => {
      const { person, repairs } = checkOne({ company: before });
      expect(person?.company).toBe(after);
      expect(repairs).toEqual([{ column: 'Company', before, after }]);
    },
  );

  it.each<[ColumnKey, string, string]>([
    ['firstName', '', 'first-name.missing'],
    ['firstName', ' \u00a0 ', 'first-name.missing'],
    ['firstName', '\u200b\u200d', 'first-name.missing'],
    ['firstName', 'Ann\nMary', 'first-name.invalid'],
    ['firstName', 'Ann\u2028Mary', 'first-name.invalid'],
    ['firstName', 'Ann\0', 'first-name.invalid'],
    ['firstName', 'x'.repeat(101), 'first-name.too-long'],
    ['lastName', '', 'last-name.missing'],
    ['lastName', 'Le\u0007e', 'last-name.invalid'],
    ['lastName', 'Le\u001b[31me', 'last-name.invalid'],
    ['lastName', 'Lee\ud83d', 'last-name.invalid'],
    ['lastName', '😀'.repeat(101), 'last-name.too-long'],
    ['company', 'Lee\u0085Co', 'company.invalid'],
    ['company', 'x'.repeat(201), 'company.too-long'],
  ])('When %s is %j, then the code is %s', (key, cell, code) => {
    const { person, problems } = checkOne({ [key]: cell });
    expect(person).toBeNull();
    expect(codesOf(problems)).toEqual([code]);
  });

  it.each(['', '   ', '\u200b'])('When the company is %j, then the client has none, and nothing is said', (company) => {
    expect(checkOne({ company })).toMatchObject({ person: { company: null }, problems: [], repairs: [] });
  });

  it('When a file of staff has a company all the same, then it is not looked at', () => {
    expect(checkStaff({ company: 'x'.repeat(500) })).toMatchObject({ person: { company: null }, problems: [] });
  });

  it('When a cell is as long as a book, then the problem shows its beginning', () => {
    const [problem] = checkOne({ company: `x${'😀'.repeat(5000)}` }).problems;
    expect(problem).toMatchObject({ value: `x${'😀'.repeat(99)}…`, details: { length: 5001, max: 200 } });
  });
});
