import { randomUUID } from 'node:crypto';
import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { REMINDER_OBSTACLES } from '../../contract/reminders';
import type { ReminderObstacle } from '../../contract/reminders';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { RemindResult } from '../../store/invitations/reminders';
import { HttpProblem } from '../http/http-problem';
import { tellStirred } from '../temporal/tell-stirred';
import type { TellDeps } from '../temporal/tell-stirred';

export interface RemindDeps extends TellDeps {
  store: Pick<Store, 'reminders' | 'imports'> & TellDeps['store'];
}

/** Each after a number of invitations. */
const REASONS: Record<ReminderObstacle, string> = {
  joined: 'to people who are active already',
  withdrawn: 'to people who were removed or deactivated',
  'opted-out': 'to people who have asked for no more messages',
  'channel-off': 'on a channel that is switched off in the settings of the organisation',
  'invited-again': 'that another import has taken the place of; ask for it there',
  'too-soon': 'sent less than an hour ago; wait a while',
};

/**
 * Sends invitations once more that were sent and not accepted, each with a new link. They are open once this returns; where
 * the import cannot be told of them now, the sweep does it.
 */
export async function remind(
  deps: RemindDeps,
  importDoc: ImportDoc,
  { rows, channels }: { rows?: number[] | undefined; channels?: Channel[] | undefined },
): Promise<Record<Channel, number>> {
  const selection = { ...(rows && { rows }), ...(channels && { channels }) };
  const { store } = deps;
  const resent = await store.reminders.remind({
    importId: importDoc._id,
    remindId: `resend:${randomUUID()}`,
    ...selection,
  });
  if (resent.opened.length === 0) throw new HttpProblem(409, 'nothing-to-resend', whyNone(resent));
  const stirred = await store.imports.find(importDoc._id);
  if (stirred) await tellStirred(deps, stirred);
  const [email, sms] = CHANNELS.map((channel) => resent.opened.filter((one) => one.channel === channel).length);
  return { email: email!, sms: sms! };
}

function whyNone({ isPaused: isHeld, obstacles }: RemindResult): string {
  if (isHeld) {
    return 'This import is paused, or was cancelled or given up: nothing of it is sent again. Resume it first if it is paused.';
  }
  const reasons = REMINDER_OBSTACLES.flatMap((obstacle) => {
    const count = obstacles[obstacle];
    return count === undefined ? [] : [`${count} ${REASONS[obstacle]}`];
  });
  return reasons.length === 0
    ? 'None of these invitations was sent and is still open: there is nothing to send again. Failed ones are sent again by a retry.'
    : `There is nothing to send again: of the invitations that are still open, ${reasons.join('; ')}.`;
}
