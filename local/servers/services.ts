import type { Binary } from '../binaries/search';
import type { DataFolder } from '../settings/data-folder';
import { startMongod } from './mongod';
import { answersOk, hasSaid, startNodeProgram } from '../processes/node-program';
import type { NodeProgramOptions } from '../processes/node-program';
import type { PidFile } from '../processes/pid-file';
import { sandboxWebhook } from './sandbox-webhook';
import type { LocalSettings } from '../settings/settings';
import type { Service } from '../processes/supervise';
import { startTemporalServer } from './temporal-server';

/** Longest times to end by oneself: first of those who work, then of what they work on. Together below 10 s. */
const DRAIN_MS = 7_000;
const GRACE_MS = 2_000;

export interface ServiceDeps {
  settings: LocalSettings;
  folder: DataFolder;
  pids: PidFile;
}

/** The programs of the embedded stack; `undefined` where the settings name somebody else's instead. */
export function temporalService(deps: ServiceDeps, binary: Binary | undefined): Service | undefined {
  const { settings, folder, pids } = deps;
  if (!settings.temporal || !binary) return undefined;
  const place = { dbFile: folder.temporalFile, logFile: folder.logOf('temporal') };
  const options = { ...settings.temporal, ...place, binary: binary.path, pids };
  return { name: 'temporal', graceMs: GRACE_MS, start: (signal) => startTemporalServer(options, signal) };
}

export function mongodService(deps: ServiceDeps, binary: Binary | undefined): Service | undefined {
  const { settings, folder, pids } = deps;
  if (!settings.mongodb || !binary) return undefined;
  const place = { dbPath: folder.mongodbFolder, logFile: folder.logOf('mongod') };
  const options = { ...settings.mongodb, ...place, binary: binary.path, pids };
  return { name: 'mongod', graceMs: GRACE_MS, start: (signal) => startMongod(options, signal) };
}

export function sandboxService(deps: ServiceDeps): Service | undefined {
  const { settings, folder } = deps;
  if (!settings.sandbox) return undefined;
  const { port, url } = settings.sandbox;
  return ownService(deps, {
    name: 'sandbox',
    graceMs: GRACE_MS,
    isReady: () => answersOk(`${url}/healthz`),
    env: {
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_PORT: String(port),
      SANDBOX_DATA: folder.sandboxFolder,
      ...sandboxWebhook(deps).sandbox,
    },
  });
}

export const apiService = (deps: ServiceDeps): Service =>
  ownService(deps, {
    name: 'api',
    graceMs: DRAIN_MS,
    isReady: () => answersOk(`${deps.settings.apiUrl}/readyz`),
    env: sandboxWebhook(deps).api,
  });

export const workerService = (deps: ServiceDeps): Service =>
  ownService(deps, { name: 'worker', graceMs: DRAIN_MS, isReady: hasSaid('"worker is polling"') });

interface OwnService extends Pick<NodeProgramOptions, 'isReady'>, Pick<Service, 'name' | 'graceMs'> {
  env?: Record<string, string>;
}

/** A program of this project: `main.ts` of the folder that is called like it. */
function ownService({ settings, folder, pids }: ServiceDeps, { name, graceMs, isReady, env }: OwnService): Service {
  const logFile = folder.logOf(name);
  const environment = { ...settings.environment, ...env };
  const options = { name, entry: `${name}/main.ts`, env: environment, logFile, pids, isReady };
  return { name, graceMs, start: (signal) => startNodeProgram(options, signal) };
}
