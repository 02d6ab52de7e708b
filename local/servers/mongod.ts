import { mkdir } from 'node:fs/promises';
import { openMongo } from '../../store/mongo';
import type { Mongo } from '../../store/mongo';
import type { PidFile } from '../processes/pid-file';
import { assertPortsFree, isListening } from './ports';
import type { PortUse } from './ports';
import { launch, untilReady } from '../processes/program';
import { withoutData } from './mongod-log';
import type { Program } from '../processes/program';

const REPLICA_SET = 'client-import';
const NOT_YET_INITIALIZED = 94;
const ALREADY_INITIALIZED = 23;
const READY_LIMIT_MS = 60_000;

/** By default the cache takes half of the machine's memory, and a stop waits for another primary, which does not exist. */
const SMALL_AND_QUICK_TO_STOP = [
  '--wiredTigerCacheSizeGB',
  '0.25',
  '--setParameter',
  'shutdownTimeoutMillisForSignaledShutdown=100',
];
/** By default an operation of more than 100 ms is logged with its filter and its documents. In milliseconds. */
const NO_SLOW_OPERATIONS = ['--slowms', '2147483647', '--slowOpSampleRate', '0'];
/** By default it writes statistics of itself each second, up to 200 MB, for MongoDB's own support: a third of its work when idle. */
const NO_DIAGNOSTICS = ['--setParameter', 'diagnosticDataCollectionEnabled=false'];
/**
 * By default a page is written back once 5 % of the cache has changed: of so small a cache that is one file, so pages that are about to
 * change again were written over and over, at a fifth of mongod's work. A commit is durable by the journal. In percent of the cache.
 */
const WRITE_BACK_LATER = [
  '--wiredTigerEngineConfigString',
  'eviction_dirty_target=40,eviction_dirty_trigger=60,eviction_updates_target=20,eviction_updates_trigger=40',
];
/** How long a transaction of a killed process keeps its locks; by default a minute. */
const SHORT_TRANSACTIONS = ['--setParameter', 'transactionLifetimeLimitSeconds=20'];

export interface MongodOptions {
  binary: string;
  /** Folder of the data; created if missing. */
  dbPath: string;
  port: number;
  logFile: string;
  pids: PidFile;
}

export const mongodUri = (port: number): string => `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;

export const mongodPort = (port: number): PortUse => ({
  port,
  what: 'mongod',
  variable: 'MONGODB_PORT',
  alternative: `use the replica set there: MONGODB_URI=mongodb://127.0.0.1:${port}/?replicaSet=NAME`,
});

/**
 * Starts a real mongod on 127.0.0.1 as a replica set of one, which transactions need, and waits until it accepts writes.
 * Not by mongodb-memory-server: when mongod rejects its data folder, that throws from an event handler, past any catch.
 */
export async function startMongod(options: MongodOptions, signal: AbortSignal): Promise<Program> {
  const { binary, dbPath, port, logFile, pids } = options;
  await assertPortsFree([mongodPort(port)]);
  await mkdir(dbPath, { recursive: true });
  const args = ['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', dbPath, '--replSet', REPLICA_SET];
  args.push('--quiet', ...NO_SLOW_OPERATIONS, ...SMALL_AND_QUICK_TO_STOP, ...SHORT_TRANSACTIONS, ...NO_DIAGNOSTICS);
  args.push(...WRITE_BACK_LATER);
  const program = launch({
    ...{ name: 'mongod', command: binary, args, env: process.env, logFile, pids },
    rewriteLine: withoutData,
  });
  const mongo = openDirectly(port);
  const isReady = async () => (await isListening(port)) && ensureReplicaSet(mongo, port);
  try {
    return await untilReady(program, { isReady, limitMs: READY_LIMIT_MS, signal });
  } finally {
    await mongo.close();
  }
}

interface ReplicaSetConfig {
  version: number;
  members: { host: string }[];
}

/** Connects to the mongod on this port, even while its replica set names another address. */
const openDirectly = (port: number): Mongo => openMongo(`mongodb://127.0.0.1:${port}/?directConnection=true`, 'admin');

/**
 * Makes the mongod on this port the only member of its replica set. Returns whether it accepts writes already.
 * The data name the address of the last start. After a change of port the server would not find itself among the members,
 * never become primary, and send drivers to the old address: so the address is updated.
 */
async function ensureReplicaSet({ db }: Mongo, port: number): Promise<boolean> {
  const host = `127.0.0.1:${port}`;
  const config = await currentConfig(db);
  if (!config) {
    await db
      .command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } })
      .catch(ignore(ALREADY_INITIALIZED)); // It is still loading its data.
  } else if (config.members[0]?.host !== host) {
    const members = config.members.map((member) => ({ ...member, host }));
    await db.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  }
  const { isWritablePrimary } = await db.command({ hello: 1 });
  return isWritablePrimary === true;
}

async function currentConfig(db: Mongo['db']): Promise<ReplicaSetConfig | undefined> {
  const answer = await db.command({ replSetGetConfig: 1 }).catch(ignore(NOT_YET_INITIALIZED));
  return answer?.['config'] as ReplicaSetConfig | undefined;
}

const ignore = (code: number) => (error: unknown) => {
  if ((error as { code?: unknown }).code !== code) throw error;
  return undefined;
};
