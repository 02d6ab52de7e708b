import type { ClientSession, Filter } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { DEACTIVATED_CODE } from '../../contract/invitation';
import type { Collections, InvitationDoc, PersonDoc } from '../documents';
import { markToWake, WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';
import { nextGeneration, replaceInvitations, RESUMED, withoutNewer } from '../invitations/generations';
import { leaveToNextStep } from '../invitations/first-sends';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';

type Parts = Pick<Collections, 'imports' | 'people' | 'invitations'>;

/** Messages that are not sent since their person is deactivated, and go on once they are active again. */
export function createWithdrawals(
  { imports, people, invitations }: Parts,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /**
     * Suppresses those of these pending invitations of an import whose people are deactivated. One that was taken back since they were
     * read leaves its invitations pending: of two transactions that write the same person, the later one sees what the other has done.
     */
    async suppress(importId: string, ids: string[]): Promise<void> {
      await transaction(async (session) => {
        const among = { _id: { $in: ids }, importId, superseded: false };
        const personIds = await invitations.distinct('personId', among, { session });
        const deactivated = { _id: { $in: personIds }, deactivatedAt: { $exists: true } };
        await people.updateMany(deactivated, { $inc: { invitationRevision: 1 } }, { session });
        const withdrawn = await people.distinct('_id', deactivated, { session });
        await suppressPending({ invitations }, { ...among, personId: { $in: withdrawn } }, session);
      });
    },

    /**
     * Makes a client active again, unless they are: the links of sent messages work again, and who had joined has joined. What the
     * withdrawal has stopped is opened again in its own import, whose schedule and first channel then decide when it is sent; an
     * import that was cancelled or undone, or has failed, opens nothing. Idempotent, also for concurrent calls. Returns how many messages
     * were opened.
     */
    async takeBack(organisationId: string, id: string): Promise<number> {
      let opened = 0;
      await transaction(async (session) => {
        opened = 0;
        const person = await people.findOneAndUpdate({ _id: id, organisationId, kind: 'client' }, ACTIVE_AGAIN, {
          session,
          returnDocument: 'after',
        });
        if (person && !person.active) opened = await open(person, session);
      });
      return opened;
    },
  };

  async function open({ _id: personId }: PersonDoc, session: ClientSession): Promise<number> {
    const stopped = await invitations
      .find({ personId, superseded: false, state: 'suppressed', code: DEACTIVATED_CODE }, { session })
      .sort({ createdAt: 1 })
      .toArray();
    const newest = new Map(stopped.map((invitation) => [invitation.channel, invitation]));
    let opened = 0;
    for (const one of await withoutNewer({ invitations }, [...newest.values()], session)) {
      if (!(await transition({ imports }, one.importId, 'goOn', { where: NOT_CANCELLED, compute: WAKE_NOW, session })))
        continue;
      const successorOf = (old: InvitationDoc): InvitationDoc =>
        nextGeneration(old, `${RESUMED}${randomUUID()}`, createToken());
      await replaceInvitations({ invitations }, [one], successorOf, session);
      opened++;
    }
    return opened;
  }
}
export type Withdrawals = ReturnType<typeof createWithdrawals>;

const NOT_CANCELLED = { 'pausedBy.staff.cancels': { $exists: false } };

/** Whoever had joined is active. Counts, so that a step which stops their messages at this moment conflicts. */
export const ACTIVE_AGAIN = [
  {
    $set: {
      active: { $cond: [{ $gt: ['$deactivatedAt', null] }, { $gt: ['$activeSince', null] }, '$active'] },
      invitationRevision: { $add: [{ $ifNull: ['$invitationRevision', 0] }, 1] },
      changedAt: { $cond: [{ $gt: ['$deactivatedAt', null] }, '$$NOW', '$changedAt'] },
    },
  },
  { $unset: 'deactivatedAt' },
];

/** Deactivates the person whom the filter finds, unless they are, and suppresses the unsent invitations to them, also those that are not stored. */
export async function withdraw(
  parts: Parts & Pick<Collections, 'rows' | 'firstSends'>,
  transaction: Mongo['transaction'],
  person: Filter<PersonDoc> & Pick<PersonDoc, '_id'>,
): Promise<void> {
  const { imports, people, invitations } = parts;
  await transaction(async (session) => {
    const { matchedCount } = await people.updateOne(
      { ...person, deactivatedAt: { $exists: false } },
      { $set: { active: false }, $currentDate: { deactivatedAt: true, changedAt: true } },
      { session },
    );
    if (matchedCount === 0) return;
    const importIds = await invitations.distinct('importId', transitionFilter('suppress', { personId: person._id }), {
      session,
    });
    await suppressPending({ invitations }, { personId: person._id }, session);
    await markToWake({ imports }, importIds, { session });
  });
  await leaveToNextStep(parts, [person._id]);
}

async function suppressPending(
  { invitations }: Pick<Parts, 'invitations'>,
  among: Filter<InvitationDoc>,
  session: ClientSession,
): Promise<void> {
  const suppressed = transitionUpdate('suppress', { code: DEACTIVATED_CODE });
  await invitations.updateMany(transitionFilter('suppress', among), suppressed, { session });
}
