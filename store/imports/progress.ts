import type { ClientSession } from 'mongodb';
import { isFinal, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { ImportProgress } from '../../contract/import';
import type { Channel, InvitationState } from '../../contract/invitation';
import { deriveStatus, emptyProgress } from '../../contract/progress';
import type { RowStatus } from '../../contract/row';
import { readTogether } from '../../platform/read-together';
import type { Collections, ImportDoc } from '../documents';

/** Imports whose counts are kept: some 600 bytes each. */
const MOST_KEPT = 5_000;
/** From so many lines on an import under way is counted less often than it is asked for. */
const LONG_LINES = 5_000;
/**
 * For how long its counts are kept then, in milliseconds a line: some four times as long as they take, so that whoever watches a file of
 * 100,000 rows does not hold up its import. Its status is always the newest.
 */
const LONG_KEPT_MS_A_LINE = 0.02;
/** A process may die before it has noted a change, and an older build, beside this one during an upgrade, notes none. */
const KEPT_MS = 10 * 60_000;

/** An import as it was read before its rows and invitations are counted: then the counts of a resting import are final. */
export type Countable = Pick<ImportDoc, '_id' | 'status' | 'plannedAt' | 'revision' | 'countsRevision'>;

interface CountedRows {
  _id: { importId: string; status: RowStatus };
  count: number;
}

interface CountedInvitations {
  _id: { importId: string; channel: Channel; state: InvitationState };
  count: number;
}

/** Counts the rows and invitations of these imports, by id, in one command. */
export async function countImports(
  { rows, invitations }: Pick<Collections, 'rows' | 'invitations'>,
  importDocs: readonly Countable[],
): Promise<Map<string, ImportProgress>> {
  const progress = new Map(importDocs.map(({ _id, status }) => [_id, emptyProgress(_id, status)]));
  const planned = importDocs.filter(({ plannedAt }) => plannedAt).map(({ _id }) => _id);
  if (planned.length === 0) return progress;
  const importId = planned.length === 1 ? planned[0]! : { $in: planned };
  const groups = await rows
    .aggregate<CountedRows | CountedInvitations>([
      { $match: { importId } },
      { $group: { _id: { importId: '$importId', status: '$status' }, count: { $sum: 1 } } },
      {
        $unionWith: {
          coll: invitations.collectionName,
          pipeline: [
            { $match: { importId, superseded: false } },
            { $group: { _id: { importId: '$importId', channel: '$channel', state: '$state' }, count: { $sum: 1 } } },
          ],
        },
      },
    ])
    .toArray();
  for (const { _id: group, count } of groups) {
    const counted = progress.get(group.importId)!;
    if ('channel' in group) counted.invitations[group.channel][group.state] = count;
    else {
      counted.rows[group.status] = count;
      counted.lines += count;
    }
  }
  return progress;
}

/** Its counts may be kept: no step writes its rows and invitations, except in a transaction with the import. */
const mayBeKept = (status: ImportStatus): boolean => isFinal(status) || status === 'needs-attention';

/**
 * Has the kept counts of these imports counted again. In the transaction that changes them; or both before and after the change,
 * which leaves imports under way alone, since their counts are not kept.
 */
export async function countsChanged(
  { imports }: Pick<Collections, 'imports'>,
  importIds: string[],
  session?: ClientSession,
): Promise<void> {
  if (importIds.length === 0) return;
  const among = { _id: { $in: importIds }, ...(!session && { status: { $in: statusesThat(mayBeKept) } }) };
  await imports.updateMany(among, { $inc: { countsRevision: 1 } }, { ...(session && { session }) });
}

/** The counts of one moment, while the import has these revisions. */
interface KeptCounts extends Pick<ImportDoc, 'revision' | 'countsRevision'> {
  progress: ImportProgress;
  until: number;
}

/**
 * Counts of imports, from their rows and invitations, since stored counts could drift. Those of imports at rest are kept in
 * memory: whatever changes them changes a revision of the import. Those of a long file under way are kept for a moment.
 */
export function createProgress(
  { imports, rows, invitations }: Pick<Collections, 'imports' | 'rows' | 'invitations'>,
  now: () => number = Date.now,
) {
  const kept = new Map<string, KeptCounts>();

  function known({ _id, status, revision, countsRevision }: Countable): ImportProgress | undefined {
    const counts = kept.get(_id);
    if (counts?.revision !== revision || counts.countsRevision !== countsRevision) return undefined;
    if (counts.progress.status !== status && !isSettled(counts.progress)) return undefined;
    return now() < counts.until ? { ...counts.progress, status } : undefined;
  }

  function keep({ _id, revision, countsRevision }: Countable, progress: ImportProgress, at: number): void {
    kept.delete(_id);
    const forMs = keptFor(progress);
    if (forMs === 0) return;
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(_id, { revision, ...(countsRevision !== undefined && { countsRevision }), progress, until: at + forMs });
  }

  /** In the order of the imports. */
  async function ofAll(importDocs: readonly Countable[]): Promise<ImportProgress[]> {
    const at = now();
    const found = importDocs.map(known);
    const missing = importDocs.filter((_, i) => !found[i]);
    const counted = await countImports({ rows, invitations }, missing);
    for (const importDoc of missing) keep(importDoc, counted.get(importDoc._id)!, at);
    return importDocs.map(({ _id }, i) => found[i] ?? counted.get(_id)!);
  }

  const of = readTogether(ofAll);

  return {
    of,
    ofAll,
    async find(importId: string): Promise<ImportProgress | null> {
      const importDoc = await imports.findOne(
        { _id: importId },
        { projection: { status: 1, plannedAt: 1, revision: 1, countsRevision: 1 } },
      );
      return importDoc && of(importDoc);
    },
  };
}

/** Nothing is left to do for a step. */
const isSettled = (progress: ImportProgress): boolean =>
  mayBeKept(progress.status) && progress.rows.waiting === 0 && deriveStatus(progress) !== 'inviting';

/** For how long counts are kept while nothing says that they have changed, in milliseconds. */
function keptFor(progress: ImportProgress): number {
  if (isSettled(progress)) return KEPT_MS;
  return progress.lines > LONG_LINES && !mayBeKept(progress.status) ? progress.lines * LONG_KEPT_MS_A_LINE : 0;
}
