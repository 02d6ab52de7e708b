import { hostname } from 'node:os';
import { ACTIVITY_TASKS, taskQueuesOf, WORKFLOW_TASKS } from '../contract/task-queues';
import type { WorkerPart } from '../contract/task-queues';
import { loadConfig } from '../platform/config';
import type { TemporalConnection } from '../platform/temporal-connection';

const DEADLINE_MS = 5_000;

/**
 * The task queues of this part of the worker which nobody of `host` polls; none if it is healthy. The SDK names a worker by process id
 * and host, and each container is its own host.
 */
export async function unpolledQueues(
  { connection, namespace }: Pick<TemporalConnection, 'connection' | 'namespace'>,
  part: WorkerPart,
  taskQueue: string,
  host = hostname(),
): Promise<string[]> {
  const queues = taskQueuesOf(part, taskQueue);
  const polled = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    Promise.all(
      queues.map(async (name) => {
        const taskQueueType = name === taskQueue ? WORKFLOW_TASKS : ACTIVITY_TASKS;
        const question = { namespace, taskQueue: { name }, taskQueueType };
        const { pollers } = await connection.workflowService.describeTaskQueue(question);
        return pollers.some(({ identity }) => identity?.endsWith(`@${host}`));
      }),
    ),
  );
  return queues.filter((_, index) => !polled[index]);
}

/** The same by the settings of this process. */
export function unpolledOfSettings(temporal: TemporalConnection): Promise<string[]> {
  const config = loadConfig();
  return unpolledQueues(temporal, config.workerPart, config.temporal.taskQueue);
}
