import type { ClientSession, Filter } from 'mongodb';
import type { ImportStatus } from '../../contract/import-status';
import { soughtOf } from '../../domain/erasure/sought';
import type { PersonKind } from '../../domain/person';
import type { Collections, ImportDoc, PersonDoc } from '../documents';
import type { Uploads } from '../imports/uploads';
import type { Mongo } from '../mongo';
import { touchTeam } from '../people/team-changes';
import type { ErasureDoc } from './erasure-documents';
import { findOwnRows, findTraces } from './find-traces';
import { createTraceRemoval, firstSendsOfRows, peopleOf } from './remove-traces';

/** Time for a process to carry an erasure out before another one goes on with it, in milliseconds. */
const LEASE_MS = 10_000;
/**
 * When to look once more: a step that had read the person before the erasure has ended then, or has been fenced. In milliseconds.
 */
const LOOK_AGAIN_AFTER_MS = 60_000;

/** Nothing of these imports is applied yet: a reading of their file may stage other rows. */
const MAY_STAGE: ImportStatus[] = ['queued', 'planning', 'awaiting-approval'];
/** What hides in a file that asks something, such as other sheets and hidden rows, is in none of its rows. */
const UNREAD: Filter<ImportDoc> = {
  $or: [{ status: { $in: ['queued', 'planning'] } }, { status: 'awaiting-approval', 'questions.0': { $exists: true } }],
};

export type BegunErasure =
  | { kind: 'unknown' }
  /** The staff member is the last one of this client team. */
  | { kind: 'last-member'; team: string }
  | { kind: 'begun'; erasure: ErasureDoc };

const onceIn = (delayMs: number) => [{ $set: { checkAt: { $add: ['$$NOW', delayMs] } } }];

/**
 * Erasures of people. The person goes in one transaction with the note of what is still to be done, so that whoever goes on after a
 * crash finds it; every further step is idempotent.
 */
