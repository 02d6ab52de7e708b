import { PROBLEM_CODES } from '../../../contract/problem-codes';
import { refusalOf } from '../../../api/scim/refusal';
import { CLIENT_COLUMNS } from '../../../domain/columns';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { PROBLEM_CATALOGUE } from '../../../domain/problems/texts/catalogue';

const refuse = (code: keyof typeof PROBLEM_CATALOGUE, column: string | null = null): string =>
  refusalOf([describeProblem({ code, column, letter: null, value: null }, null)]);

describe('The refusal of a client of an identity provider', () => {
  test('names the attribute, what is expected there, and what its administrator can do', () => {
    expect(refuse('mobile.missing', 'Mobile')).toBe(
      'The client was not kept as it was sent. "phoneNumbers": The mobile number is missing. ' +
        'Expected: A mobile number with + and the country code, such as +447911123456. ' +
        'Correct the user or the mapping of attributes at the identity provider, and provision the user again.',
    );
    expect(refuse('group.unknown', 'Group Identifier')).toMatch(
      /"department": .* Map the name of a client team to it, or create the client team first\./,
    );
  });

  test('names an attribute for each column that a user has', () => {
    const columns = CLIENT_COLUMNS.filter(({ key }) => key !== 'role');
    for (const { header } of columns) expect(refuse('cell.no-value', header)).toMatch(/sent\. "[\w.]+": /);
  });

  test('never speaks of a file, a row to upload or a route, whatever is wrong with a cell', () => {
    const ofUsers = PROBLEM_CODES.filter((code) => /^(first-name|last-name|company|email|mobile|group)\./.test(code));
    const said = ofUsers
      .filter((code) => PROBLEM_CATALOGUE[code].severity === 'error' && code !== 'email.duplicate-in-file')
      .map((code) => refuse(code, 'Email'));
    expect(said.length).toBeGreaterThan(15);
    for (const one of said) expect(one).not.toMatch(/upload|the row again|this file|choose so/);
  });

  test('says of a row that an earlier request has left cancelled that nothing was wrong with it', () => {
    expect(refusalOf([], { isCancelled: true })).toMatch(
      /as it was sent\. It was cancelled before it was written\. Correct/,
    );
  });

  test('leaves out what is only a warning, but for a team without active staff', () => {
    const warning = describeProblem({ code: 'mobile.landline', column: 'Mobile', letter: 'D', value: '1' }, null);
    expect(refusalOf([warning])).not.toContain('landline');
    expect(refuse('group.waiting', 'Group Identifier')).toContain(
      'Add an active staff member to the client team first.',
    );
  });
});
