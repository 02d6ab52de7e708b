import type { ClientSession, Document, Filter } from 'mongodb';
import type { ImportStatus } from '../../contract/import-status';
import { IMPORT_TRANSITIONS } from '../../domain/imports/transitions';
import type { ImportTransition, ImportTransitionName } from '../../domain/imports/transitions';
import type { Collections, ImportDoc } from '../documents';
import { announcementOf } from '../webhooks/announcements';
import { checkAtIn } from './outbox';

interface TransitionOptions {
  /** The target status, if the table allows several. */
  to?: ImportStatus;
  /** Only if the import still has this revision. */
  revision?: number;
  /** A further condition. */
  where?: Filter<ImportDoc>;
  set?: Partial<ImportDoc>;
  /** Aggregation expressions by field; `$$NOW` is the database's clock. */
  compute?: Document;
  unset?: (keyof ImportDoc)[];
  session?: ClientSession;
}

/**
 * Makes a transition of the table by one compare-and-set, together with further changes. Returns the changed import, or `null`
 * if the transition is not possible.
 */
export function transition(
  { imports }: Pick<Collections, 'imports'>,
  importId: string,
  name: ImportTransitionName,
  { revision, where, set = {}, compute, unset = [], session, to }: TransitionOptions = {},
): Promise<ImportDoc | null> {
  const { from, to: targets, keeps = [], revises, closed }: ImportTransition = IMPORT_TRANSITIONS[name];
  const target = to ?? targets[0];
  if (targets.length > 1 ? !to || !targets.includes(to) : to) throw new Error(`${name} does not lead to ${to}`);
  const literals = Object.entries(set).filter(([, value]) => value !== undefined);
  return imports.findOneAndUpdate(
    {
      ...where,
      _id: importId,
      status: { $in: [...from, ...keeps] },
      ...(revision !== undefined && { revision }),
    },
    [
      {
        $set: {
          ...Object.fromEntries(literals.map(([field, value]) => [field, { $literal: value }])),
          ...compute,
          ...(target && {
            status: statusIn(target, keeps),
            ...announcementOf(target, statusIn(target, keeps)),
            checkAt: { $cond: [{ $in: ['$status', keeps] }, '$checkAt', checkAtIn(target)] },
          }),
          ...(revises && { revision: { $add: ['$revision', 1] } }),
          ...(closed === true && { closedAt: '$$NOW', remindAt: '$$NOW' }),
        },
      },
      ...(closed === false || unset.length > 0
        ? [{ $unset: [...unset, ...(closed === false ? ['closedAt'] : [])] }]
        : []),
    ],
    { returnDocument: 'after', ...(session && { session }) },
  );
}

/** The status after the transition: one that it keeps stays. */
const statusIn = (target: ImportStatus, keeps: readonly ImportStatus[]): Document => ({
  $cond: [{ $in: ['$status', keeps] }, '$status', target],
});
