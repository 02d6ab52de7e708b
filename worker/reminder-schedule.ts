import { Client, ScheduleAlreadyRunning } from '@temporalio/client';
import { setTimeout as pause } from 'node:timers/promises';
import { REMIND_WORKFLOW_TYPE, reminderScheduleId } from '../contract/reminders';
import type { Logger } from '../platform/logger';
import { connectLazily } from '../platform/temporal-connection';

/** The longest delay of a reminder; the shortest interval between two is an hour. */
const EVERY_MS = 15 * 60_000;
/** After a longer outage, one run opens all reminders that are due. */
const CATCH_UP_MS = 60 * 60_000;
const RETRY_MS = 30_000;

const scheduleOf = (taskQueue: string) => ({
  spec: { intervals: [{ every: EVERY_MS }] },
  policies: { overlap: 'SKIP', catchupWindow: CATCH_UP_MS } as const,
  action: {
    type: 'startWorkflow' as const,
    workflowType: REMIND_WORKFLOW_TYPE,
    workflowId: reminderScheduleId(taskQueue),
    taskQueue,
    args: [],
    staticSummary: 'Reminders of invitations that were not accepted',
  },
});

/** Creates or updates the schedule. A schedule that staff have paused stays paused. */
export async function ensureReminderSchedule({ schedule }: Client, taskQueue: string): Promise<void> {
  const scheduleId = reminderScheduleId(taskQueue);
  const { spec, policies, action } = scheduleOf(taskQueue);
  try {
    await schedule.create({ scheduleId, spec, policies, action });
  } catch (error) {
    // Created by another worker, or by an earlier start.
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(scheduleId).update(({ state }) => ({ spec, policies, action, state }));
  }
}

/** Ensures the schedule in the background, with retries, since invitations can be sent without it. */
export async function keepReminderSchedule(taskQueue: string, log: Logger, signal: AbortSignal): Promise<void> {
  const { connection, namespace, close } = connectLazily();
  try {
    while (!signal.aborted) {
      try {
        return await ensureReminderSchedule(new Client({ connection, namespace }), taskQueue);
      } catch (error) {
        log.warn({ error }, 'the reminder schedule could not be created yet');
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await close().catch(() => undefined);
  }
}
