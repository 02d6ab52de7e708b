import type { Channel, InvitationState } from '../../contract/invitation';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';

/** One generation of an invitation. */
export interface Generation {
  _id: string;
  importId: string;
  row: number;
  channel: Channel;
  generation: number;
  superseded: boolean;
  state: InvitationState;
  trail: readonly { state: InvitationState; at: Date }[];
  createdAt: Date;
  /** When the person's address was changed after it was sent. */
  readdressedAt?: Date;
}

/**
 * The ids of the pending retries among these generations that must not be sent, since a message that had failed was
 * delivered after all. Reminders, and messages to a new address, are sent none the less.
 */
export function needlessRetries(generations: readonly Generation[]): string[] {
  return generations.filter((retry) => isPendingRetry(retry, generations)).map(({ _id }) => _id);
}

function isPendingRetry(retry: Generation, all: readonly Generation[]): boolean {
  if (retry.superseded || retry.state !== 'pending') return false;
  const before = all.filter((other) => isSameInvitation(other, retry) && other.generation < retry.generation);
  const predecessor = before.find(({ generation }) => generation === retry.generation - 1);
  if (!predecessor || !wasRetried(predecessor, retry)) return false;
  return before.some((other) => {
    const next = all.find((one) => isSameInvitation(one, other) && one.generation === other.generation + 1);
    return other.state === 'delivered' && !other.readdressedAt && next !== undefined && wasRetried(other, next);
  });
}

const isSameInvitation = (one: Generation, other: Generation): boolean =>
  one.importId === other.importId && one.row === other.row && one.channel === other.channel;

/** A retry replaces what has failed or is in doubt, a reminder what was sent. */
function wasRetried(old: Generation, next: Generation): boolean {
  const stateThen = old.trail.findLast(({ at }) => at <= next.createdAt)?.state;
  return stateThen !== undefined && NEEDS_ATTENTION_STATES.includes(stateThen);
}
