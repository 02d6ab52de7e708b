import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Worker } from '@temporalio/worker';
import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import { createRegistry } from '../platform/metrics/registry';
import { serveMetrics } from '../platform/metrics/serve';
import { connectTogether, hostsOf, runProgram } from '../platform/run-program';
import { openSecretBox } from '../platform/secret-box';
import { checkTogether } from '../platform/settings/config-error';
import { temporalSettings } from '../platform/temporal-connection';
import { startTracing } from '../platform/tracing/start-tracing';
import { limitYoungObjectsOfThreads } from '../platform/worker-heap';
import { createSenders } from '../providers/index';
import { openStore } from '../store/index';
import type { Store } from '../store/index';
import { createWorkers } from './create-workers';
import { createActivityDeps } from './deps';
import { installationOf, keepReminderSchedule } from './reminder-schedule';
import { measureImports, measureSenders } from './measure';
import { freeAddress, installRuntime, readTemporalMetrics } from './runtime';
import { traceSenders } from './trace';
import { watchForRestores } from './watch-restores';
import { ensureWorkflowBundle } from './workflow-bundle';

/** Where the SDK looks without a setting. */
const DEFAULT_ADDRESS = 'localhost:7233';

/** Composition root of the worker. Runs until SIGTERM or SIGINT, lets running steps end, and exits. */
async function main(config: Config, log: Logger): Promise<void> {
  const [secrets, senders, temporalAt] = checkTogether(
    () => openSecretBox(config.secrets),
    () => createSenders(config),
    temporalSettings,
  );
  const { connectionOptions, namespace = 'default' } = temporalAt;
  const { address = DEFAULT_ADDRESS } = connectionOptions;
  const metricsAt = config.metrics && (await freeAddress());
  installRuntime(log, metricsAt);
  const tracing = startTracing(config, 'worker');
  const registry = createRegistry();
  limitYoungObjectsOfThreads();
  const { uri, database } = config.mongo;
  const [store, connection] = await connectTogether<[Store, NativeConnection]>(
    [{ what: 'MongoDB', setting: 'MONGODB_URI', at: hostsOf(uri) }, openStore(uri, database, secrets)],
    [{ what: 'Temporal', setting: 'TEMPORAL_ADDRESS', at: address }, NativeConnection.connect(connectionOptions)],
  );
  const codePath = await findBundle(log);
  const metrics =
    config.metrics && (await serveMetrics(registry, config.metrics, log, () => readTemporalMetrics(metricsAt!)));
  try {
    const { taskQueue } = config.temporal;
    // On the connection of the worker: with one of their own, each promise of this process would cost more (findings/).
    const temporal = new Client({ connection, namespace });
    const restores = await watchForRestores({ store, temporal, taskQueue }, log);
    const workers = await createWorkers(
      {
        ...{ connection, namespace, taskQueue, part: config.workerPart, deadlineMs: config.invitations.deadlineMs },
        workerVersion: config.workerVersion,
        observers: [measureImports(registry)],
        tracing,
        ...(codePath && { workflowBundle: { codePath } }),
      },
      createActivityDeps(config, store, {
        senders: measureSenders(tracing ? traceSenders(senders, tracing) : senders, registry),
      }),
    );
    const running = runTogether(workers, restores.behind);
    log.info(
      { taskQueue, part: config.workerPart, zoneData: process.versions.tz, ...config.workerVersion },
      'worker is polling',
    );
    const stopped = new AbortController();
    const scheduling = keepReminderSchedule(temporal, taskQueue, installationOf(config.mongo), log, stopped.signal);
    await running.finally(async () => {
      stopped.abort();
      await Promise.all([scheduling, restores.stop()]);
    });
    log.info('worker has stopped');
  } finally {
    await Promise.allSettled([connection.close(), store.close(), metrics?.close(), tracing?.stop()]);
  }
}

/** `undefined` where it cannot be written down, in a read-only installation that was never built: then this process bundles. */
async function findBundle(log: Logger): Promise<string | undefined> {
  try {
    return await ensureWorkflowBundle();
  } catch (error) {
    log.warn({ err: error }, 'the workflows are bundled by the worker itself, which costs 100 MB');
    return undefined;
  }
}

/** Runs all workers. If one fails, the others stop too: a process with only some would look healthy. So do all where `failure` rejects. */
async function runTogether(workers: Worker[], failure: Promise<never>): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  await Promise.race([Promise.all(runs), failure]).catch(async (error: unknown) => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.allSettled(runs);
    throw error;
  });
}

void runProgram('worker', main).then((code) => (process.exitCode = code));
