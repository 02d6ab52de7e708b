import type { Session } from '../commands/session';
import { ROW_COLUMNS } from '../data/row-columns';
import type { RowFilters } from '../http/lists';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

/** The rows of an import in the order of its file. */
export const listRows = (session: Session, id: string, filters: RowFilters, options: ListOptions): Promise<void> =>
  showList(session, session.api.listRowsOf(id, filters), ROW_COLUMNS, options);
