import { Client, ScheduleAlreadyRunning } from '@temporalio/client';
import { setTimeout as pause } from 'node:timers/promises';
import { REMIND_WORKFLOW_TYPE, reminderScheduleId } from '../contract/reminders';
import type { Logger } from '../platform/logger';
import { connectLazily } from '../platform/temporal-connection';

/** How late a reminder can be; far less than the hour that is the least between two of them. */
const EVERY_MS = 15 * 60_000;
/** After a longer outage it goes on with the present: what was due meanwhile is due still. */
const CATCH_UP_MS = 60 * 60_000;
const TRY_AGAIN_MS = 30_000;

/** What the schedule of a task queue is to be. A new version of the product may have another. */
const wanted = (taskQueue: string) => ({
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

/** Sees to it that the schedule is there as it should be. Whether somebody has paused it is left as it is. */
export async function ensureReminderSchedule({ schedule }: Client, taskQueue: string): Promise<void> {
  const scheduleId = reminderScheduleId(taskQueue);
  const { spec, policies, action } = wanted(taskQueue);
  try {
    await schedule.create({ scheduleId, spec, policies, action });
  } catch (error) {
    // Another worker, or this one when it was last started.
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(scheduleId).update(({ state }) => ({ spec, policies, action, state }));
  }
}

/** Does so for a worker that has just been started, for as long as it takes: invitations can be sent without it. */
export async function keepReminderSchedule(taskQueue: string, log: Logger, signal: AbortSignal): Promise<void> {
  const { connection, namespace } = connectLazily();
  try {
    while (!signal.aborted) {
      try {
        return await ensureReminderSchedule(new Client({ connection, namespace }), taskQueue);
      } catch (error) {
        log.warn({ error: String(error) }, 'the schedule of the reminders could not be set up yet');
        await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await connection.close().catch(() => undefined);
  }
}
