import type { ClientSession } from 'mongodb';
import { randomUUID } from 'node:crypto';
import type { Collections } from '../documents';
import { markToWake } from '../imports/outbox';
import { nextGeneration, RESUMED } from '../invitations/generations';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';

interface Readdressed {
  personIds: string[];
  /** An import whose own invitations stay as they are. */
  except?: string;
  createToken: () => string;
}

/**
 * Replaces the SMS that wait to be sent to these people, whose number changes in this transaction: a step that has made a message to the
 * former number finds nothing to claim, and the next one makes it anew. One that was claimed before stays.
 */
export async function renewPending(
  { imports, invitations }: Pick<Collections, 'imports' | 'invitations'>,
  { personIds, except, createToken }: Readdressed,
  session: ClientSession,
): Promise<void> {
  if (personIds.length === 0) return;
  const toThem = { personId: { $in: personIds }, channel: 'sms' as const, superseded: false };
  const among = { ...toThem, ...(except !== undefined && { importId: { $ne: except } }) };
  const pending = await invitations.find({ ...among, state: 'pending' }, { session }).toArray();
  if (pending.length === 0) return;
  await invitations.updateMany(
    transitionFilter('suppress', { _id: { $in: pending.map(({ _id }) => _id) } }),
    [{ $set: { superseded: true } }, ...transitionUpdate('suppress')],
    { session },
  );
  await invitations.insertMany(
    pending.map((old) => nextGeneration(old, `${RESUMED}${randomUUID()}`, createToken())),
    { session },
  );
  await markToWake({ imports }, [...new Set(pending.map(({ importId }) => importId))], { session });
}
