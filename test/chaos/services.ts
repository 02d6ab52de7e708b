import { hasWritten, startNodeProgram } from '../../local/processes/node-program';
import type { Service } from '../../local/processes/supervise';
import { apiService, mongodService, PROGRAM_GRACE_MS, sandboxService, temporalService } from '../../local/services';
import type { ServiceDeps } from '../../local/services';
import { sharedServers } from '../support/environment';

export interface ChaosWorker {
  name: string;
  /** Added to the settings of the product. A change takes effect at the next start. */
  environment: NodeJS.ProcessEnv;
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

export const detouredApi = ({ settings, ...deps }: ServiceDeps, detour: NodeJS.ProcessEnv): Service =>
  apiService({ ...deps, settings: { ...settings, environment: { ...settings.environment, ...detour } } });

/** The worker of `worker.ts` beside this file. */
export function chaosWorker(
  { settings, folder, pids }: ServiceDeps,
  { name, environment }: ChaosWorker,
  commandFolder: string,
  detour: NodeJS.ProcessEnv,
): Service {
  return {
    name,
    graceMs: PROGRAM_GRACE_MS,
    start: (signal) =>
      startNodeProgram(
        {
          name,
          entry: 'test/chaos/worker.ts',
          env: {
            ...settings.environment,
            CHAOS_COMMANDS: commandFolder,
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
