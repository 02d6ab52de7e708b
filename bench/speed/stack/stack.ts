import { MongoClient } from 'mongodb';
import { Client, Connection } from '@temporalio/client';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { resolveBinary } from '../../../local/binaries/resolve-binary';
import { MONGOD, TEMPORAL } from '../../../local/binaries/tools';
import { answersOk, hasWritten } from '../../../local/processes/node-program';
import { PROJECT } from '../../../local/processes/project';
import { createPidFile } from '../../../local/processes/pid-file';
import { launch, untilReady } from '../../../local/processes/program';
import type { Program } from '../../../local/processes/program';
import { freePort } from '../../../local/servers/ports';
import { dataFolderAt, loadKeys, prepareDataFolder } from '../../../local/settings/data-folder';
import { sandboxWebhook } from '../../../local/services';
import { readSettings } from '../../../local/settings/settings';
import { seedDemo } from '../../../store/people/seed-demo';
import { BUILT, builtEntry, peerEntry, serversOf, workerOptionsOf } from './build';
import type { Pids } from './processes';

const GRACE_MS = 10_000;
const READY_LIMIT_MS = 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PORTS = ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'];

export interface StackOptions {
  note: (line: string) => void;
  /** Arguments of Node for a program, such as `--cpu-prof`. */
  nodeArguments?: (program: string) => string[];
  /** Lets the providers report what became of each message. */
  reports?: boolean;
  /** Default: a stand-in that costs next to nothing. */
  provider?: 'plain' | 'sandbox' | undefined;
  /** The build that is run, with the servers as it starts them; by default that of this checkout. */
  built?: string;
  /** Settings that are not the default. */
  settings?: Readonly<Record<string, string>>;
}
export type Stack = Awaited<ReturnType<typeof startStack>>;

