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

/** Names of a column that holds first and last names together. */
const WHOLE_NAMES: readonly string[] = [
  ...['Name', 'Names', 'Full name', 'Full names', 'Complete name', 'Whole name', 'Person', 'Client', 'Client name'],
  ...['Contact', 'Contact name', 'Staff name', 'Employee name', 'Display name', 'First and last name'],
  ...['First name and last name', 'First & last name', 'Vollständiger Name', 'Vor- und Nachname', 'Nom complet'],
  ...['Nom et prénom', 'Prénom et nom', 'Nombre completo', 'Nombre y apellidos', 'Nome completo', 'Volledige naam'],
].map(normaliseHeader);

/** Makes a problem for each missing column, with the header that may have been meant for it. */
export function findMissing(
  headers: readonly string[],
  unknown: readonly number[],
  isFound: (key: ColumnKey) => boolean,
  { kind, aliases, hasDefaultTeam }: HeaderOptions,
): CellProblem[] {
  const names = nameHeaders(headers);
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
      if (at === undefined) return { ...fileProblem('file.missing-column', { found: names }), column };
      const similar = shorten(headers[at]!);
      const similarLetter = columnLetter(at);
      const problem = fileProblem('file.missing-column', { found: names, similar, similarLetter });
      // No letter: the column that is missing has none.
      return { ...problem, column, value: similar, suggestion: column };
    });
  return wholeName === undefined ? missing : [wholeNameIn(headers[wholeName]!, wholeName), ...missing];
}

const wholeNameIn = (cell: string, index: number): CellProblem => {
  const header = shorten(cell);
  return { ...fileProblem('file.whole-name'), column: header, letter: columnLetter(index), value: header };
};

/** A header with delimiters in it is an undivided row: no single name can replace it. */
export const isComparable = (header: string): boolean =>
  !looksPersonal(header) && !DELIMITERS.some((sign) => header.includes(sign));

/** Joins headers for a message. Those that may be a person's address or number become `…`. */
export function nameHeaders(headers: readonly string[]): string {
  const names = headers.filter((header) => header !== '').map((name) => (looksPersonal(name) ? '…' : shorten(name)));
  const more = names.length > MAX_HEADERS_NAMED ? ', …' : '';
  return names.slice(0, MAX_HEADERS_NAMED).join(', ') + more;
}

/** Shorter names resemble too many headers. */
const SHORTEST_COMPARED = 4;
/** Characters per slip that still counts as similar. */
const CHARACTERS_A_SLIP = 4;
const MORE_THAN_ANY_SLIPS = 100;

/**
 * Finds the index of the header that was probably meant for a column: one of its names with a slip or two, or with
 * something around it. A guess: the message asks about it, nothing acts upon it.
 */
export function findSimilarHeader(
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

/** A slip or two weigh less than other words around a name; the fewer of those the better. */
function unlikenessOf(header: string, name: string): number {
  const slipsAllowed = Math.floor(name.length / CHARACTERS_A_SLIP);
  const isAsLong = Math.abs(header.length - name.length) <= slipsAllowed;
  const slips = isAsLong ? editDistance(header, name) : Infinity;
  if (slips <= slipsAllowed) return slips;
  return header.includes(name) ? MORE_THAN_ANY_SLIPS + header.length - name.length : Infinity;
}
