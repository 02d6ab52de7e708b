import { answersOk, hasWritten, startNodeProgram } from '../../local/processes/node-program';
import type { Service } from '../../local/processes/supervise';
import { freePort } from '../../local/servers/ports';
import { mongodService, PROGRAM_GRACE_MS, sandboxService, sandboxWebhook, temporalService } from '../../local/services';
import type { ServiceDeps } from '../../local/services';
import type { LocalSettings } from '../../local/settings/settings';
import { WORKER_NODE_OPTIONS } from '../../platform/worker-heap';
import { sharedServers } from '../support/environment';

export interface ChaosWorker {
  name: string;
  /** Added to the settings of the product. A change takes effect at the next start. */
  environment: NodeJS.ProcessEnv;
  /** Whether it is the product's own program, without fail points. */
  isOwn?: boolean;
}

export interface ApiAddress {
  name: string;
  port: number;
  url: string;
}

/** Variables that lead our programs over links. */
export interface Detours {
  api: NodeJS.ProcessEnv;
  worker: NodeJS.ProcessEnv;
}

/** The servers and the sandbox as `npm start` runs them. */
export function serverServices(deps: ServiceDeps, binaries: { temporal: string; mongod: string }): Service[] {
  const binary = (path: string) => ({ path, version: undefined });
  return [
    temporalService(deps, binary(binaries.temporal))!,
    mongodService(deps, binary(binaries.mongod))!,
    sandboxService(deps)!,
  ];
}

/** The first has the port of the settings; each of the others a free one. */
export const addressesOf = (names: readonly string[], { apiUrl, config }: LocalSettings): Promise<ApiAddress[]> =>
  Promise.all(
    names.map(async (name, i) => {
      if (i === 0) return { name, port: config.http.port, url: apiUrl };
      const port = await freePort();
      return { name, port, url: `http://127.0.0.1:${port}` };
    }),
  );

export function chaosApi(deps: ServiceDeps, { name, port, url }: ApiAddress, detour: NodeJS.ProcessEnv): Service {
  const { settings, folder, pids } = deps;
  const env = { ...settings.environment, ...sandboxWebhook(deps).api, PORT: String(port), ...detour };
  const options = { name, entry: 'api/main.ts', env, logFile: folder.logOf(name), pids };
  const isReady = () => answersOk(`${url}/readyz`);
  return {
    name,
    graceMs: PROGRAM_GRACE_MS,
    start: (signal) => startNodeProgram({ ...options, isReady }, signal),
  };
}

/** The worker of `worker.ts` beside this file, or that of the product. */
export function chaosWorker(
  { settings, folder, pids }: ServiceDeps,
  worker: ChaosWorker,
  commandFolder: string,
  detour: NodeJS.ProcessEnv,
): Service {
  const { name, isOwn } = worker;
  return {
    name,
    graceMs: PROGRAM_GRACE_MS,
    start: (signal) =>
      startNodeProgram(
        {
          name,
          entry: isOwn ? 'worker/main.ts' : 'test/chaos/worker.ts',
          nodeOptions: isOwn ? WORKER_NODE_OPTIONS : [],
          env: {
            ...settings.environment,
            CHAOS_COMMANDS: commandFolder,
            CHAOS_WORKFLOW_BUNDLE: sharedServers().workflowBundle,
            ...detour,
            ...worker.environment,
          },
          logFile: folder.logOf(name),
          pids,
          isReady: hasWritten('"worker is polling"'),
        },
        signal,
      ),
  };
}