export function createErasures(collections: Collections, transaction: Mongo['transaction'], uploads: Uploads) {
  const removeTraces = createTraceRemoval(collections, transaction, uploads);
  const { erasures, people, imports, invitations, firstSends, clientTeams } = collections;

  return {
    /** Removes the person and notes the erasure. Idempotent: a second call returns the first erasure. */
    async begin(organisationId: string, kind: PersonKind, personId: string): Promise<BegunErasure> {
      let result: BegunErasure = { kind: 'unknown' };
      await transaction(async (session) => {
        result = await decide(organisationId, kind, personId, session);
      });
      return result;
    },

    /**
     * Puts an erasure off for which nothing is left but files that are not read yet. Returns whether it did: not once one of them has
     * been read, or has ended otherwise.
     */
    async postpone({ _id, waits }: ErasureDoc): Promise<boolean> {
      if (!waits || !(await hasUnread(_id))) return false;
      return (await erasures.updateOne({ _id, waits: true }, onceIn(LOOK_AGAIN_AFTER_MS))).matchedCount > 0;
    },

    /** Takes an erasure that is to be gone on with. No other process takes it until the lease ends. */
    takeDue: (): Promise<ErasureDoc | null> =>
      erasures.findOneAndUpdate(
        { checkAt: { $exists: true }, $expr: { $lte: ['$checkAt', '$$NOW'] } },
        onceIn(LEASE_MS),
        { sort: { checkAt: 1 }, returnDocument: 'after' },
      ),

    /**
     * Removes every trace of the person. What is found is noted before it is changed, since it cannot be found afterwards. Idempotent.
     */
    async removeTraces(erasure: ErasureDoc): Promise<void> {
      await removeTraces(await noteTraces(erasure));
    },

    /** Whether a message to the person may still begin, by a claim from before the erasure. */
    async maySend(personId: string, fenceMs: number): Promise<boolean> {
      const { rowIds } = (await erasures.findOne({ _id: personId }))!;
      const fence = { $subtract: ['$$NOW', fenceMs] };
      const projection = { _id: 1 as const };
      const young = await Promise.all([
        invitations.findOne(
          {
            personId: { $in: peopleOf(personId, rowIds) },
            state: 'sending',
            $expr: { $gt: ['$attempt.claimedAt', fence] },
          },
          { projection },
        ),
        firstSends.findOne(
          { _id: { $in: firstSendsOfRows(rowIds) }, $expr: { $gt: [{ $max: '$claims.claimedAt' }, fence] } },
          { projection },
        ),
      ]);
      return young.some((claim) => claim !== null);
    },

    /**
     * Ends an erasure whose traces are removed: it keeps ids and counts, and some time later it is looked at once more. As long as a file
     * from before it is not read it stays open. Returns it as it is then.
     */
    async complete({ _id, erasedAt }: ErasureDoc): Promise<ErasureDoc> {
      if (!erasedAt && (await hasUnread(_id))) {
        const waiting = [{ $set: { waits: true, checkAt: { $add: ['$$NOW', LOOK_AGAIN_AFTER_MS] } } }];
        return (await erasures.findOneAndUpdate({ _id }, waiting, { returnDocument: 'after' }))!;
      }
      const count = await invitations.countDocuments({ personId: _id });
      return (await erasures.findOneAndUpdate(
        { _id },
        [
          {
            $set: {
              erasedAt: { $ifNull: ['$erasedAt', '$$NOW'] },
              invitations: count,
              checkAt: erasedAt ? '$$REMOVE' : { $add: ['$$NOW', LOOK_AGAIN_AFTER_MS] },
            },
          },
          { $unset: ['sought', 'waits'] },
        ],
        { returnDocument: 'after' },
      ))!;
    },
  };

  /** Whether a file from before the erasure may have rows that nobody has seen. */
  async function hasUnread(personId: string): Promise<boolean> {
    return (await imports.findOne({ erasures: personId, ...UNREAD }, { projection: { _id: 1 } })) !== null;
  }

  async function decide(
    organisationId: string,
    kind: PersonKind,
    personId: string,
    session: ClientSession,
  ): Promise<BegunErasure> {
    const known = await erasures.findOne({ _id: personId, organisationId, kind }, { session });
    if (known) return { kind: 'begun', erasure: known };
    const person = await people.findOne({ _id: personId, organisationId, kind }, { session });
    if (!person) return { kind: 'unknown' };
    const team = await teamLeftEmpty(person, session);
    if (team !== undefined) return { kind: 'last-member', team };
    // Whatever stages their rows does so behind this mark, and before that their rows are found.
    const mayStage = { organisationId, status: { $in: MAY_STAGE } };
    await imports.updateMany(mayStage, { $addToSet: { erasures: personId } }, { session });
    await people.deleteOne({ _id: personId }, { session });
    const now = new Date();
    const erasure: ErasureDoc = {
      ...{ _id: personId, organisationId, kind, requestedAt: now },
      sought: soughtOf([person]),
      ...{ rowIds: [], importIds: [], namedImportIds: [], namedBatchIds: [] },
      checkAt: new Date(now.getTime() + LEASE_MS),
    };
    await erasures.insertOne(erasure, { session });
    return { kind: 'begun', erasure };
  }

  /** The name of a team that would have no staff member without this one. */
  async function teamLeftEmpty(
    { _id, organisationId, kind, teamIds }: PersonDoc,
    session: ClientSession,
  ): Promise<string | undefined> {
    if (kind !== 'staff') return undefined;
    for (const teamId of teamIds) {
      if (!(await touchTeam({ clientTeams }, organisationId, teamId, session))) continue;
      const others = { organisationId, kind, teamIds: teamId, _id: { $ne: _id } };
      if (await people.findOne(others, { session, projection: { _id: 1 } })) continue;
      return (await clientTeams.findOne({ _id: teamId, organisationId }, { session }))?.name;
    }
    return undefined;
  }

  /** Nobody is told of imports at this address any more. A notice that is still to be sent forgets it within a day. */
  async function forgetNotified(organisationId: string, emails: string[]): Promise<void> {
    const notified = { 'notify.email': { $in: emails } };
    await collections.organisations.updateOne({ _id: organisationId, ...notified }, { $unset: { notify: '' } });
    await imports.updateMany({ organisationId, ...notified }, { $unset: { notify: '' } });
  }

  async function noteTraces(erasure: ErasureDoc): Promise<ErasureDoc> {
    const { _id } = erasure;
    if (erasure.sought) {
      await forgetNotified(erasure.organisationId, erasure.sought.emails);
      const { sought, rowIds, importIds, namedImportIds, namedBatchIds } = await findTraces(collections, erasure);
      return (await erasures.findOneAndUpdate(
        { _id },
        {
          $set: { sought },
          $addToSet: {
            rowIds: { $each: rowIds },
            importIds: { $each: importIds },
            namedImportIds: { $each: namedImportIds },
            namedBatchIds: { $each: namedBatchIds },
          },
        },
        { returnDocument: 'after' },
      ))!;
    }
    // A step that knew the person has staged rows since.
    const late = (await findOwnRows(collections, _id)).filter(({ erased }) => !erased);
    return (await erasures.findOneAndUpdate(
      { _id },
      {
        $addToSet: {
          rowIds: { $each: late.map((row) => row._id) },
          importIds: { $each: late.map(({ importId }) => importId) },
        },
      },
      { returnDocument: 'after' },
    ))!;
  }
}
