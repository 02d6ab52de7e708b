import type { ImportKind } from '../../../contract/import';
import type { HeaderAliases } from './header-aliases';

/** What the meaning of a header depends on beside the file. */
export interface HeaderOptions {
  kind: ImportKind;
  /** Of the organisation. */
  aliases: HeaderAliases;
  hasDefaultTeam: boolean;
}
