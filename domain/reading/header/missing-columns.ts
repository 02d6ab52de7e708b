import type { ImportKind } from '../../../contract/import';
import type { CellProblem } from '../../../contract/problem';
import { columnLetter, columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import { editDistance } from '../../nearest/edit-distance';
import { looksPersonal } from './contact-data';
import { fileProblem, shorten } from '../../problems/make-problem';
import type { HeaderAliases, HeaderOptions } from './header-aliases';
import { DELIMITERS } from '../../table';
import { namesOf, normaliseHeader } from './header-meaning';

const MAX_HEADERS_NAMED = 12;
const MAX_HEADERS_COMPARED = 60;

/** What a column of first and last names together is called. */
const WHOLE_NAMES: readonly string[] = [
  ...['Name', 'Names', 'Full name', 'Full names', 'Complete name', 'Whole name', 'Person', 'Client', 'Client name'],
  ...['Contact', 'Contact name', 'Staff name', 'Employee name', 'Display name', 'First and last name'],
  ...['First name and last name', 'First & last name', 'Vollständiger Name', 'Vor- und Nachname', 'Nom complet'],
  ...['Nom et prénom', 'Prénom et nom', 'Nombre completo', 'Nombre y apellidos', 'Nome completo', 'Volledige naam'],
].map(normaliseHeader);

/** A problem for each column that the file lacks, with the header in its place that may have been meant for it. */
export function findMissing(
  headers: readonly string[],
  unknown: readonly number[],
  isFound: (key: ColumnKey) => boolean,
  { kind, aliases, hasDefaultTeam }: HeaderOptions,
): CellProblem[] {
  const found = nameHeaders(headers);
  const isWhole = !isFound('firstName') && !isFound('lastName');
  const wholeName = isWhole
    ? unknown.find((index) => WHOLE_NAMES.includes(normaliseHeader(headers[index]!)))
    : undefined;
  const isDivided = (key: ColumnKey): boolean => wholeName !== undefined && (key === 'firstName' || key === 'lastName');
  const open = unknown
    .filter((index) => index !== wholeName && isComparable(headers[index]!))
    .slice(0, MAX_HEADERS_COMPARED);
  const missing = columnsOf(kind)
    .filter(({ key, required }) => required && !isFound(key) && !(key === 'group' && hasDefaultTeam))
    .filter(({ key }) => !isDivided(key))
    .map(({ key, header: column }) => {
      const at =
        open[
          findSimilarHeader(
            open.map((index) => headers[index]!),
            kind,
            key,
            aliases,
          ) ?? -1
        ];
      if (at === undefined) return { ...fileProblem('file.missing-column', { found }), column };
      const similar = shorten(headers[at]!);
      const similarLetter = columnLetter(at);
      const problem = fileProblem('file.missing-column', { found, similar, similarLetter });
      // No letter: the column that is missing has none.
      return { ...problem, column, value: similar, suggestion: column };
    });
  return wholeName === undefined ? missing : [wholeNameIn(headers[wholeName]!, wholeName), ...missing];
}

const wholeNameIn = (cell: string, index: number): CellProblem => {
  const header = shorten(cell);
  return { ...fileProblem('file.whole-name'), column: header, letter: columnLetter(index), value: header };
};

/** A header that is not divided has more than one name in it, of which none can be put in its place. */
const isComparable = (header: string): boolean =>
  !looksPersonal(header) && !DELIMITERS.some((sign) => header.includes(sign));

/** Headers as a message repeats them, those left out that may be somebody's address or number. */
export function nameHeaders(headers: readonly string[]): string {
  const names = headers.filter((header) => header !== '').map((name) => (looksPersonal(name) ? '…' : shorten(name)));
  const more = names.length > MAX_HEADERS_NAMED ? ', …' : '';
  return names.slice(0, MAX_HEADERS_NAMED).join(', ') + more;
}

/** A shorter name is like too much. */
const SHORTEST_COMPARED = 4;
/** One slip in so many characters is still a likeness. */
const CHARACTERS_A_SLIP = 4;
const MORE_THAN_ANY_SLIPS = 100;

/**
 * The index of the header that was probably meant for a column: one of its names but for a slip or two, or one of its
 * names with something around it. Only a guess: it is asked about, never acted upon.
 */
function findSimilarHeader(
  headers: readonly string[],
  kind: ImportKind,
  key: ColumnKey,
  own: HeaderAliases,
): number | undefined {
  const names = namesOf(kind, key, own)
    .map(normaliseHeader)
    .filter(({ length }) => length >= SHORTEST_COMPARED);
  let best: { index: number; unlikeness: number } | undefined;
  headers.forEach((header, index) => {
    const wanted = normaliseHeader(header);
    const unlikeness = Math.min(...names.map((name) => unlikenessOf(wanted, name)));
    if (unlikeness < (best?.unlikeness ?? Infinity)) best = { index, unlikeness };
  });
  return best?.index;
}

/** A slip or two are more like than a name among other words, of which the fewer the better. */
function unlikenessOf(header: string, name: string): number {
  const slipsAllowed = Math.floor(name.length / CHARACTERS_A_SLIP);
  const isAsLong = Math.abs(header.length - name.length) <= slipsAllowed;
  const slips = isAsLong ? editDistance(header, name) : Infinity;
  if (slips <= slipsAllowed) return slips;
  return header.includes(name) ? MORE_THAN_ANY_SLIPS + header.length - name.length : Infinity;
}
