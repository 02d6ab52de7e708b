import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { Worker } from '@temporalio/worker';
import { loadConfig } from '../platform/config';
import type { Config } from '../platform/config';
import { createLogger } from '../platform/logger';
import type { Logger } from '../platform/logger';
import { openSecretBox } from '../platform/secret-box';
import { temporalSettings } from '../platform/temporal-connection';
import { openStore } from '../store/index';
import { createWorkers } from './create-workers';
import { createActivityDeps } from './deps';
import { installationOf, keepReminderSchedule } from './reminder-schedule';
import { ensureWorkflowBundle } from './workflow-bundle';

/** Composition root of the worker. Runs until SIGTERM or SIGINT, lets running steps end, and exits. */
async function main(config: Config, log: Logger): Promise<void> {
  const { connectionOptions, namespace = 'default' } = temporalSettings();
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (level === 'ERROR') log.error(meta, message);
      else log.warn(meta, message);
    }),
    shutdownSignals: ['SIGINT', 'SIGTERM'],
  });
  const [store, connection, codePath] = await Promise.all([
    openStore(config.mongo.uri, config.mongo.database, openSecretBox(config.secrets)),
    NativeConnection.connect(connectionOptions),
    findBundle(log),
  ]);
  try {
    const { taskQueue } = config.temporal;
    const workers = await createWorkers(
      {
        ...{ connection, namespace, taskQueue, deadlineMs: config.invitations.deadlineMs },
        ...(codePath && { workflowBundle: { codePath } }),
      },
      createActivityDeps(config, store),
    );
    const running = runTogether(workers);
    log.info({ taskQueue }, 'worker is polling');
    const stopped = new AbortController();
    const scheduling = keepReminderSchedule(taskQueue, installationOf(config.mongo), log, stopped.signal);
    await running.finally(async () => {
      stopped.abort();
      await scheduling;
    });
    log.info('worker has stopped');
  } finally {
    await Promise.allSettled([connection.close(), store.close()]);
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

/** Runs both workers. If one fails, the other stops too: a process with only one would look healthy. */
async function runTogether(workers: Worker[]): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  await Promise.all(runs).catch(async (error: unknown) => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.allSettled(runs);
    throw error;
  });
}

const config = loadConfig();
const log = createLogger('worker', config.logLevel);
main(config, log).catch((error: unknown) => {
  log.fatal({ err: error }, 'worker failed');
  process.exitCode = 1;
});
