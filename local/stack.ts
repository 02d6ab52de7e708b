import type { Role } from '../store/documents';
import { seedDemo } from '../store/people/seed-demo';
import { resolveBinary } from './binaries/resolve-binary';
import type { Binary } from './binaries/search';
import { MONGOD, TEMPORAL } from './binaries/tools';
import type { Tool } from './binaries/tools';
import { ensurePage } from './page/build-page';
import { messageOf, StartError } from './processes/start-error';
import { supervise } from './processes/supervise';
import type { Service, Supervised } from './processes/supervise';
import { assertMongoAnswers, assertTemporalAnswers } from './servers/external-servers';
import { apiService, mongodService, sandboxService, temporalService, workerService } from './services';
import type { ServiceDeps } from './services';
import type { Keys } from './settings/data-folder';
import type { LocalSettings } from './settings/settings';

export interface StackDeps extends ServiceDeps {
  keys: Keys;
  /** Gets one line for each event that the user should see. */
  note: (line: string) => void;
}

export interface Stack {
  /** Resolves when everything is ready. If it rejects, some programs may still run: call `stop`. */
  start(): Promise<void>;
  /** Stops everything: API and worker first, servers after. */
  stop(): Promise<void>;
}

/** The whole product on this machine: the servers that run nowhere else, sandbox, API and worker, supervised until `stop`. */
export function createStack({ keys, note, ...deps }: StackDeps): Stack {
  const { settings } = deps;
  const servers: Supervised[] = [];
  const programs: Supervised[] = [];
  const stopping = new AbortController();

  async function begin(among: Supervised[], service: Service | undefined): Promise<void> {
    stopping.signal.throwIfAborted();
    if (!service) return;
    const supervised = supervise(service, note);
    among.push(supervised);
    await supervised.ready;
  }

  return {
    async start() {
      const { temporal, mongodb, config } = settings;
      await Promise.all([
        temporal ?? assertTemporalAnswers(),
        mongodb ?? assertMongoAnswers(config.mongo.uri, config.mongo.database),
      ]);
      const binaries = await findBinaries(settings, note);
      const temporalReady = begin(servers, temporalService(deps, binaries.temporal));
      const mongodReady = begin(servers, mongodService(deps, binaries.mongod));
      await Promise.all([
        begin(servers, sandboxService(deps)),
        mongodReady.then(() => seed(settings, keys)),
        Promise.all([mongodReady, ensurePage()]).then(() => begin(programs, apiService(deps))),
        Promise.all([temporalReady, mongodReady]).then(() => begin(programs, workerService(deps))),
      ]);
    },
    async stop() {
      stopping.abort();
      await Promise.all(programs.map((program) => program.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

interface Binaries {
  temporal?: Binary | undefined;
  mongod?: Binary | undefined;
}

/** Looks for both at the same time; the error names all that are missing. */
async function findBinaries(settings: LocalSettings, note: (line: string) => void): Promise<Binaries> {
  const find = async (tool: Tool, wanted: boolean) =>
    wanted ? resolveBinary(tool, settings.environment, note) : undefined;
  const [temporal, mongod] = await Promise.allSettled([
    find(TEMPORAL, settings.temporal !== undefined),
    find(MONGOD, settings.mongodb !== undefined),
  ]);
  if (temporal.status === 'fulfilled' && mongod.status === 'fulfilled') {
    return { temporal: temporal.value, mongod: mongod.value };
  }
  const failures = [temporal, mongod].flatMap((result) =>
    result.status === 'rejected' ? [messageOf(result.reason)] : [],
  );
  throw new StartError(failures.join('\n\n'));
}

async function seed({ config: { mongo } }: LocalSettings, keys: Keys): Promise<void> {
  const entries = Object.entries(keys) as [Role, string][];
  await seedDemo(
    mongo.uri,
    mongo.database,
    entries.map(([role, key]) => ({ role, key })),
  );
}
