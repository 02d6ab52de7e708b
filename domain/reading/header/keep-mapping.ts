import type { Mapping } from '../../../contract/question';
import type { ColumnKey } from '../../columns';
import type { TableColumn } from '../../table';
import type { HeaderAliases } from './header-aliases';
import { normaliseHeader } from './header-meaning';

/** The most headings of an organisation's own for one column. */
export const MAX_ALIASES = 20;

/**
 * The headings that a mapping has named, as aliases for later files, without those that the organisation has already. A column
 * without a heading, or whose heading holds no letter or digit, cannot be kept. `columns` are those that were read by it.
 */
export function aliasesToKeep(mapping: Mapping, columns: readonly TableColumn[], own: HeaderAliases): HeaderAliases {
  const isKnown = ({ key, header }: TableColumn): boolean =>
    normaliseHeader(header) === '' ||
    (own[key] ?? []).some((alias) => normaliseHeader(alias) === normaliseHeader(header));
  const kept = columns.filter((column) => Object.hasOwn(mapping, column.key) && !isKnown(column));
  return Object.fromEntries(kept.map(({ key, header }) => [key, [header]]));
}

export const mergeAliases = (own: HeaderAliases, added: HeaderAliases): HeaderAliases => {
  const keys = [...new Set([...Object.keys(own), ...Object.keys(added)])] as ColumnKey[];
  return Object.fromEntries(keys.map((key) => [key, [...(own[key] ?? []), ...(added[key] ?? [])]]));
};
