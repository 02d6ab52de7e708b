import { checkRows } from '../../domain/check-rows';
import type { CheckContext } from '../../domain/check-rows';
import type { ColumnKey } from '../../domain/columns';
import { checkOne, codesOf, contextWith, GOOD_CELLS, tableOf, tableWith } from './files';

describe('Names and companies', () => {
  it.each([
    "O'Neill",
    "'t Hooft",
    'Núñez de la Peña',
    'Z̧oé', // combining marks, not the composed letters
    'فاطمة الزهراء',
    'نوشین‌دخت', // holds a zero-width non-joiner, which Persian needs
    '王小明',
    '👩‍👩‍👧 Ann',
    '=SUM(A1)',
    '-',
    'von  und  zu',
    '名'.repeat(100),
    '😀'.repeat(100),
  ])('When a name is %s, then it is stored exactly as typed', (name) => {
    const { client, problems, repairs } = checkOne({ firstName: name, lastName: name, company: name });
    expect({ problems, repairs }).toEqual({ problems: [], repairs: [] });
    expect(client).toMatchObject({ firstName: name, lastName: name, company: name });
  });

  it.each<[ColumnKey, string, string]>([
    ['firstName', 'First Name', 'Ann'],
    ['lastName', 'Last Name', 'Lee'],
    ['company', 'Company', 'Lee & Co'],
  ])('When %s has spaces around it, then they are taken off, which is a repair', (key, column, after) => {
    const before = ` \t${after}\u00a0\n`;
    const { client, repairs } = checkOne({ [key]: before });
    expect(client).toMatchObject({ [key]: after });
    expect(repairs).toEqual([{ column, before, after }]);
  });

  it.each<[ColumnKey, string, string]>([
    ['firstName', '', 'first-name.missing'],
    ['firstName', ' \u00a0 ', 'first-name.missing'],
    ['firstName', '\u200b\u200d', 'first-name.missing'],
    ['firstName', 'Ann\nMary', 'first-name.invalid'],
    ['firstName', 'Ann\u2028Mary', 'first-name.invalid'],
    ['firstName', 'x'.repeat(101), 'first-name.too-long'],
    ['lastName', '', 'last-name.missing'],
    ['lastName', 'Le\u0007e', 'last-name.invalid'],
    ['lastName', '😀'.repeat(101), 'last-name.too-long'],
    ['company', 'Lee\u0085Co', 'company.invalid'],
    ['company', 'x'.repeat(201), 'company.too-long'],
  ])('When %s is %j, then the code is %s', (key, cell, code) => {
    const { client, problems } = checkOne({ [key]: cell });
    expect(client).toBeNull();
    expect(codesOf(problems)).toEqual([code]);
  });

  it.each(['', '   ', '\u200b'])('When the company is %j, then the client has none, and nothing is said', (company) => {
    expect(checkOne({ company })).toMatchObject({ client: { company: null }, problems: [], repairs: [] });
  });

  it('When a cell is as long as a book, then the problem shows its beginning', () => {
    const [problem] = checkOne({ company: `x${'😀'.repeat(5000)}` }).problems;
    expect(problem).toMatchObject({ value: `x${'😀'.repeat(99)}…`, details: { length: 5001, max: 200 } });
  });
});

describe('Roles', () => {
  it.each([
    ['', undefined],
    ['  ', undefined],
    ['Client', undefined],
    ['client', 'Client'],
    ['CLIENT', 'Client'],
    ['Client ', 'Client'],
    [' cLIENT', 'Client'],
  ])('When the role is %j, then the row is good and the repair is %j', (role, after) => {
    const { client, problems, repairs } = checkOne({ role });
    expect(client).not.toBeNull();
    expect(problems).toEqual([]);
    expect(repairs).toEqual(after === undefined ? [] : [{ column: 'Role', before: role, after }]);
  });

  it.each([
    ['Cleint', undefined],
    ['Clients', undefined],
    ['staff', { staffRole: 'Staff' }],
    ['System Administrator', { staffRole: 'System Administrator' }],
  ])('When the role is %j, then it is unknown, and staff are told about their template', (role, details) => {
    const { client, problems } = checkOne({ role });
    expect(client).toBeNull();
    expect(codesOf(problems)).toEqual(['role.unknown']);
    expect(problems[0]!.details).toEqual(details);
  });
});

