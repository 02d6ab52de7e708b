import type { Role } from '../store/documents';
import { seedDemo } from '../store/people/seed-demo';
import { resolveBinary } from './binaries/resolve-binary';
import type { Binary } from './binaries/search';
import { MONGOD, TEMPORAL } from './binaries/tools';
import type { Tool } from './binaries/tools';
import { assertMongoAnswers, assertTemporalAnswers } from './servers/external-servers';
import type { Keys } from './settings/keys';
import { apiService, mongodService, sandboxService, temporalService, workerService } from './servers/services';
import type { ServiceDeps } from './servers/services';
import type { LocalSettings } from './settings/settings';
import { messageOf, StartError } from './start-error';
import { supervise } from './processes/supervise';
import type { Service, Supervised } from './processes/supervise';

export interface StackDeps extends ServiceDeps {
  keys: Keys;
  /** Gets one line for what a person should know of. */
  note: (line: string) => void;
}

export interface Stack {
  /** Resolves when everything is ready. When it rejects, some of it may run: call `stop`. */
  start(): Promise<void>;
  /** Ends everything: first those who work, then what they work on. */
  stop(): Promise<void>;
}

/** The whole product on this machine: servers where none are given, sandbox, API and worker, kept alive until `stop`. */
export function createStack({ keys, note, ...deps }: StackDeps): Stack {
  const { settings } = deps;
  const servers: Supervised[] = [];
  const workers: Supervised[] = [];
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
        mongodReady.then(() => begin(workers, apiService(deps))),
        Promise.all([temporalReady, mongodReady]).then(() => begin(workers, workerService(deps))),
      ]);
    },
    async stop() {
      stopping.abort();
      await Promise.all(workers.map((program) => program.stop()));
      await Promise.all(servers.map((program) => program.stop()));
    },
  };
}

interface Binaries {
  temporal?: Binary | undefined;
  mongod?: Binary | undefined;
}

/** Both at once; if neither can be had, both are told. */
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
