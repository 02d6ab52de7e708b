import { matches } from '../../../domain/scim/match-filter';
import { parseFilter } from '../../../domain/scim/parse-filter';
import { userOf } from '../../../domain/scim/user';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = userOf(
  {
    ...{ id: 'Ann-1', firstName: 'Ann', lastName: 'O"Brien-Lee', email: 'ann@example.com', mobile: '+447911123456' },
    ...{ company: 'Acme (UK)', team: 'Mayfair', createdAt: new Date('2026-11-29T08:00:00Z'), isDeactivated: false },
    ...{ externalId: 'AbC', userName: 'Ann@Contoso.example' },
  },
  'http://api.test',
);
const finds = (filter: string): boolean => matches(user, parseFilter(filter));

describe('A filter of SCIM', () => {
  test.each([
    'userName eq "ann@contoso.example"',
    'USERNAME Eq "ANN@CONTOSO.EXAMPLE"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ann"',
    'name.familyName eq "O\\"Brien-Lee"',
    'name.familyName co "brien" and name.givenName ew "nn"',
    'emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "home" or not (display pr)]',
    'emails[type eq "work"].value eq "ann@example.com"',
    'emails.value eq "ann@example.com"',
    'emails eq "ann@example.com"',
    'phoneNumbers pr and not (title pr)',
    'not (active eq false)',
    'active eq "True"',
    'title ne "Director"',
    'title eq null',
    '((userName pr))',
    // `and` binds more than `or`.
    'userName pr or userName eq "x" and userName eq "y"',
    `${ENTERPRISE}:department eq "mayfair"`,
    `${ENTERPRISE}:organization eq "Acme (UK)"`,
    'meta.created ge "2026-11-29T09:00:00+01:00" and meta.created lt "2026-11-29T08:00:01Z"',
    'externalId eq "AbC"',
  ])('%s finds the user', (filter) => {
    expect(finds(filter)).toBe(true);
  });

  test.each([
    'externalId eq "abc"',
    'userName eq "ann@example.com"',
    'emails[type eq "home" and value co "@example.com"]',
    // Of one and the same element.
    'emails[type eq "home"].value eq "ann@example.com"',
    'title pr',
    'constructor pr',
    'meta.created gt "2026-11-29T08:00:00Z"',
    'userName gt 5',
    'emails[value eq -1.5e3]',
    '(userName pr or userName eq "x") and userName eq "y"',
  ])('%s does not', (filter) => {
    expect(finds(filter)).toBe(false);
  });

  test.each([
    ['', 'ends where an attribute'],
    ['userName', 'ends where an operator'],
    ['userName eq', 'ends where a value'],
    ['userName is "x"', 'no operator "is"'],
    ['userName eq x', 'compares with x'],
    ['userName eq "x', 'cannot be read from character 12'],
    ['(userName pr', 'lacks a ")"'],
    ['emails[value pr', 'lacks a "]"'],
    ['userName pr userName pr', 'has "userName" where it should end'],
    ['a.b.c eq 1', 'where an attribute should be'],
    [`${'('.repeat(30)}userName pr${')'.repeat(30)}`, 'nested more than 20'],
    [`userName eq "${'x'.repeat(2_000)}"`, 'longer than 2000'],
  ])('%s is refused, and the reason named', (filter, reason) => {
    expect(() => parseFilter(filter)).toThrow(reason);
  });
});
