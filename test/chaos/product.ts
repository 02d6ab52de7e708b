import { Client, Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Invariant } from '../../domain/audit/snapshot';
import { createPidFile } from '../../local/processes/pid-file';
import type { PidFile } from '../../local/processes/pid-file';
import { supervise } from '../../local/processes/supervise';
import type { Service, Supervised } from '../../local/processes/supervise';
import { freePort } from '../../local/servers/ports';
import { dataFolderAt, loadKeys, prepareDataFolder } from '../../local/settings/data-folder';
import { readSettings } from '../../local/settings/settings';
import type { LocalSettings } from '../../local/settings/settings';
import type { Role } from '../../store/documents';
import { seedDemo } from '../../store/people/seed-demo';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { SHORT_WINDOWS } from '../support/environment';
import { until } from '../support/until';
import { createFaultCommands } from './fault-commands';
import type { FaultCommands } from './fault-commands';
import { send } from './fault-profile';
import { createUpload } from './imports';
import { startLinks } from './links';
import type { Links } from './links';
import { addressesOf, chaosApi, chaosWorker, serverServices } from './services';
import type { ChaosWorker } from './services';

/** Many small requests a file, so that a fault finds some sent, some in flight and some waiting. */
export const MANY_REQUESTS = { ...SHORT_WINDOWS, SMS_CONCURRENCY: '8', EMAIL_BATCH_SIZE: '5' };

const PORTS = ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'];
/** Kills are planned here: waits that grow with each kill would only slow the tests down. */
const BACK_OFF_MS = [100, 500];

export interface ProductOptions {
  /** Workers by name, with their settings beside those of the product; one by default. */
  workers?: Record<string, NodeJS.ProcessEnv>;
  /** Whether they are the product's own program instead, without fail points. */
  ownWorkers?: boolean;
  /** APIs by name; one by default. The first has the port to which the sandbox posts its callbacks. */
  apis?: readonly string[];
  /** Whether API and worker reach their servers over links that a test can break. */
  links?: boolean;
  /** Replaces the server's program, for a server with other settings. */
  temporalBinary?: string;
  /** Wait before each answer of the sandbox, in milliseconds. */
  latencyMs?: number;
}

