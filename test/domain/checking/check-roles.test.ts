import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { checkOne, checkStaff, codesOf } from '../tables';

describe('Roles of clients', () => {
  it.each([
    ['', undefined],
    ['  ', undefined],
    ['Client', undefined],
    ['client', 'Client'],
    ['CLIENT', 'Client'],
    ['Client ', 'Client'],
    [' cLIENT', 'Client'],
  ])('When the role is %j, then the row is good and the repair is %j', (role, after) => {
    const { person, problems, repairs } = checkOne({ role });
    expect(person?.role).toBeNull();
    expect(problems).toEqual([]);
    expect(repairs).toEqual(after === undefined ? [] : [{ column: 'Role', before: role, after }]);
  });

  it.each([
    ['Cleint', 'Client'],
    ['Clients', 'Client'],
    ['Kunde', 'Client'],
    ['KUNDIN', 'Client'],
    [' Cliente ', 'Client'],
    ['Клиент', 'Client'],
    ['Boss', undefined],
    ['staff', undefined],
  ])('When the role is %j, then it is unknown, and the suggestion is %j', (role, suggestion) => {
    const { person, problems } = checkOne({ role });
    expect(person).toBeNull();
    expect(codesOf(problems)).toEqual(['role.unknown']);
    expect(problems[0]!.suggestion).toBe(suggestion);
  });

  it('When it is a role of staff, then the admin is told about the other template', () => {
    const { message, fix, expected } = describeProblem(checkOne({ role: 'system administrator' }).problems[0]!, 2);
    expect(message).toBe(
      'This role does not exist for clients. ' +
        'System Administrator is a role for staff, who have their own template.',
    );
    expect(expected).toBe('The role must be Client, or an empty cell.');
    expect(fix).toContain('Allowed here: Client, or an empty cell.');
  });
});

describe('Roles of staff', () => {
  it.each([
    ['System Administrator', undefined],
    ['User Administrator', undefined],
    ['Support', undefined],
    ['Staff', undefined],
    ['staff', 'Staff'],
    ['Staff ', 'Staff'],
    [' SYSTEM  ADMINISTRATOR', 'System Administrator'],
    ['User\u00a0Administrator', 'User Administrator'],
  ])('When the role is %j, then the row is good and the repair is %j', (role, after) => {
    const { person, problems, repairs } = checkStaff({ role });
    expect(person?.role).toBe(after ?? role);
    expect(problems).toEqual([]);
    expect(repairs).toEqual(after === undefined ? [] : [{ column: 'Role', before: role, after }]);
  });

  it.each(['', '  '])(
    'When the role is %j, then it is missing: staff without one could do anything or nothing',
    (role) => {
      const { person, problems } = checkStaff({ role });
      expect(person).toBeNull();
      expect(problems).toMatchObject([{ code: 'role.missing', column: 'Role', letter: 'E', value: null }]);
    },
  );

  it.each([
    ['Suport', 'Support'],
    ['Staf', 'Staff'],
    ['System Adminstrator', 'System Administrator'],
    ['system admin', 'System Administrator'],
    ['UserAdministrator', 'User Administrator'],
    ['Administrator', undefined],
    ['Boss', undefined],
    ['S', undefined],
  ])('When the role is %j, then it is unknown, and the suggestion is %j', (role, suggestion) => {
    const { person, problems } = checkStaff({ role });
    expect(person).toBeNull();
    expect(codesOf(problems)).toEqual(['role.unknown']);
    expect(problems[0]!.suggestion).toBe(suggestion);
  });

  it('When it is the role of clients, then the admin is told about the other template', () => {
    const { message, fix, expected } = describeProblem(checkStaff({ role: 'client' }).problems[0]!, 2);
    expect(message).toBe(
      'This role does not exist for staff. Client is a role for clients, who have their own template.',
    );
    const roles = 'System Administrator, User Administrator, Support or Staff';
    expect(expected).toBe(`The role must be ${roles}.`);
    expect(fix).toContain(`Allowed here: ${roles}.`);
  });
});
