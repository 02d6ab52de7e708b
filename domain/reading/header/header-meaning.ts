import { IMPORT_KINDS } from '../../../contract/import';
import type { ImportKind } from '../../../contract/import';
import { columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import { aliasesOf, vagueAliasesOf } from './header-aliases';
import type { HeaderAliases } from './header-aliases';

/** The column that a header stands for. Of two headers for one column the lower `rank` wins. */
export interface HeaderMeaning {
  key: ColumnKey;
  /** 0 for the template's own header, then the organisation's, then names that say it clearly, then vague ones. */
  rank: number;
}

export type HeaderLookup = (header: string) => HeaderMeaning | undefined;

/** Makes the function that looks up the column of a header. */
export function createHeaderLookup(kind: ImportKind, own: HeaderAliases = {}): HeaderLookup {
  const shared = SHARED_MEANINGS[kind];
  const meanings = Object.keys(own).length > 0 ? meaningsOf(kind, own) : shared;
  return (header) => meanings.get(normaliseHeader(header));
}

/** Every name that a column may have in a file, the template's first. */
export function namesOf(kind: ImportKind, key: ColumnKey, own: HeaderAliases = {}): string[] {
  return rankedNames(kind, own).flatMap((names) => names[key] ?? []);
}

/** Removes differences of case, spaces, punctuation, accents and width, and remarks such as “(required)”. */
export function normaliseHeader(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(SAYS_WHETHER_REQUIRED, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const SAYS_WHETHER_REQUIRED = /[([](?:required|mandatory|optional)[)\]]/g;

const rankedNames = (kind: ImportKind, own: HeaderAliases): HeaderAliases[] => [
  Object.fromEntries(columnsOf(kind).map(({ key, header }) => [key, [header]])),
  own,
  aliasesOf(kind),
  vagueAliasesOf(kind),
];

function meaningsOf(kind: ImportKind, own: HeaderAliases): Map<string, HeaderMeaning> {
  const keys = columnsOf(kind).map(({ key }) => key);
  const meanings = new Map<string, HeaderMeaning>();
  rankedNames(kind, own).forEach((names, rank) => {
    for (const key of keys) {
      for (const name of (names[key] ?? []).map(normaliseHeader)) {
        if (name !== '' && !meanings.has(name)) meanings.set(name, { key, rank });
      }
    }
  });
  return meanings;
}

const SHARED_MEANINGS = Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, meaningsOf(kind, {})])) as Record<
  ImportKind,
  Map<string, HeaderMeaning>
>;
