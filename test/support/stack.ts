import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { ActivityInterceptorsFactory, LogEntry } from '@temporalio/worker';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { buildPlan } from '../../activities/planning/build-plan';
import { readFile } from '../../activities/planning/read-upload';
import type { BreakerSettings } from '../../activities/sending/breaker';
import { createApp } from '../../api/app';
import type { TokenVerifier } from '../../api/http/caller';
import { createApiMetrics } from '../../api/metrics/api-metrics';
import { peopleOf } from '../../api/sign-in/people-of-provider';
import { createTaskBacklog } from '../../api/temporal/task-backlog';
import { createImportService } from '../../api/temporal/import-service';
import { startOutbox } from '../../api/temporal/outbox';
import { importWorkflowId } from '../../contract/import';
import type { ImportProgress } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import { QUERIES } from '../../contract/messages';
import { loadConfig } from '../../platform/config';
import type { Config } from '../../platform/config';
import { createLogger } from '../../platform/logger';
import type { Logger } from '../../platform/logger';
import type { OidcConfig } from '../../platform/settings/oidc-config';
import type { Registry } from '../../platform/metrics/registry';
import { openSecretBox } from '../../platform/secret-box';
import { connectLazily } from '../../platform/temporal-connection';
import { createProviderRecords, createTestSender, createSenders } from '../../providers/index';
import { createTemplateLookUp } from '../../providers/template-look-up';
import { createWebhookReaders } from '../../providers/webhooks';
import type { Role } from '../../store/documents';
import { openStore } from '../../store/index';
import type { Store } from '../../store/index';
import { DEMO_ORGANISATION_ID, seedDemo } from '../../store/people/seed-demo';
import { createWorkers } from '../../worker/create-workers';
import { createActivityDeps } from '../../worker/deps';
import { measureImports, measureSenders } from '../../worker/measure';
import { createApiCaller } from './api-caller';
import type { ApiCaller } from './api-caller';
import type { SkippingServer } from './time-skipping';
import { takeCallbacks } from './callbacks';
import { settingsFor, sharedServers, uniqueName } from './environment';
import { checkAnswers } from './conformance';
import { controlSandbox } from './sandbox-control';
import type { SandboxControl } from './sandbox-control';
import { until } from './until';

/** A worker as a version of a deployment. */
export interface Build {
  workerVersion?: NonNullable<Config['workerVersion']>;
  observers?: ActivityInterceptorsFactory[];
  /** The server that skips time goes on asking a worker that has ended for what that has kept: 0 where one is to be restarted there. */
  cachedWorkflows?: number;
}

/** What an installation is known by: its database and task queues, its organisation, and the keys of that. */
export interface Installation {
  name: string;
  organisationName: string;
  keys: { role: Role; key: string }[];
}

