import { IMPORT_KINDS } from '../../../contract/import';
import { checkRows } from '../../../domain/checking/check-rows';
import type { ColumnKey } from '../../../domain/columns';
import { columnLetter } from '../../../domain/columns';
import { EXAMPLE_ROWS } from '../../../domain/example-row';
import type { HeldTable } from '../../../domain/table';
import { checkOne, checkStaff, codesOf, contextWith, GOOD_CELLS, tableFor, tableOfCells, tableWith } from '../tables';
import type { Cells } from '../tables';

/** A table of one row whose columns are these, in this order, under these headers. */
function tableOfColumns(columns: readonly [ColumnKey | null, header: string, cell: string][]): HeldTable {
  const known = columns.flatMap(([key, header, cell], i) =>
    key ? [{ key, header, letter: columnLetter(i), cell }] : [],
  );
  return {
    ...tableOfCells('clients', []),
    headers: columns.map(([, header]) => header),
    columns: known.map(({ key, header, letter }) => ({ key, header, letter })),
    rows: [
      {
        line: 2,
        cells: Object.fromEntries(known.map(({ key, cell }) => [key, cell])),
        raw: columns.map(([, , cell]) => cell),
      },
    ],
  };
}

describe('Whole rows', () => {
  it('When all is in order, then the client is what the file says, in a form ready to be stored', () => {
    expect(checkOne({}, { defaultTeamId: 'team-2' })).toEqual({
      line: 2,
      person: {
        kind: 'client',
        firstName: 'Ann',
        lastName: 'Lee',
        email: 'ann.lee@example.com',
        emailKey: 'ann.lee@example.com',
        mobile: '+12025550123',
        mobileType: 'mobile',
        company: 'Lee & Co',
        role: null,
        teamIds: ['team-1'],
      },
      plan: { action: 'create', channels: ['email', 'sms'] },
      problems: [],
      repairs: [],
    });
  });

  it('When all is in order, then the member of staff is what the file says', () => {
    expect(checkStaff({}).person).toEqual({
      kind: 'staff',
      firstName: 'Ann',
      lastName: 'Lee',
      email: 'ann.lee@example.com',
      emailKey: 'ann.lee@example.com',
      mobile: '+12025550123',
      mobileType: 'mobile',
      company: null,
      role: 'Support',
      teamIds: ['team-1', 'team-2'],
    });
  });

  it('When every cell is at fault, then all problems come at once, in the order of the columns of the file', () => {
    const table = tableOfColumns([
      ['group', 'Client team', 'Nowhere'],
      ['email', 'E-mail', 'x'],
      ['firstName', 'First Name', ''],
      [null, 'Notes', 'n'],
      ['mobile', 'MOBILE', '1'],
      ['lastName', 'Surname', ''],
      ['role', 'role', ' Boss'],
      ['company', 'Company', 'a\nb'],
    ]);
    table.rows[0]!.excess = { letter: 'I', value: 'overflow' };
    const [row] = checkRows(table, contextWith());
    expect(row!.problems.map(({ code, column, letter, value }) => [code, column, letter, value])).toEqual([
      ['group.unknown', 'Client team', 'A', 'Nowhere'],
      ['email.invalid', 'E-mail', 'B', 'x'],
      ['first-name.missing', 'First Name', 'C', null],
      ['mobile.invalid', 'MOBILE', 'E', '1'],
      ['last-name.missing', 'Surname', 'F', null],
      ['role.unknown', 'role', 'G', ' Boss'],
      ['company.invalid', 'Company', 'H', 'a\nb'],
      ['row.too-many-cells', null, 'I', 'overflow'],
    ]);
  });

  it('When every cell of a row of staff is at fault, then all problems come at once', () => {
    const { problems } = checkStaff({
      firstName: '',
      lastName: '',
      email: '',
      mobile: '',
      role: '',
      teams: 'No where',
    });
    expect(codesOf(problems)).toEqual([
      'first-name.missing',
      'last-name.missing',
      'email.missing',
      'mobile.missing',
      'role.missing',
      'group.invalid-name',
    ]);
  });

  it('When a row has slipped to the right, then it is refused even if its own cells are good', () => {
    const table = tableWith({});
    table.rows[0]!.excess = { letter: 'H', value: 'Mayfair' };
    const [row] = checkRows(table, contextWith());
    expect(row).toMatchObject({
      person: null,
      plan: { action: 'reject', channels: [] },
      problems: [{ code: 'row.too-many-cells', letter: 'H' }],
    });
  });

  it('When one row is bad, then its repairs are still shown and the other rows are not touched', () => {
    const rows = checkRows(
      tableWith({ role: 'client', lastName: '' }, { email: 'bob@example.com' }, { email: 'eve@example.com' }),
      contextWith(),
    );
    expect(rows.map(({ person }) => person?.email)).toEqual([undefined, 'bob@example.com', 'eve@example.com']);
    expect(rows[0]!.repairs).toEqual([{ column: 'Role', before: 'client', after: 'Client' }]);
  });

  it('When a table lacks a required column, then every row is refused for it', () => {
    const table = tableWith({});
    table.columns = table.columns.filter(({ key }) => key !== 'mobile');
    delete table.rows[0]!.cells.mobile;
    const [row] = checkRows(table, contextWith());
    expect(row).toMatchObject({ person: null, problems: [{ code: 'mobile.missing', column: 'Mobile', letter: null }] });
  });

  it('When a table lacks the column of teams and there is a default team, then every client is in that', () => {
    const table = tableWith({});
    table.columns = table.columns.filter(({ key }) => key !== 'group');
    delete table.rows[0]!.cells.group;
    expect(checkRows(table, contextWith({ defaultTeamId: 'team-2' }))).toMatchObject([
      { person: { teamIds: ['team-2'] }, problems: [] },
    ]);
  });

  it('When the same table is checked twice, then the results are equal and the table is as before', () => {
    const table = tableWith({}, { mobile: '00447911123456' }, { email: 'x' });
    const before = structuredClone(table);
    expect(checkRows(table, contextWith())).toEqual(checkRows(table, contextWith()));
    expect(table).toEqual(before);
    expect(table.rows[0]!.cells).toEqual(GOOD_CELLS.clients);
  });
});

