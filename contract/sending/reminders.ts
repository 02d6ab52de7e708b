/** Opens the due reminders of all organisations; the workflows of the imports send them. */
export const REMIND_WORKFLOW_TYPE = 'remindInvitations';

/** The schedule that starts it, one for the workers of a task queue. */
export const reminderScheduleId = (taskQueue: string): string => `client-import-reminders:${taskQueue}`;

/** How an organisation reminds people of invitations that they have not accepted. */
export interface ReminderSettings {
  /** Hours between two messages on one channel. */
  everyHours: number;
  /** The most reminders after the first message; 0 turns them off. */
  atMost: number;
}

export const LONGEST_REMINDER_HOURS = 720;
export const MOST_REMINDERS = 10;

/** The reasons not to remind of an invitation that was sent and not accepted. */
export const REMINDER_OBSTACLES = [
  /** The person is active already, by another channel or otherwise. */
  'joined',
  /** The person was removed or deactivated. */
  'withdrawn',
  'opted-out',
  'channel-off',
  /** Another import has invited the person since, and reminds of its own invitation. */
  'invited-again',
  'too-soon',
] as const;
export type ReminderObstacle = (typeof REMINDER_OBSTACLES)[number];
