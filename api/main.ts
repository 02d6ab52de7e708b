import { Client } from '@temporalio/client';
import { once } from 'node:events';
import { buildPlan } from '../activities/planning/build-plan';
import { readFile } from '../activities/planning/read-upload';
import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import { createRegistry } from '../platform/metrics/registry';
import { serveMetrics } from '../platform/metrics/serve';
import { connectTogether, hostsOf, runProgram } from '../platform/run-program';
import { openSecretBox } from '../platform/secret-box';
import { checkTogether } from '../platform/settings/config-error';
import { connectLazily } from '../platform/temporal-connection';
import { startTracing } from '../platform/tracing/start-tracing';
import { createProviderRecords, createTestSender } from '../providers/index';
import { createTemplateLookUp } from '../providers/template-look-up';
import { createWebhookReaders } from '../providers/webhooks';
import { openStore } from '../store/index';
import type { Store } from '../store/index';
import { createApp } from './app';
import { prepareDrain } from './server/drain';
import { createApiServer } from './server/server';
import { startKeepingAuditLog } from './audit-log/keep-audit-log';
import { startRecordingInterventions } from './audit-log/record-interventions';
import { peopleOf } from './sign-in/people-of-provider';
import { createApiMetrics } from './metrics/api-metrics';
import { startErasing, startExpiring } from './erasure/keep-personal-data';
import { createCommandTraces } from './temporal/command-traces';
import { createImportService } from './temporal/import-service';
import { createInterventions } from './temporal/interventions';
import { startOutbox } from './temporal/outbox';
import { createTaskBacklog } from './temporal/task-backlog';
import { traceStarts } from './temporal/trace-starts';
import { startRemovingOrphans } from './uploads/remove-orphans';

const HEALTH_DEADLINE_MS = 2_000;
/** Grace period of open requests at shutdown, in milliseconds. */
const DRAIN_MS = 3_000;

/** Composition root of the API. It serves until SIGTERM or SIGINT. */
async function main(config: Config, log: Logger): Promise<void> {
  const [secrets, webhooks, temporal] = checkTogether(
    () => openSecretBox(config.secrets),
    () => createWebhookReaders(config),
    () => connectLazily(),
  );
  // Not a reason to refuse the start: all else works, and an installation without webhooks needs no key.
  if (!secrets.canSeal) log.warn('SECRETS_KEY is not set: organisations can register no webhook endpoint');
  const { uri, database } = config.mongo;
  const [store] = await connectTogether<[Store]>([
    { what: 'MongoDB', setting: 'MONGODB_URI', at: hostsOf(uri) },
    openStore(uri, database, secrets),
  ]);
  const { connection, namespace } = temporal;
  const tracing = startTracing(config, 'api');
  const client = new Client({
    ...{ connection, namespace },
    ...(tracing && { interceptors: { workflow: [traceStarts(tracing)] } }),
  });
  const { taskQueue } = config.temporal;
  const service = createImportService(client, taskQueue);
  const commands = createCommandTraces(tracing);
  const outbox = startOutbox({ store, service, publicUrl: config.http.publicUrl, follow: commands.follow }, log);
  const settings = { maxRows: config.maxRows, invitationUrl: config.invitations.url };
  const registry = createRegistry();
  const app = createApp({
    metrics: createApiMetrics(registry, {
      backlog: store.backlog,
      taskBacklog: createTaskBacklog(temporal, taskQueue),
    }),
    ...(tracing && { tracing: { spans: tracing, commands } }),
    store,
    service,
    outbox,
    buildPlan: (importDoc, edits) =>
      buildPlan({ store, settings }, importDoc, { unlessLong: true, ...(edits && { edits }) }),
    readFile: (importDoc) => readFile({ store, settings }, importDoc),
    webhooks,
    records: createProviderRecords(config),
    sendTest: createTestSender(config),
    lookUpTemplate: createTemplateLookUp(config),
    ...peopleOf(config, store, log),
    config,
    log,
    linkBase: { publicUrl: config.http.publicUrl, temporalUiUrl: config.temporal.uiUrl, namespace },
    checkTemporal: async () => {
      await connection.withDeadline(Date.now() + HEALTH_DEADLINE_MS, () =>
        connection.workflowService.getSystemInfo({}),
      );
    },
  });
  const server = createApiServer(app, config.http.publicUrl).listen(config.http.port, config.http.host);
  const drain = prepareDrain(server, DRAIN_MS);
  await once(server, 'listening');
  const metrics = config.metrics && (await serveMetrics(registry, config.metrics, log));
  const orphans = startRemovingOrphans(store.uploads, log);
  const auditLog = startKeepingAuditLog(store, config, log);
  const recording = startRecordingInterventions({ store, interventions: createInterventions(client, taskQueue) }, log);
  await store.webhookEndpoints.sealAll();
  const erasing = startErasing(store, config, log);
  const expiring = startExpiring(store, config, log);
  log.info({ address: server.address() }, 'api is listening');

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const upkeep = [outbox, orphans, auditLog, recording, erasing, expiring];
  await Promise.all([drain(), ...upkeep.map((work) => work.stop())]);
  await Promise.allSettled([temporal.close(), store.close(), metrics?.close(), tracing?.stop()]);
  log.info('api has stopped');
}

void runProgram('api', main).then((code) => (process.exitCode = code));
