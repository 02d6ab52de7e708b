import { IMPORT_KINDS } from '../../../contract/import';
import { columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import type { HeaderAliases } from './header-aliases';
import { normaliseHeader } from './header-meaning';

export interface AliasProblem {
  key: ColumnKey;
  /** Its place among the aliases of that column. */
  index: number;
  message: string;
}

/**
 * Finds the reasons why an organisation's own headers do not mean one column each. The built-in names of other columns
 * are allowed, since the organisation's word wins over them, and so are two columns that share no template.
 */
export function checkHeaderAliases(own: HeaderAliases): AliasProblem[] {
  const aliases = (Object.keys(own) as ColumnKey[]).flatMap((key) =>
    (own[key] ?? []).map((alias, index) => ({ key, index, alias, name: normaliseHeader(alias) })),
  );
  return aliases.flatMap(({ key, index, alias, name }) => {
    const problem = (message: string): AliasProblem[] => [{ key, index, message }];
    if (name === '') return problem('A header holds at least one letter or digit');
    const template = TEMPLATE_COLUMNS.find((column) => normaliseHeader(column.header) === name);
    if (template && template.key !== key) return problem(`"${alias}" is the template's own header of another column`);
    const other = aliases.find((one) => one.name === name && one.key !== key && shareTemplate(one.key, key));
    return other ? problem(`"${alias}" stands for ${other.key} too: a header means one column`) : [];
  });
}

const TEMPLATE_COLUMNS = IMPORT_KINDS.flatMap((kind) => columnsOf(kind));

const shareTemplate = (one: ColumnKey, other: ColumnKey): boolean =>
  IMPORT_KINDS.some((kind) => [one, other].every((key) => columnsOf(kind).some((column) => column.key === key)));
