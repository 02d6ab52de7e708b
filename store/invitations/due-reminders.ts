import type { Filter } from 'mongodb';
import type { InvitationState } from '../../contract/invitation';
import type { InvitationDoc, OrganisationDoc } from '../documents';
import { DEFAULT_SETTINGS } from '../organisation-settings';

export const HOUR_MS = 3_600_000;

/** Of a message that may be followed by a reminder. */
export const NOT_ACCEPTED: InvitationState[] = ['sent', 'delivered'];

/** Filters the invitations with a due reminder. */
export function dueIn(organisation: OrganisationDoc, now: Date): Filter<InvitationDoc> {
  const { reminders, channels } = { ...DEFAULT_SETTINGS, ...organisation };
  const before = new Date(now.getTime() - reminders.everyHours * HOUR_MS);
  return {
    organisationId: organisation._id,
    channel: { $in: channels },
    reminders: { $in: Array.from({ length: reminders.atMost }, (_, sent) => sent || null) } as never,
    changedAt: { $lte: before },
    reminderSkippedAt: { $not: { $gt: before } },
    superseded: false,
    state: { $in: NOT_ACCEPTED },
  };
}
