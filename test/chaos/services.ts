import { startNodeProgram, hasWritten } from '../../local/processes/node-program';
import { apiService, mongodService, sandboxService, temporalService } from '../../local/services';
import type { ServiceDeps } from '../../local/services';
import type { Service } from '../../local/processes/supervise';
import { sharedServers } from '../support/environment';

const DRAIN_MS = 7_000;

export interface ChaosWorker {
  name: string;
  /** Beside the settings of the product. Changing it takes effect at the next start. */
  environment: NodeJS.ProcessEnv;
}

/** Where our programs find each other, if not directly. */
export interface Detours {
  api: NodeJS.ProcessEnv;
  worker: NodeJS.ProcessEnv;
}

/** The programs of the product as `npm start` runs them, but for the worker, which is that of `worker.ts` beside this. */
export function serverServices(deps: ServiceDeps, binaries: { temporal: string; mongod: string }): Service[] {
  const binary = (path: string) => ({ path, version: undefined });
  return [
    temporalService(deps, binary(binaries.temporal))!,
    mongodService(deps, binary(binaries.mongod))!,
    sandboxService(deps)!,
  ];
}

export const detouredApi = ({ settings, ...deps }: ServiceDeps, detour: NodeJS.ProcessEnv): Service =>
  apiService({ ...deps, settings: { ...settings, environment: { ...settings.environment, ...detour } } });

export function chaosWorker(
  { settings, folder, pids }: ServiceDeps,
  { name, environment }: ChaosWorker,
  orders: string,
  detour: NodeJS.ProcessEnv,
): Service {
  return {
    name,
    graceMs: DRAIN_MS,
    start: (signal) =>
      startNodeProgram(
        {
          name,
          entry: 'test/chaos/worker.ts',
          env: {
            ...settings.environment,
            CHAOS_ORDERS: orders,
            CHAOS_WORKFLOW_BUNDLE: sharedServers().workflowBundle,
            ...detour,
            ...environment,
          },
          logFile: folder.logOf(name),
          pids,
          isReady: hasWritten('"worker is polling"'),
        },
        signal,
      ),
  };
}
