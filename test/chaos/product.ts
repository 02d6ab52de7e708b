import { Client, Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dataFolderAt, loadKeys, prepareDataFolder } from '../../local/settings/data-folder';
import type { Invariant } from '../../domain/audit/snapshot';
import { createPidFile } from '../../local/processes/pid-file';
import type { PidFile } from '../../local/processes/pid-file';
import { freePort } from '../../local/servers/ports';
import { readSettings } from '../../local/settings/settings';
import type { LocalSettings } from '../../local/settings/settings';
import { supervise } from '../../local/processes/supervise';
import type { Service, Supervised } from '../../local/processes/supervise';
import type { Role } from '../../store/documents';
import { seedDemo } from '../../store/people/seed-demo';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { startLinks } from './links';
import type { Links } from './links';
import { createOrders } from './orders';
import type { Orders } from './orders';
import { chaosWorker, detouredApi, serverServices } from './services';
import type { ChaosWorker } from './services';
import { until } from '../support/until';

const PORTS = ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'];
/** What is killed here is killed on purpose: a wait that grows with each kill would only make the tests slow. */
const BACK_OFF_MS = [100, 500];

export interface ProductOptions {
  /** By name, with what each of them has beside the settings of the product; one of them unless told. */
  workers?: Record<string, NodeJS.ProcessEnv>;
  /** Whether API and worker reach the others by links that can be made bad. */
  links?: boolean;
  /** In place of the server's own program, for a server with other settings. */
  temporalBinary?: string;
}

/** The whole product as `npm start` runs it, each part a process of its own, with all that can be done to it. */
export interface Product {
  api: ApiCaller;
  sandboxUrl: string;
  /** Not by a link, whatever happens to those. */
  db: Db;
  temporal: Client;
  orders: Orders;
  links: Links;
  /** What the product's own audit says against an import, in words. */
  audit: (importId: string) => Promise<string[]>;
  settings: LocalSettings;
  /** What ended without having been killed, in words: must be empty unless a test is about it. */
  exits(): string[];
  pidOf(name: string): number;
  /** How often it has been ready. */
  startsOf(name: string): number;
  kill(name: string, signal?: NodeJS.Signals): void;
  /** Kills several at the same moment. */
  killAll(names: readonly string[]): void;
  /** Kills it and keeps it away for so long. Resolves when it is ready again. */
  away(name: string, ms: number): Promise<void>;
  /** Starts it again with these variables beside its own. Resolves when it is ready. */
  restartWorker(name: string, environment: NodeJS.ProcessEnv): Promise<void>;
  untilReady(name: string, starts: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startProduct(
  settings: NodeJS.ProcessEnv = {},
  { workers = { worker: {} }, links: withLinks = false, temporalBinary }: ProductOptions = {},
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
  const orders = createOrders(join(data, 'orders'));
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
  const chaosWorkers = Object.entries(workers).map(([name, environment]): ChaosWorker => ({ name, environment }));

  await Promise.all(serverServices(deps, binaries).map(begin));
  const roles = Object.entries(keys) as [Role, string][];
  const { uri, database } = local.config.mongo;
  await seedDemo(
    uri,
    database,
    roles.map(([role, key]) => ({ role, key })),
  );
  await Promise.all([
    begin(detouredApi(deps, links.detours.api)),
    ...chaosWorkers.map((worker) => begin(chaosWorker(deps, worker, orders.folder, links.detours.worker))),
  ]);

  const api = createApiCaller(local.apiUrl, keys.systemAdministrator);
  const mongo = new MongoClient(uri, { serverSelectionTimeoutMS: 3_000 });
  const connection = Connection.lazy({ address: `127.0.0.1:${local.temporal!.port}` });
  const startsOf = (name: string): number => starts.get(name) ?? 0;
  const untilReady = async (name: string, count: number): Promise<void> => {
    const isReady = async (): Promise<boolean> => startsOf(name) >= count;
    await until(`${name} to be ready`, isReady, (ready) => ready, 90_000);
  };
  const kill = (name: string, signal: NodeJS.Signals = 'SIGKILL'): void => void process.kill(pids.of(name), signal);

  return {
    api,
    sandboxUrl: local.sandbox!.url,
    db: mongo.db(database),
    temporal: new Client({ connection }),
    orders,
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
      let release!: () => void;
      gates.set(name, { open: new Promise<void>((resolve) => (release = resolve)), release });
      const before = startsOf(name);
      kill(name);
      await pause(ms);
      gates.delete(name);
      release();
      await untilReady(name, before + 1);
    },
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

/** Knows each program by its name, from the moment it is started. */
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