/** Starts the compiled product on spare ports with the default settings: each program is a process of its own. */
export async function startStack({
  note,
  nodeArguments = () => [],
  reports = false,
  provider = 'plain',
  built = BUILT,
  settings: own = {},
}: StackOptions) {
  const data = mkdtempSync(join(tmpdir(), 'client-import-bench-'));
  const ports = await Promise.all(PORTS.map(async (name) => [name, String(await freePort())] as const));
  const settings = await readSettings({
    ...process.env,
    ...own,
    ...Object.fromEntries(ports),
    CLIENT_IMPORT_DATA: data,
  });
  const { environment, config, apiUrl } = settings;
  const sandbox = settings.sandbox!;
  const folder = dataFolderAt(settings.dataFolder);
  await prepareDataFolder(folder);
  const keys = await loadKeys(folder.keys);
  const pids = createPidFile(folder.pidFile);
  const webhook = reports ? sandboxWebhook({ settings, folder }) : { sandbox: {}, api: {} };
  const running = new Map<string, Program>();
  const { signal } = new AbortController();

  async function begin(name: string, starting: Promise<Program>): Promise<void> {
    running.set(name, await starting);
  }

  async function beginOwn(
    name: string,
    program: string,
    isReady: (program: Program) => Promise<boolean>,
    own: NodeJS.ProcessEnv = {},
  ): Promise<void> {
    // Without this address there are no reports, which a plain script does not take either.
    const env = { ...environment, ...(!reports && { WEBHOOK_URL: '' }), ...own, EXIT_WITH_PARENT: '1' };
    const watch = ['--require', join(PROJECT, 'local', 'processes', 'exit-with-parent.cjs')];
    const started = launch({
      ...{ name, command: process.execPath, cwd: PROJECT, env, pids, channel: true },
      args: [
        ...(program === 'worker' ? await workerOptionsOf(built) : []),
        ...nodeArguments(program),
        ...watch,
        program === 'provider' ? peerEntry(program) : builtEntry(program, built),
      ],
      logFile: folder.logOf(name),
    });
    await begin(name, untilReady(started, { isReady: () => isReady(started), limitMs: READY_LIMIT_MS, signal }));
  }

  const startWorker = (name = 'worker'): Promise<void> => beginOwn(name, 'worker', hasWritten('"worker is polling"'));

  async function stopProgram(name: string): Promise<void> {
    await running.get(name)?.stop(GRACE_MS);
    running.delete(name);
  }

  async function stop(): Promise<void> {
    for (const signal of SIGNALS) process.off(signal, endEarly);
    for (const name of [...running.keys()].reverse()) await stopProgram(name);
    rmSync(data, { recursive: true, force: true });
  }

  /** The servers would go on without the bench. */
  function endEarly(): void {
    void stop().finally(() => process.exit(1));
  }
  for (const signal of SIGNALS) process.on(signal, endEarly);

  try {
    const [temporal, mongod, { startMongod, startTemporalServer }] = await Promise.all([
      resolveBinary(TEMPORAL, environment, note),
      resolveBinary(MONGOD, environment, note),
      serversOf(built),
    ]);
    const logOf = (name: string) => ({ logFile: folder.logOf(name), pids });
    await Promise.all([
      begin(
        'mongod',
        startMongod(
          { binary: mongod.path, dbPath: folder.mongodbFolder, port: settings.mongodb!.port, ...logOf('mongod') },
          signal,
        ),
      ),
      begin(
        'temporal',
        startTemporalServer(
          {
            ...{ binary: temporal.path, dbFile: folder.temporalFile, port: settings.temporal!.port },
            ...logOf('temporal'),
          },
          signal,
        ),
      ),
      beginOwn('provider', provider === 'plain' ? 'provider' : 'sandbox', () => answersOk(`${sandbox.url}/healthz`), {
        SANDBOX_HOST: '127.0.0.1',
        SANDBOX_PORT: String(sandbox.port),
        SANDBOX_DATA: folder.sandboxFolder,
        ...webhook.sandbox,
      }),
    ]);
    const { uri, database } = config.mongo;
    await seedDemo(uri, database, [{ role: 'systemAdministrator', key: keys.systemAdministrator }]);
    await Promise.all([beginOwn('api', 'api', () => answersOk(`${apiUrl}/readyz`), webhook.api), startWorker()]);
  } catch (error) {
    await stop();
    throw error;
  }
  // Its commands are told from the product's by this name.
  const mongo = new MongoClient(config.mongo.uri, { appName: 'bench' });
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS']! });

  return {
    data,
    apiUrl,
    sandboxUrl: sandbox.url,
    mongoUri: config.mongo.uri,
    database: config.mongo.database,
    /** What Twilio signs its reports with, and the address that it signs. */
    twilio: { authToken: environment['TWILIO_AUTH_TOKEN'] ?? '', webhookUrl: config.webhooks.baseUrl ?? apiUrl },
    headers: { Authorization: `Bearer ${keys.systemAdministrator}` },
    mongo,
    db: mongo.db(config.mongo.database),
    temporal: new Client({ connection }),
    pids: (...names: string[]): Pids =>
      Object.fromEntries(
        [...running]
          .filter(([name]) => names.length === 0 || names.includes(name))
          .map(([name, { pid }]) => [name, pid]),
      ),
    logOf: folder.logOf,
    startWorker,
    stopProgram,
    /** Everybody whom a provider accepted a message to, once for each. */
    async recipients(): Promise<string[]> {
      if (provider === 'plain') return (await (await fetch(`${sandbox.url}/__recipients`)).text()).split('\n');
      const lines = createInterface({ input: createReadStream(join(folder.sandboxFolder, 'ledger.jsonl')) });
      const found: string[] = [];
      for await (const line of lines) found.push((JSON.parse(line) as { to: string }).to);
      return found;
    },
    async setLatency(latencyMs: number): Promise<void> {
      await fetch(`${sandbox.url}/__settings`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ latencyMs }),
      });
    },
    async stop(): Promise<void> {
      await Promise.all([mongo.close(), connection.close()]);
      await stop();
    },
  };
}
