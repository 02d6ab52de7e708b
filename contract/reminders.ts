/** Opens the reminders that are due, in all organisations; the workflows of the imports send them. */
export const REMIND_WORKFLOW_TYPE = 'remindInvitations';

/** The schedule that starts it, one for the workers of a task queue. */
export const reminderScheduleId = (taskQueue: string): string => `client-import-reminders:${taskQueue}`;

/** How an organisation reminds people of invitations that they have not accepted. */
export interface ReminderSettings {
  /** From one message to the next, on one channel. */
  everyHours: number;
  /** How many reminders follow the first message; with 0 there are none. */
  atMost: number;
}

export const LONGEST_REMINDER_HOURS = 720;
export const MOST_REMINDERS = 10;

/** Why no reminder is sent of an invitation that was sent and not accepted. */
export const REMINDER_OBSTACLES = [
  /** The person is active already, by another channel or otherwise. */
  'joined',
  /** The person was removed or deactivated. */
  'withdrawn',
  'opted-out',
  'channel-off',
  /** Another import has invited the person since: its invitation is the one to be reminded of. */
  'invited-again',
  'too-soon',
] as const;
export type ReminderObstacle = (typeof REMINDER_OBSTACLES)[number];
