import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { REMIND_WORKFLOW_TYPE, reminderScheduleId } from '../contract/sending/reminders';
import type { Logger } from '../platform/logger';

/** The longest delay of a reminder; the shortest interval between two is an hour. */
const EVERY_MS = 15 * 60_000;
/** After a longer outage, one run opens all reminders that are due. */
const CATCH_UP_MS = 60 * 60_000;
const RETRY_MS = 30_000;
/** A worker that stops waits no longer for a server that does not answer. */
const DEADLINE_MS = 10_000;

/** What the workers of one installation have in common, whatever their task queue: where their data is. Without credentials. */
export const installationOf = ({ uri, database }: { uri: string; database: string }): string =>
  createHash('sha256')
    .update(`${uri.replace(/\/\/[^@/]*@/, '//')} ${database}`)
    .digest('hex')
    .slice(0, 16);

const scheduleOf = (taskQueue: string, installation: string) => ({
  spec: { intervals: [{ every: EVERY_MS }] },
  policies: { overlap: 'SKIP', catchupWindow: CATCH_UP_MS } as const,
  action: {
    type: 'startWorkflow' as const,
    workflowType: REMIND_WORKFLOW_TYPE,
    workflowId: reminderScheduleId(taskQueue),
    taskQueue,
    args: [],
    memo: { installation },
    staticSummary: 'Reminders of invitations that were not accepted',
  },
});

/**
 * Creates or updates the schedule, and removes one that the installation has left behind on another task queue, where nobody would
 * carry it out. What staff have paused stays paused.
 */
export async function ensureReminderSchedule(
  client: Client,
  taskQueue: string,
  installation: string,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const { schedule } = client;
  const leftovers = await findLeftovers(client, taskQueue, installation, log);
  const scheduleId = reminderScheduleId(taskQueue);
  const { spec, policies, action } = scheduleOf(taskQueue, installation);
  const paused = leftovers.some((leftover) => leftover.paused);
  try {
    await schedule.create({ scheduleId, spec, policies, action, ...(paused && { state: { paused } }) });
  } catch (error) {
    // Created by another worker, or by an earlier start.
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(scheduleId).update(({ state }) => ({ spec, policies, action, state }));
  }
  for (const leftover of leftovers) await unlessGone(schedule.getHandle(leftover.scheduleId).delete());
}

/** The schedules of this installation for other task queues. One of an earlier build does not say whose it is. */
async function findLeftovers(
  { schedule }: Client,
  taskQueue: string,
  installation: string,
  log: Pick<Logger, 'warn'>,
): Promise<{ scheduleId: string; paused: boolean }[]> {
  const leftovers = [];
  for await (const { scheduleId } of schedule.list()) {
    if (!scheduleId.startsWith(reminderScheduleId('')) || scheduleId === reminderScheduleId(taskQueue)) continue;
    const found = await unlessGone(schedule.getHandle(scheduleId).describe());
    if (!found) continue;
    const owner = found.action.memo?.installation;
    if (owner === installation) leftovers.push({ scheduleId, paused: found.state.paused });
    if (owner === undefined)
      log.warn(
        { scheduleId },
        'a schedule of reminders may be left over: delete it if its task queue is no longer used',
      );
  }
  return leftovers;
}

/** Another worker that starts at the same time may have removed it. */
const unlessGone = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  });

/** Ensures the schedule in the background, with retries, since invitations can be sent without it. */
export async function keepReminderSchedule(
  temporal: Client,
  taskQueue: string,
  installation: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const ensure = (): Promise<void> => ensureReminderSchedule(temporal, taskQueue, installation, log);
  while (!signal.aborted) {
    try {
      return await temporal.withDeadline(Date.now() + DEADLINE_MS, ensure);
    } catch (error) {
      log.warn({ error }, 'the reminder schedule could not be created yet');
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
