import { randomUUID } from 'node:crypto';
import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { REMINDER_OBSTACLES } from '../../contract/reminders';
import type { ReminderObstacle } from '../../contract/reminders';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { RemindResult } from '../../store/invitations/reminders';
import { HttpProblem } from '../http/http-problem';
import type { Outbox } from '../temporal/outbox';

export interface RemindDeps {
  store: Pick<Store, 'reminders'>;
  outbox: Outbox;
}

/** Each after a number of invitations. */
const REASONS: Record<ReminderObstacle, string> = {
  joined: 'to people who are active already',
  withdrawn: 'to people who were removed or deactivated',
  'opted-out': 'to people who have asked for no more messages',
  'channel-off': 'on a channel that is switched off in the settings of the organisation',
  'invited-again': 'that another import has replaced; remind the people from there',
  'too-soon': 'sent less than an hour ago; wait a while',
};

/**
 * Reminds of invitations that were sent and not accepted, each with a new link. The reminders are open once this returns; the
 * workflow hears of them by the outbox.
 */
export async function remind(
  { store, outbox }: RemindDeps,
  importDoc: ImportDoc,
  { rows, channels }: { rows?: number[] | undefined; channels?: Channel[] | undefined },
): Promise<Record<Channel, number>> {
  const selection = { ...(rows && { rows }), ...(channels && { channels }) };
  const result = await store.reminders.remind({
    importId: importDoc._id,
    remindId: `remind:${randomUUID()}`,
    ...selection,
  });
  if (result.opened.length === 0) throw new HttpProblem(409, 'nothing-to-remind', whyNone(result));
  outbox.poke();
  const [email, sms] = CHANNELS.map((channel) => result.opened.filter((one) => one.channel === channel).length);
  return { email: email!, sms: sms! };
}

function whyNone({ isPaused, obstacles }: RemindResult): string {
  if (isPaused) {
    return 'This import is paused, cancelled or failed, so it sends no reminders. If it is paused, resume it first.';
  }
  const reasons = REMINDER_OBSTACLES.flatMap((obstacle) => {
    const count = obstacles[obstacle];
    return count === undefined ? [] : [`${count} ${REASONS[obstacle]}`];
  });
  return reasons.length === 0
    ? 'None of these invitations was sent and is still open: there is nobody to remind. A retry sends failed invitations again.'
    : `There is nobody to remind. Of the invitations that are still open: ${reasons.join('; ')}.`;
}