/** The whole product as `npm start` runs it, each part in its own process, with everything that a test can do to it. */
export interface Product {
  api: ApiCaller;
  /** A caller of each API, in order. */
  apis: ApiCaller[];
  /** Uploads so many valid rows. */
  upload: ReturnType<typeof createUpload>;
  sandboxUrl: string;
  /** A direct connection, never over a link. */
  db: Db;
  temporal: Client;
  faultCommands: FaultCommands;
  links: Links;
  /** Findings of the product's own audit, in words. */
  audit: (importId: string) => Promise<string[]>;
  settings: LocalSettings;
  /** Ends of programs that were not killed with SIGKILL, in words. */
  exits(): string[];
  pidOf(name: string): number;
  /** How often the program has become ready. */
  startsOf(name: string): number;
  kill(name: string, signal?: NodeJS.Signals): void;
  /** Kills several programs at the same moment. */
  killAll(names: readonly string[]): void;
  /** Kills the program and delays its restart. Resolves when it is ready again. */
  away(name: string, ms: number): Promise<void>;
  /** Stops the program and keeps it away until the returned function is called, which resolves when it is ready again. */
  keepAway(name: string, signal?: NodeJS.Signals): () => Promise<void>;
  /** Restarts the worker with other settings. Resolves when it is ready. */
  restartWorker(name: string, environment: NodeJS.ProcessEnv): Promise<void>;
  untilReady(name: string, starts: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startProduct(
  settings: NodeJS.ProcessEnv = {},
  {
    workers = { worker: {} },
    ownWorkers = false,
    apis: apiNames = ['api'],
    links: withLinks = false,
    temporalBinary,
    latencyMs,
  }: ProductOptions = {},
): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'client-import-chaos-'));
  const ports = await Promise.all(PORTS.map(async (name) => [name, String(await freePort())] as const));
  const local = await readSettings({
    ...process.env,
    ...settings,
    ...Object.fromEntries(ports),
    CLIENT_IMPORT_DATA: data,
  });
  const folder = dataFolderAt(local.dataFolder);
  await prepareDataFolder(folder);
  const keys = await loadKeys(folder.keys);
  const notes: string[] = [];
  const pids = pidsByName(createPidFile(folder.pidFile));
  const killAll = (): void => pids.killAll();
  process.once('exit', killAll);
  const links = await startLinks(local, withLinks);
  const faultCommands = createFaultCommands(join(data, 'commands'));
  const deps = { settings: local, folder, pids };
  const binaries = {
    temporal: temporalBinary ?? process.env.TEST_TEMPORAL_BINARY!,
    mongod: process.env.TEST_MONGOD_BINARY!,
  };

  const gates = new Map<string, { open: Promise<void>; release: () => void }>();
  const starts = new Map<string, number>();
  const watched = (service: Service): Service => ({
    ...service,
    async start(signal) {
      await gates.get(service.name)?.open;
      const program = await service.start(signal);
      starts.set(service.name, (starts.get(service.name) ?? 0) + 1);
      return program;
    },
  });
  const supervised: Supervised[] = [];
  const begin = async (service: Service): Promise<void> => {
    const one = supervise(watched(service), (line) => notes.push(line), BACK_OFF_MS);
    supervised.push(one);
    await one.ready;
  };
  const chaosWorkers = Object.entries(workers).map(([name, environment]): ChaosWorker => ({
    name,
    environment,
    isOwn: ownWorkers,
  }));
  const addresses = await addressesOf(apiNames, local);

  await Promise.all(serverServices(deps, binaries).map(begin));
  const roles = Object.entries(keys) as [Role, string][];
  const { uri, database } = local.config.mongo;
  await seedDemo(
    uri,
    database,
    roles.map(([role, key]) => ({ role, key })),
  );
  await Promise.all([
    ...addresses.map((address) => begin(chaosApi(deps, address, links.detours.api))),
    ...chaosWorkers.map((worker) => begin(chaosWorker(deps, worker, faultCommands.folder, links.detours.worker))),
  ]);

  if (latencyMs !== undefined) await send(local.sandbox!.url, 'PUT', '/__settings', { latencyMs });
  const apis = addresses.map(({ url }) => createApiCaller(url, keys.systemAdministrator));
  const api = apis[0]!;
  const mongo = new MongoClient(uri, { serverSelectionTimeoutMS: 3_000 });
  const connection = Connection.lazy({ address: `127.0.0.1:${local.temporal!.port}` });
  const startsOf = (name: string): number => starts.get(name) ?? 0;
  const untilReady = async (name: string, count: number): Promise<void> => {
    const isReady = async (): Promise<boolean> => startsOf(name) >= count;
    await until(`${name} to be ready`, isReady, (ready) => ready, 90_000);
  };
  const kill = (name: string, signal: NodeJS.Signals = 'SIGKILL'): void => void process.kill(pids.of(name), signal);
  const keepAway = (name: string, signal?: NodeJS.Signals) => {
    let release!: () => void;
    gates.set(name, { open: new Promise<void>((resolve) => (release = resolve)), release });
    const before = startsOf(name);
    kill(name, signal);
    return (): Promise<void> => {
      gates.delete(name);
      release();
      return untilReady(name, before + 1);
    };
  };

  return {
    api,
    apis,
    upload: createUpload(api),
    sandboxUrl: local.sandbox!.url,
    db: mongo.db(database),
    temporal: new Client({ connection }),
    faultCommands,
    links,
    async audit(importId) {
      const { body } = await api.get<{ invariants: Invariant[] }>(`/v1/imports/${importId}/audit`);
      return body.invariants.flatMap(({ id, findings }) =>
        findings.map(({ row, channel, detail }) => `audit, ${id}: line ${row ?? '-'} ${channel ?? ''} ${detail}`),
      );
    },
    settings: local,
    exits: () => notes.filter((line) => line.includes('has ended') && !line.includes('killed by SIGKILL')),
    pidOf: pids.of,
    startsOf,
    kill,
    killAll: (names) => names.map(pids.of).forEach((pid) => process.kill(pid, 'SIGKILL')),
    async away(name, ms) {
      const comeBack = keepAway(name);
      await pause(ms);
      await comeBack();
    },
    keepAway,
    async restartWorker(name, environment) {
      const worker = chaosWorkers.find((one) => one.name === name)!;
      worker.environment = environment;
      const before = startsOf(name);
      kill(name);
      await untilReady(name, before + 1);
    },
    untilReady,
    async stop() {
      for (const { release } of gates.values()) release();
      gates.clear();
      const servers = supervised.filter(({ name }) => ['temporal', 'mongod', 'sandbox'].includes(name));
      const others = supervised.filter((one) => !servers.includes(one));
      await Promise.all(others.map((one) => one.stop()));
      await Promise.all([mongo.close(), connection.close(), links.close()]);
      await Promise.all(servers.map((one) => one.stop()));
      process.removeListener('exit', killAll);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Finds the process id of each program by its name. */
function pidsByName(file: PidFile): PidFile & { of: (name: string) => number } {
  const byName = new Map<string, number>();
  return {
    ...file,
    add(name, pid) {
      byName.set(name, pid);
      file.add(name, pid);
    },
    of(name) {
      const pid = byName.get(name);
      if (pid === undefined) throw new Error(`There is no program called ${name}`);
      return pid;
    },
  };
}
