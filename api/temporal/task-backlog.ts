import { ACTIVITY_TASKS, taskQueuesOf, WORKFLOW_TASKS } from '../../contract/task-queues';
import type { TemporalConnection } from '../../platform/temporal-connection';

const DEADLINE_MS = 2_000;

/** How long the first task on each task queue has waited for a worker, in seconds; 0 where none waits. Throws if Temporal does not tell. */
export type ReadTaskBacklog = () => Promise<ReadonlyMap<string, number>>;

/**
 * Asks Temporal for the task queues of an installation whose workflows have the queue `taskQueue`. The answer counts the tasks of all
 * versions of a worker deployment (server 1.32.0), also of those that no worker of any version takes.
 */
export function createTaskBacklog(
  { connection, namespace }: Pick<TemporalConnection, 'connection' | 'namespace'>,
  taskQueue: string,
): ReadTaskBacklog {
  const secondsOf = async (name: string, taskQueueType: number): Promise<number> => {
    const question = { namespace, taskQueue: { name }, taskQueueType, reportStats: true };
    const { stats } = await connection.workflowService.describeTaskQueue(question);
    const { seconds, nanos } = stats?.approximateBacklogAge ?? {};
    return Number(seconds ?? 0) + (nanos ?? 0) / 1e9;
  };
  const longest = async (name: string): Promise<[string, number]> => {
    const types = name === taskQueue ? [WORKFLOW_TASKS, ACTIVITY_TASKS] : [ACTIVITY_TASKS];
    return [name, Math.max(...(await Promise.all(types.map((type) => secondsOf(name, type)))))];
  };
  return async () =>
    new Map(
      await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
        Promise.all(taskQueuesOf('all', taskQueue).map(longest)),
      ),
    );
}
