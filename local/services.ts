import { WORKER_NODE_OPTIONS } from '../platform/worker-heap';
import { openWebhookKey } from '../sandbox/sendgrid/webhook-key';
import type { Binary } from './binaries/search';
import { answersOk, hasWritten, startNodeProgram } from './processes/node-program';
import type { NodeProgramOptions } from './processes/node-program';
import type { PidFile } from './processes/pid-file';
import { messageOf, StartError } from './processes/start-error';
import type { Service } from './processes/supervise';
import { startMongod } from './servers/mongod';
import { startTemporalServer } from './servers/temporal-server';
import type { DataFolder } from './settings/data-folder';
import type { LocalSettings } from './settings/settings';

/** Shutdown grace: API and worker first, servers after. Together below 10 s. */
export const PROGRAM_GRACE_MS = 7_000;
const SERVER_GRACE_MS = 2_000;

export interface ServiceDeps {
  settings: LocalSettings;
  folder: DataFolder;
  pids: PidFile;
}

/** `undefined` if the settings name a server that runs elsewhere. */
export function temporalService(deps: ServiceDeps, binary: Binary | undefined): Service | undefined {
  const { settings, folder, pids } = deps;
  if (!settings.temporal || !binary) return undefined;
  const place = { dbFile: folder.temporalFile, logFile: folder.logOf('temporal') };
  const options = { ...settings.temporal, ...place, binary: binary.path, pids };
  return { name: 'temporal', graceMs: SERVER_GRACE_MS, start: (signal) => startTemporalServer(options, signal) };
}

/** `undefined` if the settings name a database that runs elsewhere. */
export function mongodService(deps: ServiceDeps, binary: Binary | undefined): Service | undefined {
  const { settings, folder, pids } = deps;
  if (!settings.mongodb || !binary) return undefined;
  const place = { dbPath: folder.mongodbFolder, logFile: folder.logOf('mongod') };
  const options = { ...settings.mongodb, ...place, binary: binary.path, pids };
  return { name: 'mongod', graceMs: SERVER_GRACE_MS, start: (signal) => startMongod(options, signal) };
}

/** `undefined` if both providers are real. */
export function sandboxService(deps: ServiceDeps): Service | undefined {
  const { settings, folder } = deps;
  if (!settings.sandbox) return undefined;
  const { port, url } = settings.sandbox;
  return ownService(deps, {
    name: 'sandbox',
    graceMs: SERVER_GRACE_MS,
    isReady: () => answersOk(`${url}/healthz`),
    env: {
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_PORT: String(port),
      SANDBOX_DATA: folder.sandboxFolder,
      SANDBOX_PRODUCT_URL: settings.apiUrl,
      ...sandboxWebhook(deps).sandbox,
    },
  });
}

export const apiService = (deps: ServiceDeps): Service =>
  ownService(deps, {
    name: 'api',
    graceMs: PROGRAM_GRACE_MS,
    isReady: () => answersOk(`${deps.settings.apiUrl}/readyz`),
    env: sandboxWebhook(deps).api,
  });

export const workerService = (deps: ServiceDeps): Service =>
  ownService(deps, {
    name: 'worker',
    graceMs: PROGRAM_GRACE_MS,
    isReady: hasWritten('"worker is polling"'),
    nodeOptions: WORKER_NODE_OPTIONS,
  });

interface OwnService extends Pick<NodeProgramOptions, 'isReady' | 'nodeOptions'>, Pick<Service, 'name' | 'graceMs'> {
  env?: Record<string, string>;
}

/** A program of this project: `main.ts` in the folder of its name. */
function ownService(
  { settings, folder, pids }: ServiceDeps,
  { name, graceMs, isReady, nodeOptions, env }: OwnService,
): Service {
  const logFile = folder.logOf(name);
  const environment = { ...settings.environment, ...env };
  const entry = { entry: `${name}/main.ts`, ...(nodeOptions && { nodeOptions }) };
  const options = { name, ...entry, env: environment, logFile, pids, isReady };
  return { name, graceMs, start: (signal) => startNodeProgram(options, signal) };
}

/** Extra variables that let the sandbox post SendGrid's events to the API; none if SendGrid is real. */
export interface SandboxWebhook {
  sandbox: Record<string, string>;
  api: Record<string, string>;
}

/**
 * Gives the API the public key of the sandbox, whose private key stays in the sandbox's folder. It replaces a configured
 * public key of the real SendGrid, because with that the API would reject every event of the sandbox.
 */
export function sandboxWebhook({ settings, folder }: Pick<ServiceDeps, 'settings' | 'folder'>): SandboxWebhook {
  if (!settings.sandbox?.sandboxed.includes('SendGrid')) return { sandbox: {}, api: {} };
  const { apiUrl, environment, config } = settings;
  try {
    const { publicKey } = openWebhookKey(folder.sandboxFolder, environment['SANDBOX_WEBHOOK_KEY']);
    return {
      sandbox: { SANDBOX_WEBHOOK_URL: `${config.webhooks.baseUrl ?? apiUrl}/v1/webhooks/sendgrid` },
      api: { SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey },
    };
  } catch (error) {
    throw new StartError(`${messageOf(error)} Remove the file; the next start creates a new key.`);
  }
}