export interface Stack {
  name: string;
  organisationName: string;
  api: ApiCaller;
  /** Calls the API with the key of a role. */
  as(role: Role): ApiCaller;
  url: string;
  config: Config;
  log: Logger;
  store: Store;
  db: Db;
  temporal: Client;
  sandbox: SandboxControl;
  /** Of its newest run, or of this one. */
  workflow(importId: string, runId?: string): ReturnType<Client['workflow']['getHandle']>;
  /** The workflow's own counts, once it has caught up with the status in MongoDB. */
  caughtUp(importId: string, status: ImportStatus): Promise<ImportProgress>;
  /** A request that had begun before a pause may be accepted after it: until its steps have ended, what was sent is not known. */
  stepsEnded(importId: string, timeoutMs: number): Promise<unknown>;
  /** Starts another worker, or the first one of a stack without; resolves to its end. */
  startWorker(build?: Build): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** Take Temporal's own lines and those of workflows, of all stacks of this process. */
export const temporalLines = new Set<(entry: LogEntry) => void>();
// The SDK logs planned failures as warnings; only unplanned ones should be visible.
const visible = new DefaultLogger('ERROR');
Runtime.install({
  logger: new DefaultLogger('INFO', (entry) => {
    for (const take of temporalLines) take(entry);
    visible.log(entry.level, entry.message, entry.meta);
  }),
});

const ROLES: Role[] = ['systemAdministrator', 'userAdministrator', 'support'];

export const newInstallation = (): Installation => ({
  name: uniqueName('test-'),
  organisationName: uniqueName('Org'),
  keys: ROLES.map((role) => ({ role, key: uniqueName(`ci_${'x'.repeat(24)}`) })),
});

/** Runs API and worker in this process on the shared servers, with their own database, task queues and organisation. */
export async function startStack(
  settings: Record<string, string> = {},
  parts: {
    /** One that is there already, with its data; by default a new one. */
    installation?: Installation;
    worker?: boolean;
    outbox?: boolean;
    callbacks?: boolean;
    workerStore?: (store: Store) => Store;
    breaker?: BreakerSettings;
    /** The clock by which messages are due. */
    now?: () => Date;
    /** Where the API finds Temporal, if not at the server itself. */
    temporalAddress?: string;
    /** In place of the Temporal server that all tests share; its time is the clock by which messages are due. */
    skipping?: Pick<SkippingServer, 'address' | 'now' | 'readServerTime'>;
    /** Measures API and worker. */
    measureBy?: Registry;
    /** Makes settings that need the address of the API. */
    settingsFor?: (url: string) => Promise<Record<string, string>>;
    /** Of the API; silent by default. */
    log?: Logger;
    verifyToken?: (deps: { oidc: OidcConfig; store: Store; log: Logger }) => TokenVerifier;
  } = {},
): Promise<Stack> {
  const servers = sharedServers();
  const { name, organisationName, keys } = parts.installation ?? newInstallation();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const callbacks = parts.callbacks ? await takeCallbacks(servers.sandboxUrl, name, url) : {};
  const join = { INVITATION_URL: `${url}/join/` };
  const config = loadConfig({
    ...settingsFor(name, servers),
    ...join,
    ...callbacks,
    ...settings,
    ...(await parts.settingsFor?.(url)),
  });
  if (!parts.installation) await seedDemo(config.mongo.uri, config.mongo.database, keys);
  // Reads as the product does, which sees only what the majority has acknowledged.
  const mongo = new MongoClient(config.mongo.uri, { readConcern: { level: 'majority' } });
  const db = mongo.db(name);
  await db
    .collection('organisations')
    .updateOne({ _id: DEMO_ORGANISATION_ID as never }, { $set: { name: organisationName } });

  const store = await openStore(config.mongo.uri, config.mongo.database, openSecretBox(config.secrets));
  const { skipping } = parts;
  const address = skipping?.address ?? servers.temporalAddress;
  const opened = connectLazily({ address: parts.temporalAddress ?? address });
  const { connection } = opened;
  const native = await NativeConnection.connect({ address });
  const temporal = new Client({ connection });
  const log = parts.log ?? createLogger('test', config.logLevel);
  const service = createImportService(temporal, name);
  const outbox =
    parts.outbox === false
      ? { poke: () => undefined, stop: () => Promise.resolve() }
      : startOutbox({ store, service, publicUrl: 'http://api.test' }, log);
  const planSettings = { maxRows: config.maxRows, invitationUrl: config.invitations.url };
  const { measureBy, now = skipping?.now } = parts;
  const hasSignIn = config.oidc?.client !== undefined;
  const app = createApp({
    ...(measureBy && {
      metrics: createApiMetrics(measureBy, { backlog: store.backlog, taskBacklog: createTaskBacklog(opened, name) }),
    }),
    store,
    service,
    outbox,
    buildPlan: (importDoc, edits) =>
      buildPlan({ store, settings: planSettings }, importDoc, { unlessLong: true, ...(edits && { edits }) }),
    readFile: (importDoc) => readFile({ store, settings: planSettings }, importDoc),
    webhooks: createWebhookReaders(config),
    records: createProviderRecords(config),
    sendTest: createTestSender(config),
    lookUpTemplate: createTemplateLookUp(config),
    verifyToken: config.oidc && parts.verifyToken?.({ oidc: config.oidc, store, log }),
    config,
    log,
    ...(hasSignIn && {
      providerSignIn: peopleOf({ oidc: config.oidc, http: { ...config.http, publicUrl: url } }, store, log)
        .providerSignIn,
    }),
    // A provider leads browsers back here.
    linkBase: { publicUrl: hasSignIn ? url : 'http://api.test', temporalUiUrl: 'http://ui.test', namespace: 'default' },
    checkTemporal: async () => void (await connection.workflowService.getSystemInfo({})),
  });
  const { listener, violations } = checkAnswers(app);
  server.on('request', listener);
  async function startWorker(build?: Build): Promise<() => Promise<void>> {
    const workers = await createWorkers(
      {
        connection: native,
        namespace: 'default',
        taskQueue: name,
        deadlineMs: config.invitations.deadlineMs,
        observers: [...(measureBy ? [measureImports(measureBy)] : []), ...(skipping ? [skipping.readServerTime] : [])],
        ...build,
        workflowBundle: { codePath: servers.workflowBundle },
      },
      createActivityDeps(config, parts.workerStore?.(store) ?? store, {
        breaker: parts.breaker,
        ...(now && { now }),
        ...(measureBy && { senders: measureSenders(createSenders(config), measureBy) }),
      }),
    );
    const running = Promise.all(workers.map((worker) => worker.run()));
    return async () => {
      workers.forEach((worker) => worker.shutdown());
      await running;
    };
  }
  const stopWorker = parts.worker === false ? () => Promise.resolve() : await startWorker();

  const as = (role: Role): ApiCaller => createApiCaller(url, keys.find((key) => key.role === role)!.key);
  const workflow: Stack['workflow'] = (importId, runId) =>
    temporal.workflow.getHandle(importWorkflowId(importId), runId);
  return {
    name,
    organisationName,
    api: as('systemAdministrator'),
    as,
    url,
    config,
    log,
    store,
    db,
    temporal,
    sandbox: controlSandbox(servers.sandboxUrl, organisationName),
    workflow,
    startWorker,
    caughtUp: (importId, status) =>
      until(
        'the workflow to hear of the status',
        () => workflow(importId).query<ImportProgress>(QUERIES.progress),
        (progress) => progress.status === status,
      ),
    stepsEnded: (importId, timeoutMs) =>
      until(
        'the steps under way',
        () => workflow(importId).describe(),
        ({ raw }) => (raw.pendingActivities ?? []).length === 0,
        timeoutMs,
      ),
    async stop() {
      server.close();
      server.closeAllConnections();
      await outbox.stop();
      await stopWorker();
      await db.dropDatabase();
      await Promise.all([store.close(), mongo.close(), opened.close(), native.close()]);
      if (violations.length > 0)
        throw new Error(`Answers that docs/openapi.json does not allow:\n${[...new Set(violations)].join('\n')}`);
    },
  };
}
