import { PROBLEM_CODES } from '../../../contract/problem-codes';
import type { CellProblem } from '../../../contract/problem';
import { EXAMPLE_ROWS } from '../../../domain/example-row';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { PROBLEM_CATALOGUE } from '../../../domain/problems/texts/catalogue';
import { fillIn, placeholdersIn } from '../../../domain/problems/texts/problem-text';
import { checkRows } from '../../../domain/checking/check-rows';
import { checkOne, checkStaff, contextWith, knowing, knownStaff, knownWith, tableWith } from '../tables';

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
    // What a file is warned of is told by the tests of reading.
    expect(warnings.filter((code) => !code.startsWith('file.'))).toEqual([
      'row.template-example',
      'row.hidden',
      'row.not-a-person',
      'email.domain-typo',
      'email.opted-out',
      'person.never-invited',
      'person.deactivated',
      'person.erased',
      'mobile.landline',
      'mobile.not-a-mobile',
      'mobile.opted-out',
      'mobile.shared',
      'mobile.sms-held',
      'language.unknown',
      'group.waiting',
      'invitation.already-accepted',
      'invitation.elsewhere',
      'invitation.not-needed',
      'invitation.already-delivered',
    ]);
  });
});

describe('Problems in words', () => {
  const landline = { mobile: '+442079460958' };
  const swapped = { email: '+12025550123', mobile: 'ann@example.com' };
  const used = knowing(knownWith({ importId: 'i1', line: 7 }));
  const found: [string, CellProblem[]][] = [
    ['an address is used', checkOne({}, { known: used }).problems],
    ['an address is that of staff', checkOne({}, { known: knowing(knownStaff()) }).problems],
    ['an address is that of a client', checkStaff({}, { known: used }).problems],
    ['an address comes twice', checkRows(tableWith({}, {}), contextWith())[1]!.problems],
    ['a provider is mistyped', checkOne({ email: 'ann@gmial.com' }).problems],
    ['cells are swapped', checkOne(swapped).problems],
    ['texts are too long', checkOne({ firstName: 'x'.repeat(101), company: 'x'.repeat(300) }).problems],
    ['a number is a landline', checkOne(landline).problems],
    ['a number is a landline and there is no e-mail', checkOne(landline, { channels: ['sms'] }).problems],
    ['a role is unknown', [...checkOne({ role: 'Boss' }).problems, ...checkStaff({ role: 'Boss' }).problems]],
    [
      'a role is of the other kind',
      [...checkOne({ role: 'staff' }).problems, ...checkStaff({ role: 'client' }).problems],
    ],
    ['a role is missing', checkStaff({ role: '' }).problems],
    ['a group is none', [...checkOne({ group: 'A b' }).problems, ...checkOne({ group: '' }).problems]],
    ['there are no groups', checkOne({ group: 'Nowhere' }, { teams: [] }).problems],
    ['a group waits', checkOne({ group: 'Empty_Quarter' }).problems],
    ['a cell is not exact', checkOne({ role: 'client' }, { strict: true }).problems],
    ['the row is the example', checkRows(tableWith(EXAMPLE_ROWS.clients), contextWith())[0]!.problems],
  ];
  it.each(found)('When %s, then every blank in the texts is filled in', (_, problems) => {
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      const { message, expected, fix } = describeProblem(problem, 2);
      expect([message, expected, fix].join(' ')).not.toMatch(/[{}[\]…]|undefined|null/);
    }
  });

  it('When only a code is known, as of an invitation or of a row in the workflow, then the texts are whole all the same', () => {
    const needNoDetails = PROBLEM_CODES.filter((code) => code.startsWith('invitation.'));
    for (const code of [...needNoDetails, 'mobile.landline', 'email.already-used'] as const) {
      const { message, expected, fix } = describeProblem({ code, column: null, letter: null, value: null }, 2);
      expect([message, expected, fix].join(' ')).not.toMatch(/[{}[\]…]/);
    }
  });

  it('When a row has waited too long, then the message says for whom and for how long', () => {
    const problem = { code: 'group.no-active-staff', column: 'Group', letter: 'G', value: 'Mayfair' } as const;
    expect(describeProblem({ ...problem, details: { team: 'Mayfair', days: 14 } }, 2).message).toBe(
      'No staff member of client team Mayfair has become active, so the client was not invited. Days waited: 14.',
    );
  });

  it('When something is known of an address in use, then the message tells it, and else leaves it out', () => {
    const problem = { code: 'email.already-used', column: 'Email', letter: 'C', value: 'a@b.co' } as const;
    const messageWith = (details: Record<string, string | number>): string =>
      describeProblem({ ...problem, details }, 5).message;
    const start = 'A person in your organisation already has this e-mail address';
    expect(messageWith({})).toBe(`${start}.`);
    expect(messageWith({ since: '2026-03-01' })).toBe(`${start}, since 2026-03-01.`);
    expect(messageWith({ since: '2026-03-01', importId: 'i1', line: 7 })).toBe(
      `${start}, since 2026-03-01 (row 7 of import i1).`,
    );
  });

  it('When a problem is described, then its place and value stay as they were', () => {
    const problem = { code: 'mobile.landline', column: 'Phone no.', letter: 'K', value: '+442079460958' } as const;
    expect(describeProblem(problem, 12)).toMatchObject({
      ...problem,
      severity: 'warning',
      line: 12,
      suggestion: null,
    });
  });

  it('When something is suggested, then it is told beside the texts', () => {
    const [problem] = checkOne({ email: 'ann@gmial.com' }).problems;
    expect(describeProblem(problem!, 2)).toMatchObject({ suggestion: 'ann@gmail.com', value: 'ann@gmial.com' });
  });

  it('When what is filled in looks like a blank, then it is taken literally', () => {
    expect(fillIn('A {a}[ and {b}].', { a: '{b} [$&]', b: 'x' })).toBe('A {b} [$&] and x.');
  });
});
