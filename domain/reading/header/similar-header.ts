import type { ImportKind } from '../../../contract/import';
import type { ColumnKey } from '../../columns';
import { editDistance } from '../../nearest/edit-distance';
import type { HeaderAliases } from './header-aliases';
import { namesOf, normaliseHeader } from './header-meaning';

/** A shorter name is like too much. */
const SHORTEST_COMPARED = 4;
/** One slip in so many characters is still a likeness. */
const CHARACTERS_A_SLIP = 4;
const MORE_THAN_ANY_SLIPS = 100;

/**
 * The index of the header that was probably meant for a column: one of its names but for a slip or two, or one of its
 * names with something around it. Only a guess: it is asked about, never acted upon.
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

/** A slip or two are more like than a name among other words, of which the fewer the better. */
function unlikenessOf(header: string, name: string): number {
  const slipsAllowed = Math.floor(name.length / CHARACTERS_A_SLIP);
  const isAsLong = Math.abs(header.length - name.length) <= slipsAllowed;
  const slips = isAsLong ? editDistance(header, name) : Infinity;
  if (slips <= slipsAllowed) return slips;
  return header.includes(name) ? MORE_THAN_ANY_SLIPS + header.length - name.length : Infinity;
}