describe('The example of the template', () => {
  it.each(IMPORT_KINDS)(
    'When it stands in a file of %s as it is, then it is skipped and nothing else is said',
    (kind) => {
      const example = EXAMPLE_ROWS[kind];
      const [row] = checkRows(tableOfCells(kind, [example]), contextWith({ kind, teams: [] }));
      expect(row).toEqual({
        line: 2,
        person: null,
        plan: { action: 'skip', channels: [] },
        problems: [{ code: 'row.template-example', column: null, letter: null, value: null }],
        repairs: [],
      });
    },
  );

  it('When it was left in with other cells changed, twice, and is strictly checked, then it is still only skipped', () => {
    const spoilt: Cells = {
      ...EXAMPLE_ROWS.clients,
      email: ' JANE.example@example.com',
      mobile: '1',
      group: '',
      role: 'x',
    };
    const rows = checkRows(tableWith(spoilt, spoilt, {}), contextWith({ strict: true }));
    expect(rows.map(({ plan, problems }) => [plan.action, codesOf(problems)])).toEqual([
      ['skip', ['row.template-example']],
      ['skip', ['row.template-example']],
      ['create', []],
    ]);
  });

  it('When a person merely has the name of the example, then they are a person', () => {
    const { plan } = checkOne({ firstName: 'Jane', lastName: 'Example' });
    expect(plan.action).toBe('create');
  });

  it('When the example of the other template is in the file, then it is not recognised: nobody was told to leave it', () => {
    const { firstName, lastName, email, mobile } = EXAMPLE_ROWS.staff;
    expect(checkOne({ firstName: firstName!, lastName: lastName!, email: email!, mobile: mobile! }).plan.action).toBe(
      'create',
    );
  });
});

describe('Strict checking', () => {
  const cases: [ColumnKey, string, string, string][] = [
    ['firstName', 'First Name', ' Ann', 'Ann'],
    ['lastName', 'Last Name', 'Lee\u00a0', 'Lee'],
    ['email', 'Email', 'ann.lee@example.com ', 'ann.lee@example.com'],
    ['mobile', 'Mobile', '0012025550123', '+12025550123'],
    ['mobile', 'Mobile', "'+12025550123", '+12025550123'],
    ['mobile', 'Mobile', '1 202 555 0123', '+12025550123'],
    ['role', 'Role', 'client', 'Client'],
    ['company', 'Company', "'=Lee", '=Lee'],
    ['group', 'Group Identifier', ' Mayfair', 'Mayfair'],
  ];

  it.each(cases)(
    'When %s would be repaired, then it is an error that says what to write instead',
    (key, column, before, after) => {
      const { person, plan, problems, repairs } = checkOne({ [key]: before }, { strict: true });
      expect(person).toBeNull();
      expect(plan).toEqual({ action: 'reject', channels: [] });
      expect(repairs).toEqual([]);
      expect(problems).toMatchObject([{ code: 'row.not-exact', column, value: before, suggestion: after }]);
      expect(checkOne({ [key]: after }, { strict: true })).toMatchObject({ plan: { action: 'create' }, problems: [] });
    },
  );

  it('When cells are wrong beyond repair as well, then everything is told at once', () => {
    const { problems } = checkOne({ firstName: ' Ann', mobile: '1', role: 'client' }, { strict: true });
    expect(problems.map(({ code, column }) => [code, column])).toEqual([
      ['row.not-exact', 'First Name'],
      ['mobile.invalid', 'Mobile'],
      ['row.not-exact', 'Role'],
    ]);
  });

  it('When staff write their teams with spaces between them, then that is exact enough', () => {
    expect(checkStaff({ teams: 'Mayfair; Riverside' }, { strict: true }).problems).toEqual([]);
    expect(codesOf(checkStaff({ teams: ' Mayfair', role: 'support' }, { strict: true }).problems)).toEqual([
      'row.not-exact',
      'row.not-exact',
    ]);
  });

  it('When a row is refused for its spelling, then a later one with its address is still a duplicate', () => {
    const rows = checkRows(tableFor('clients', { email: ' ann.lee@example.com' }, {}), contextWith({ strict: true }));
    expect(rows.map(({ problems }) => codesOf(problems))).toEqual([['row.not-exact'], ['email.duplicate-in-file']]);
  });
});
