import type { Schemas } from '../../client/index';
import { countNeedingAttention } from '../../contract/progress';
import type { Session } from '../commands/session';
import { shortId } from '../http/find-id';
import type { ImportFilters } from '../http/lists';
import type { Column } from '../data/formats';
import { formatMoment } from '../moments/moments';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

const COLUMNS: readonly Column<Schemas['ImportSummary']>[] = [
  { heading: 'id', of: ({ id }) => id, inTable: ({ id }) => shortId(id), whole: true },
  {
    heading: 'uploaded',
    of: ({ createdAt }) => createdAt,
    inTable: ({ createdAt }) => formatMoment(createdAt),
    whole: true,
  },
  { heading: 'file', of: ({ fileName }) => fileName },
  { heading: 'status', of: ({ status }) => status, whole: true },
  { heading: 'lines', of: ({ lines }) => lines },
  { heading: 'created', of: ({ rows }) => rows.created },
  { heading: 'rejected', of: ({ rows }) => rows.rejected },
  { heading: 'to look at', of: (view) => countNeedingAttention(view) },
];

/** Imports, the newest first. */
export const listImports = (session: Session, filters: ImportFilters, options: ListOptions): Promise<void> =>
  showList(session, session.api.listImports(filters), COLUMNS, options);
