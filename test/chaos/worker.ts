import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { loadConfig } from '../../platform/config';
import { createLogger } from '../../platform/logger';
import { openSecretBox } from '../../platform/secret-box';
import { temporalSettings } from '../../platform/temporal-connection';
import { openStore } from '../../store/index';
import { createWorkers } from '../../worker/create-workers';
import { createActivityDeps } from '../../worker/deps';
import { injectFaults } from './inject-faults';
import { createFaultCommands } from './fault-commands';

/**
 * The worker of the chaos tests: the parts of `worker/main.ts`, with workflows bundled beforehand, so that it restarts
 * quickly, and with fail points. `CHAOS_FENCE_MS` moves the fence, for the test that needs it gone.
 */
async function main(): Promise<void> {
  const { CHAOS_COMMANDS, CHAOS_WORKFLOW_BUNDLE, CHAOS_FENCE_MS } = process.env;
  const config = loadConfig();
  const log = createLogger('worker', config.logLevel);
  const { connectionOptions, namespace = 'default' } = temporalSettings();
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: ['SIGINT', 'SIGTERM'] });
  const [store, connection] = await Promise.all([
    openStore(config.mongo.uri, config.mongo.database, openSecretBox(config.secrets)),
    NativeConnection.connect(connectionOptions),
  ]);
  const deps = injectFaults(createActivityDeps(config, store), createFaultCommands(CHAOS_COMMANDS!));
  if (CHAOS_FENCE_MS) {
    deps.settings.fenceMs = Number(CHAOS_FENCE_MS);
    ignoreCancellations();
  }
  const { taskQueue } = config.temporal;
  const workers = await createWorkers(
    {
      connection,
      namespace,
      taskQueue,
      deadlineMs: config.invitations.deadlineMs,
      workflowBundle: { codePath: CHAOS_WORKFLOW_BUNDLE! },
    },
    deps,
  );
  const running = Promise.all(workers.map((worker) => worker.run()));
  log.info({ taskQueue }, 'worker is polling');
  await running;
  await Promise.allSettled([connection.close(), store.close()]);
}

/** A step that wakes up as cancelled begins no request for that reason alone, which would hide a missing fence. */
function ignoreCancellations(): void {
  const current = Context.current.bind(Context);
  Context.current = () => Object.assign(current(), { cancellationSignal: new AbortController().signal });
}

main().catch((error: unknown) => {
  process.stderr.write(`The worker failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
