import { Worker } from '@temporalio/worker';
import type {
  ActivityInterceptorsFactory,
  NativeConnection,
  WorkerDeploymentOptions,
  WorkerOptions,
  WorkflowBundleOption,
} from '@temporalio/worker';
import {
  createDatabaseActivities,
  createFileActivities,
  createFirstFileActivities,
  createProviderActivities,
  createWebhookActivities,
} from '../activities/index';
import type { ActivityDeps } from '../activities/deps';
import { filesTaskQueue, firstFilesTaskQueue, invitationsTaskQueue } from '../contract/import';
import { taskQueuesOf } from '../contract/task-queues';
import type { WorkerPart } from '../contract/task-queues';
import { webhooksTaskQueue } from '../contract/webhooks/webhooks';
import { version } from '../package.json';
import type { Config } from '../platform/config';
import type { Tracing } from '../platform/tracing/tracing';
import { scrubFailures } from './scrub-failures';
import { traceRuns, traceSteps } from './trace';
import { WORKFLOW_SOURCES } from './workflow-bundle';

interface WorkerSettings {
  part?: WorkerPart;
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** Total time of one request to a provider, in milliseconds. */
  deadlineMs: number;
  /** Absent where nothing is traced. */
  tracing?: Tracing | undefined;
  /** What measures the steps. */
  observers?: ActivityInterceptorsFactory[];
  /** Default: the workflows are bundled at start. */
  workflowBundle?: WorkflowBundleOption;
  /** Without it any worker takes any import. */
  workerVersion?: Config['workerVersion'];
  /** Imports that are known without their histories; 250 by default. With none, each step is asked of any worker. */
  cachedWorkflows?: number;
}

/** Time for running activities to end after a request to stop. Then they are cancelled. */
const SHUTDOWN_GRACE_MS = 1_000;
/** Time for a cancelled activity to record its requests, after their deadline. */
const RECORD_MS = 2_000;
const HEARTBEAT_MS = 1_000;
/**
 * Imports that a process knows without their histories: more than one organisation uploads at a time. By default it is as many as the limit
 * of the heap suggests, which for ours is 89. One that is not known is read and run again from its beginning when its first step has ended.
 */
const CACHED_WORKFLOWS = 250;

/**
 * As a version of a deployment, a worker takes only what belongs to it: an import is pinned to the build on which it began, and so are
 * its steps on all task queues. Without, the version is but a name in the histories.
 */
const deploymentOf = (workerVersion: Config['workerVersion']): WorkerDeploymentOptions =>
  workerVersion
    ? { version: workerVersion, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' }
    : // By default a long hash of the workflows' code, which is in four events of each history and tells people nothing.
      { version: { deploymentName: 'client-import', buildId: version }, useWorkerVersioning: false };

/** The workers of a process: for workflows and database steps, for whole files, for what is left to send of them, for webhooks. */
export async function createWorkers(settings: WorkerSettings, deps: ActivityDeps): Promise<Worker[]> {
  const {
    connection,
    namespace,
    taskQueue,
    deadlineMs,
    workflowBundle,
    part = 'all',
    observers = [],
    tracing,
  } = settings;
  const { workerVersion } = settings;
  const common = {
    connection,
    namespace,
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
    shutdownForceTime: SHUTDOWN_GRACE_MS + deadlineMs + RECORD_MS,
    // An activity learns of its cancellation from the answer to a heartbeat, so it may be this late.
    maxHeartbeatThrottleInterval: HEARTBEAT_MS,
    defaultHeartbeatThrottleInterval: HEARTBEAT_MS,
    interceptors: { activity: [...(tracing ? [traceSteps(tracing)] : []), ...observers, scrubFailures] },
    workerDeploymentOptions: deploymentOf(workerVersion),
  };
  const ofQueue: Record<string, WorkerOptions> = {
    [taskQueue]: {
      ...common,
      taskQueue,
      ...(workflowBundle
        ? { workflowBundle }
        : {
            workflowsPath: WORKFLOW_SOURCES.workflowsPath,
            interceptors: { ...common.interceptors, workflowModules: WORKFLOW_SOURCES.workflowInterceptorModules },
          }),
      sinks: traceRuns(tracing),
      activities: createDatabaseActivities(deps),
      maxConcurrentActivityTaskExecutions: 20,
      // One thread runs them anyway. What waits here has left the queue in which organisations have fair shares.
      maxConcurrentWorkflowTaskExecutions: 4,
      maxConcurrentWorkflowTaskPolls: 4,
      maxCachedWorkflows: settings.cachedWorkflows ?? CACHED_WORKFLOWS,
    },
    // Each file keeps a processor busy, and the fewer run at once, the sooner each ends.
    [filesTaskQueue(taskQueue)]: {
      ...common,
      taskQueue: filesTaskQueue(taskQueue),
      activities: createFileActivities(deps),
      maxConcurrentActivityTaskExecutions: 2,
    },
    [firstFilesTaskQueue(taskQueue)]: {
      ...common,
      taskQueue: firstFilesTaskQueue(taskQueue),
      activities: createFirstFileActivities(deps),
      maxConcurrentActivityTaskExecutions: 2,
    },
    [invitationsTaskQueue(taskQueue)]: {
      ...common,
      taskQueue: invitationsTaskQueue(taskQueue),
      activities: createProviderActivities(deps),
      // Each keeps dozens of requests in flight.
      maxConcurrentActivityTaskExecutions: 20,
    },
    [webhooksTaskQueue(taskQueue)]: {
      ...common,
      taskQueue: webhooksTaskQueue(taskQueue),
      activities: createWebhookActivities(deps),
      // Each is one request of 15 s at most.
      maxConcurrentActivityTaskExecutions: 50,
    },
  };
  return Promise.all(taskQueuesOf(part, taskQueue).map((queue) => Worker.create(ofQueue[queue]!)));
}
