import { PROBLEM_CODES } from '../../contract/problem-codes';
import type { CellProblem } from '../../contract/problem';
import { describeProblem, PROBLEM_CATALOGUE } from '../../domain/problem-catalogue';
import { fillIn, placeholdersIn } from '../../domain/problem-text';
import { checkOne, contextWith, problemsOf, tableWith } from './files';
import { checkRows } from '../../domain/check-rows';

const textsOf = (code: (typeof PROBLEM_CODES)[number]): string[] => {
  const { message, expected, fix } = PROBLEM_CATALOGUE[code];
  return [message, expected, fix];
};

describe('The catalogue', () => {
  it('When its codes are counted, then they are those of the contract and no others', () => {
    expect(Object.keys(PROBLEM_CATALOGUE).sort()).toEqual([...PROBLEM_CODES].sort());
  });

  it.each(PROBLEM_CODES)('When %s is explained, then in sentences that never repeat the value', (code) => {
    for (const text of textsOf(code)) {
      expect(text).toMatch(/^[A-Z“].*[.?]\]?$/s);
      expect(placeholdersIn(text)).not.toContain('value');
    }
  });

  it('When severities are compared, then only what leaves a row good is a warning', () => {
    const warnings = PROBLEM_CODES.filter((code) => PROBLEM_CATALOGUE[code].severity === 'warning');
    expect(warnings).toEqual(['mobile.landline']);
  });
});

describe('Problems in words', () => {
  const uses = new Map([['ann.lee@example.com', { importId: 'i1', line: 7, since: '2026-03-01' }]]);
  const found: [string, CellProblem[]][] = [
    ['already used', checkOne({}, { usedEmails: uses }).problems],
    ['duplicate', checkRows(tableWith({}, {}), contextWith())[1]!.problems],
    ['texts too long', checkOne({ firstName: 'x'.repeat(101), company: 'x'.repeat(300) }).problems],
    ['role of staff', checkOne({ role: 'support' }).problems],
    ['groups', [...checkOne({ group: 'A b' }).problems, ...checkOne({ group: 'Empty_Quarter' }).problems]],
    ['missing columns', problemsOf('First Name\nAnn')],
    ['twice', problemsOf('First Name,First Name\nAnn')],
    ['binary', problemsOf('PK\x03\x04')],
    ['encoding', problemsOf(Buffer.from('First Name\nJos\xe9', 'latin1'))],
    ['quote', problemsOf('First Name\n"Ann')],
  ];
  it.each(found)('When %s, then every blank in the texts is filled in', (_, problems) => {
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      const { message, expected, fix } = describeProblem(problem, 2);
      expect([message, expected, fix].join(' ')).not.toMatch(/[{}[\]…]|undefined|null/);
    }
  });

  it('When something is known of an address in use, then the message tells it, and else leaves it out', () => {
    const problem = { code: 'email.already-used', column: 'Email', letter: 'C', value: 'a@b.co' } as const;
    const messageWith = (details: Record<string, string | number>): string =>
      describeProblem({ ...problem, details }, 5).message;
    const start = 'A client of your organisation already has this e-mail address';
    expect(messageWith({})).toBe(`${start}.`);
    expect(messageWith({ since: '2026-03-01' })).toBe(`${start}, since 2026-03-01.`);
    expect(messageWith({ since: '2026-03-01', importId: 'i1', line: 7 })).toBe(
      `${start}, since 2026-03-01 (row 7 of import i1).`,
    );
  });

  it('When a problem is described, then its place and value stay as they were', () => {
    const problem = { code: 'mobile.landline', column: 'Phone no.', letter: 'K', value: '+442079460958' } as const;
    expect(describeProblem(problem, 12)).toMatchObject({ ...problem, severity: 'warning', line: 12 });
  });

  it('When what is filled in looks like a blank, then it is taken literally', () => {
    expect(fillIn('A {a}[ and {b}].', { a: '{b} [$&]', b: 'x' })).toBe('A {b} [$&] and x.');
  });
});
