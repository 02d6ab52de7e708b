import type { ImportKind } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import { checkRows } from '../../domain/checking/check-rows';
import type { CheckContext, CheckedRow } from '../../domain/checking/check-rows';
import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import type { KnownPerson } from '../../domain/person';
import type { HeldTable } from '../../domain/table';

export type Cells = Partial<Record<ColumnKey, string>>;

export const GOOD_CELLS: Readonly<Record<ImportKind, Cells>> = {
  clients: {
    firstName: 'Ann',
    lastName: 'Lee',
    email: 'ann.lee@example.com',
    mobile: '+12025550123',
    role: 'Client',
    company: 'Lee & Co',
    group: 'Mayfair',
  },
  staff: {
    firstName: 'Ann',
    lastName: 'Lee',
    email: 'ann.lee@example.com',
    mobile: '+12025550123',
    role: 'Support',
    teams: 'Mayfair;Riverside',
  },
};

export function contextWith(changes: Partial<CheckContext> = {}): CheckContext {
  return {
    kind: 'clients',
    defaultCountry: null,
    teams: [
      { id: 'team-1', name: 'Mayfair', activeStaff: true },
      { id: 'team-2', name: 'Riverside', activeStaff: true },
      { id: 'team-3', name: 'Empty_Quarter', activeStaff: false },
    ],
    defaultTeamId: null,
    known: new Map(),
    strict: false,
    onExisting: 'error',
    channels: ['email', 'sms'],
    ...changes,
  };
}

/** A table in the order of the template, of rows in which each cell is given. */
export function tableOfCells(kind: ImportKind, rows: readonly Cells[]): HeldTable {
  const columns = columnsOf(kind).map(({ key, header, letter }) => ({ key, header, letter }));
  return {
    layout: { format: 'csv', encoding: 'utf8', byteOrderMark: false, delimiter: ',' },
    headers: columns.map(({ header }) => header),
    columns,
    rows: rows.map((cells, index) => ({
      line: index + 2,
      cells,
      raw: columns.map(({ key }) => cells[key] ?? ''),
    })),
    warnings: [],
  };
}

/** A table of clients in which each row is the good row with some cells changed. */
export const tableWith = (...changes: Cells[]): HeldTable => tableFor('clients', ...changes);
export const tableFor = (kind: ImportKind, ...changes: Cells[]): HeldTable =>
  tableOfCells(
    kind,
    changes.map((cells) => ({ ...GOOD_CELLS[kind], ...cells })),
  );

export const checkOne = (cells: Cells, changes: Partial<CheckContext> = {}): CheckedRow =>
  checkRows(tableFor(changes.kind ?? 'clients', cells), contextWith(changes))[0]!;

export const checkStaff = (cells: Cells, changes: Partial<CheckContext> = {}): CheckedRow =>
  checkOne(cells, { ...changes, kind: 'staff' });

/** Somebody with the address of the good row. */
export function knownWith(changes: Partial<KnownPerson> = {}): KnownPerson {
  return {
    id: 'person-1',
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
    active: false,
    deactivated: false,
    optedOut: [],
    neverInvited: false,
    underWay: [],
    importId: null,
    line: null,
    since: '2026-03-01',
    ...changes,
  };
}

export const knownStaff = (changes: Partial<KnownPerson> = {}): KnownPerson =>
  knownWith({ kind: 'staff', company: null, role: 'Support', teamIds: ['team-1', 'team-2'], ...changes });

export const knowing = (...people: KnownPerson[]): CheckContext['known'] =>
  new Map(people.map((person) => [person.emailKey, person]));

export const codesOf = (problems: readonly CellProblem[]): string[] => problems.map(({ code }) => code);
