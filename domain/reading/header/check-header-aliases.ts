import { IMPORT_KINDS } from '../../../contract/import';
import { columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import type { HeaderAliases } from './header-aliases';
import { normaliseHeader } from './header-meaning';

export interface AliasFault {
  key: ColumnKey;
  /** Its place among the aliases of that column. */
  index: number;
  message: string;
}

/**
 * What keeps an organisation's own headers from meaning one column each. Names that everybody may use for another column
 * are no obstacle: the organisation's word counts before them. Nor are columns that no template has both of.
 */
export function checkHeaderAliases(own: HeaderAliases): AliasFault[] {
  const aliases = (Object.keys(own) as ColumnKey[]).flatMap((key) =>
    (own[key] ?? []).map((alias, index) => ({ key, index, alias, name: normaliseHeader(alias) })),
  );
  return aliases.flatMap(({ key, index, alias, name }) => {
    const fault = (message: string): AliasFault[] => [{ key, index, message }];
    if (name === '') return fault('A header holds at least one letter or digit');
    const template = TEMPLATE_COLUMNS.find((column) => normaliseHeader(column.header) === name);
    if (template && template.key !== key) return fault(`"${alias}" is the template's own header of another column`);
    const other = aliases.find((one) => one.name === name && one.key !== key && shareTemplate(one.key, key));
    return other ? fault(`"${alias}" stands for ${other.key} too: a header means one column`) : [];
  });
}

const TEMPLATE_COLUMNS = IMPORT_KINDS.flatMap((kind) => columnsOf(kind));

const shareTemplate = (one: ColumnKey, other: ColumnKey): boolean =>
  IMPORT_KINDS.some((kind) => [one, other].every((key) => columnsOf(kind).some((column) => column.key === key)));
