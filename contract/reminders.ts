/** Looks through all organisations for invitations to be repeated, and has their imports send them. */
export const REMIND_WORKFLOW_TYPE = 'remindInvitations';

/** Of the schedule that starts it. The workers of one task queue share one; another installation has its own. */
export const reminderScheduleId = (taskQueue: string): string => `client-import-reminders:${taskQueue}`;

/** How an organisation has invitations repeated that nobody has accepted. */
export interface ReminderSettings {
  /** From one message to the next, on one channel. */
  everyHours: number;
  /** How many reminders follow the first message; with 0 there are none. */
  atMost: number;
}

export const LONGEST_REMINDER_HOURS = 720;
export const MOST_REMINDERS = 10;

/** An import with invitations to be repeated, with what it takes to start its workflow: no personal data. */
export interface ImportToRemind {
  importId: string;
  organisationId: string;
  /** As in ISO 8601. */
  createdAt: string;
}

/** An import whose workflow is to be told that something has changed outside of it, by that moment. */
export interface StirredImport {
  importId: string;
  stirredAt: string;
}

/** What keeps an invitation that was sent and not accepted from being sent again. */
export const REMINDER_OBSTACLES = [
  /** The person is active already, by another channel or otherwise. */
  'joined',
  /** The person was removed or deactivated. */
  'withdrawn',
  'opted-out',
  'channel-off',
  /** Another import has invited the person since: that one is repeated instead. */
  'invited-again',
  'too-soon',
] as const;
export type ReminderObstacle = (typeof REMINDER_OBSTACLES)[number];
