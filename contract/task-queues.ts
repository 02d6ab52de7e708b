import { filesTaskQueue, firstFilesTaskQueue, invitationsTaskQueue } from './import';
import { webhooksTaskQueue } from './webhooks/webhooks';

/** What a process of the worker takes. */
export const WORKER_PARTS = ['all', 'imports', 'invitations'] as const;
export type WorkerPart = (typeof WORKER_PARTS)[number];

/** The task queues that a part polls, of an installation whose workflows have the queue `taskQueue`. That is the first, and holds workflows and steps; the others hold steps. */
export const taskQueuesOf = (part: WorkerPart, taskQueue: string): string[] => [
  ...(part === 'invitations'
    ? []
    : [taskQueue, filesTaskQueue(taskQueue), firstFilesTaskQueue(taskQueue), webhooksTaskQueue(taskQueue)]),
  ...(part === 'imports' ? [] : [invitationsTaskQueue(taskQueue)]),
];

/** The kinds of tasks of a queue, as Temporal's API numbers them (`temporal.api.enums.v1.TaskQueueType`). */
export const WORKFLOW_TASKS = 1;
export const ACTIVITY_TASKS = 2;
