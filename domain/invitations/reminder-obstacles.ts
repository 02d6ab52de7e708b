import type { Channel } from '../../contract/invitation';
import type { ReminderObstacle } from '../../contract/sending/reminders';

interface SentInvitation {
  channel: Channel;
  /** When it was sent, or reported as delivered. */
  changedAt: Date;
  /** `undefined` for a removed person. */
  person: { active: boolean; deactivatedAt?: Date; optedOut?: readonly Channel[] } | undefined;
  /** Whether another import has invited the person on the same channel since. */
  invitedAgain: boolean;
}

/** The reason not to remind of this invitation; `undefined` without one. */
export function reminderObstacle(
  { channel, changedAt, person, invitedAgain }: SentInvitation,
  { channels, sentBefore }: { channels: readonly Channel[]; sentBefore: Date },
): ReminderObstacle | undefined {
  if (!person || person.deactivatedAt) return 'withdrawn';
  if (person.active) return 'joined';
  if (person.optedOut?.includes(channel)) return 'opted-out';
  if (!channels.includes(channel)) return 'channel-off';
  if (invitedAgain) return 'invited-again';
  return changedAt > sentBefore ? 'too-soon' : undefined;
}
