import type { Schemas } from '../../../client';
import { isUndone } from '../../../contract/import-status';
import { answerOf, api } from '../../api/api';
import type { Field, Import, Row } from './model';

/** Gives cells of a row other values; it alone is checked again. Throws an `ApiError` with the problems of the new values. */
export const correctRow = (
  id: string,
  line: number,
  cells: Partial<Record<Field, string>>,
): Promise<Schemas['CorrectedRow']> =>
  answerOf(api.PATCH('/v1/imports/{id}/rows/{line}', { params: { path: { id, line: String(line) } }, body: cells }));

/** Rows of a preview, those that were refused, and those whose message did not arrive. */
export const mayCorrect = ({ status }: Pick<Import, 'status'>, row: Row): boolean =>
  row.erasedAt === null &&
  status !== 'cancelled' &&
  status !== 'failed' &&
  !isUndone(status) &&
  (status === 'awaiting-approval' ||
    row.status === 'rejected' ||
    row.invitations.some(({ state }) => state === 'failed' || state === 'bounced'));
