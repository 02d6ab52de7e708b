import type { CellProblem } from '../../../contract/problem';
import { columnLetter, columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import { isContact } from './contact-data';
import { createHeaderLookup, normaliseHeader } from './header-meaning';
import { fileProblem, shorten } from '../../problems/make-problem';
import type { HeaderOptions } from './header-aliases';

/** The columns that every row of both templates fills. */
const PERSONAL_COLUMNS: readonly ColumnKey[] = ['firstName', 'lastName', 'email', 'mobile'];
const VAGUE = 3;

/** Whether a column is there: at all, or by the heading alone. */
interface FoundColumns {
  isFound: (key: ColumnKey) => boolean;
  isTold: (key: ColumnKey) => boolean;
}

/** Finds the problem of a first row that holds a person, or the header of the other template. */
export function recogniseOtherFirstRow(
  headers: readonly string[],
  line: number,
  { isFound, isTold }: FoundColumns,
  options: HeaderOptions,
): CellProblem | undefined {
  if (!PERSONAL_COLUMNS.some(isTold) && headers.some(isContact)) {
    const names = columnsOf(options.kind).map(({ header }) => header);
    return fileProblem('file.no-header', { line, names: names.join(', ') });
  }
  if (!PERSONAL_COLUMNS.some(isFound)) return undefined;
  const telling =
    options.kind === 'clients' ? findStaffColumn(headers, isFound) : findClientsColumn(headers, isFound, options);
  if (telling === undefined) return undefined;
  const header = shorten(headers[telling] ?? '');
  const problem = fileProblem(options.kind === 'clients' ? 'file.staff-template' : 'file.clients-template');
  return { ...problem, column: header, letter: columnLetter(telling), value: header };
}

const STAFF_ONLY = 'Client Teams';

function findStaffColumn(headers: readonly string[], isFound: (key: ColumnKey) => boolean): number | undefined {
  if (isFound('group')) return undefined;
  const wanted = normaliseHeader(STAFF_ONLY);
  return indexOrNone(headers.findIndex((header) => normaliseHeader(header) === wanted));
}

/** Finds the column of a client's one team or, without a column of roles, of the company that only clients have. */
function findClientsColumn(
  headers: readonly string[],
  isFound: (key: ColumnKey) => boolean,
  { aliases }: HeaderOptions,
): number | undefined {
  if (isFound('teams')) return undefined;
  const lookup = createHeaderLookup('clients', aliases);
  const meanings = headers.map(lookup);
  const group = meanings.findIndex((meaning) => meaning?.key === 'group' && meaning.rank < VAGUE);
  if (group >= 0 || isFound('role')) return indexOrNone(group);
  return indexOrNone(meanings.findIndex((meaning) => meaning?.key === 'company'));
}

const indexOrNone = (index: number): number | undefined => (index < 0 ? undefined : index);
