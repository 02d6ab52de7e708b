import { formatRowSet } from '../../contract/row-set';
import { CliError } from '../http/cli-error';
import type { IgnoreSelection } from '../http/views';
import type { Session } from './session';
import { followAndShow } from './show-import';
import type { ShowOptions } from './show-import';

export interface IgnoreOptions extends IgnoreSelection {
  /** Takes the rows back instead. */
  undo?: true;
}

/** Puts rows aside that are no people, or takes them back, and shows the import then. Resolves to the exit code. */
export async function ignoreRows(
  session: Session,
  id: string,
  { undo, ...selection }: IgnoreOptions,
  show: ShowOptions = {},
): Promise<0 | 2> {
  const { api, err } = session;
  const { rows, suggested } = selection;
  if ((rows === undefined) === (suggested === undefined) || (undo && !rows)) {
    throw new CliError('Say which rows: --rows 41,42, or --suggested for all that look like totals and remarks.');
  }
  const changed: number[] = [];
  if (!undo) changed.push(...(await api.ignoreRows(id, selection)));
  else for (const line of rows!) if (await api.takeRowBack(id, line)) changed.push(line);
  const what = undo ? 'Taken back' : 'Put aside';
  err.write(changed.length > 0 ? `${what}: ${formatRowSet(changed)}.\n` : 'Nothing is changed: it was so before.\n');
  return followAndShow(session, [await api.findImport(id)], show);
}