describe('Groups', () => {
  const odd = { id: 'team-4', name: 'Old Street', activeStaff: true };
  const german = { id: 'team-5', name: 'Zürich', activeStaff: true };
  const teams = [...contextWith().teams, odd, german];

  it.each<[string, Partial<CheckContext>, string]>([
    ['Mayfair', {}, 'team-1'],
    ['mAYFAIR', {}, 'team-1'],
    [' Riverside ', {}, 'team-2'],
    ['Old Street', { teams }, 'team-4'],
    ['zu\u0308rich', { teams }, 'team-5'],
    ['', { defaultTeamId: 'team-2' }, 'team-2'],
    ['  ', { defaultTeamId: 'team-2' }, 'team-2'],
  ])('When the group is %j, then the team is found by its name or by default', (group, context, teamId) => {
    expect(checkOne({ group }, context)).toMatchObject({ client: { teamId }, problems: [] });
  });

  it.each<[string, Partial<CheckContext>, string, Record<string, string> | undefined]>([
    ['', {}, 'group.missing', undefined],
    ['', { defaultTeamId: 'gone' }, 'group.missing', undefined],
    ['', { defaultTeamId: 'team-3' }, 'group.no-active-staff', { team: 'Empty_Quarter' }],
    ['empty_quarter', {}, 'group.no-active-staff', { team: 'Empty_Quarter' }],
    ['Riversyde', {}, 'group.unknown', { names: 'Riverside, Mayfair, Empty_Quarter' }],
    ['Mayfair2', { teams: [] }, 'group.unknown', undefined],
    ['May fair', {}, 'group.invalid-name', { names: 'Mayfair, Riverside, Empty_Quarter' }],
    ["St-John's (North)", { teams: [] }, 'group.invalid-name', undefined],
  ])('When the group is %j, then it is refused with the code and names that help', (group, context, code, details) => {
    const { client, problems } = checkOne({ group }, context);
    expect(client).toBeNull();
    expect(codesOf(problems)).toEqual([code]);
    expect(problems[0]!.details).toEqual(details);
  });

  it('When there are many teams, then at most five are suggested, the nearest first', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ id: `${i}`, name: `Team_${i}`, activeStaff: true }));
    const { problems } = checkOne({ group: 'Team_3x' }, { teams: many });
    const names = String(problems[0]!.details?.['names']).split(', ');
    expect(names).toHaveLength(5);
    expect(names[0]).toBe('Team_3');
  });
});

describe('Whole rows', () => {
  it('When all is in order, then the client is what the file says, in a form ready to be stored', () => {
    expect(checkOne({}, { defaultTeamId: 'team-2' }).client).toEqual({
      firstName: 'Ann',
      lastName: 'Lee',
      email: 'ann.lee@example.com',
      emailKey: 'ann.lee@example.com',
      mobile: '+12025550123',
      mobileType: 'mobile',
      company: 'Lee & Co',
      teamId: 'team-1',
    });
  });

  it('When every cell is at fault, then all problems come at once, in the order of the columns of the file', () => {
    const table = tableOf(
      'Group Identifier,Email,First Name,Notes,mobile number?,MOBILE,Last Name,role\nNowhere,x,,n,,1,, Boss,overflow',
    );
    const [row] = checkRows(table, contextWith());
    expect(row!.problems.map(({ code, column, letter, value }) => [code, column, letter, value])).toEqual([
      ['group.unknown', 'Group Identifier', 'A', 'Nowhere'],
      ['email.invalid', 'Email', 'B', 'x'],
      ['first-name.missing', 'First Name', 'C', null],
      ['mobile.invalid', 'MOBILE', 'F', '1'],
      ['last-name.missing', 'Last Name', 'G', null],
      ['role.unknown', 'role', 'H', ' Boss'],
      ['row.too-many-cells', null, 'I', 'overflow'],
    ]);
  });

  it('When a row has slipped to the right, then it is refused even if its own cells are good', () => {
    const table = tableWith({});
    table.rows[0]!.excess = { letter: 'H', value: 'Mayfair' };
    const [row] = checkRows(table, contextWith());
    expect(row).toMatchObject({ client: null, problems: [{ code: 'row.too-many-cells', letter: 'H' }] });
  });

  it('When one row is bad, then its repairs are still shown and the other rows are not touched', () => {
    const rows = checkRows(
      tableWith({ role: 'client', lastName: '' }, { email: 'bob@example.com' }, { email: 'eve@example.com' }),
      contextWith(),
    );
    expect(rows.map(({ client }) => client?.email)).toEqual([undefined, 'bob@example.com', 'eve@example.com']);
    expect(rows[0]!.repairs).toEqual([{ column: 'Role', before: 'client', after: 'Client' }]);
  });

  it('When a table lacks a required column, then every row is refused for it', () => {
    const table = tableWith({});
    table.columns = table.columns.filter(({ key }) => key !== 'mobile');
    delete table.rows[0]!.cells.mobile;
    const [row] = checkRows(table, contextWith());
    expect(row).toMatchObject({ client: null, problems: [{ code: 'mobile.missing', column: 'Mobile', letter: null }] });
  });

  it('When the same table is checked twice, then the results are equal and the table is as before', () => {
    const table = tableWith({}, { mobile: '00447911123456' }, { email: 'x' });
    const before = structuredClone(table);
    expect(checkRows(table, contextWith())).toEqual(checkRows(table, contextWith()));
    expect(table).toEqual(before);
    expect(table.rows[0]!.cells).toEqual(GOOD_CELLS);
  });
});
