import { mkdir } from 'node:fs/promises';
import type { PidFile } from '../processes/pid-file';
import { assertPortsFree, isListening } from './ports';
import type { PortUse } from './ports';
import { launch, untilReady } from '../processes/program';
import type { Program } from '../processes/program';
import { ensureReplicaSet, openDirectly, REPLICA_SET } from './replica-set';

const READY_LIMIT_MS = 60_000;

/** Left to itself the cache takes half of the machine's memory, and a stop waits for another primary; there is none. */
const MODEST = ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'];
/** A process that is killed between two writes of a transaction leaves them locked for this long, usually a minute. */
const QUICK_TO_GIVE_UP = ['--setParameter', 'transactionLifetimeLimitSeconds=20'];

export interface MongodOptions {
  binary: string;
  /** Holds the data; made if missing. */
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
 * Starts a real mongod on 127.0.0.1 as a replica set of one (transactions need one) and waits until it takes writes.
 * mongodb-memory-server would do it too, but it reads the log from a pipe and throws out of an event handler, past any
 * catch, when mongod refuses its data folder.
 */
export async function startMongod(options: MongodOptions, signal: AbortSignal): Promise<Program> {
  const { binary, dbPath, port, logFile, pids } = options;
  await assertPortsFree([mongodPort(port)]);
  await mkdir(dbPath, { recursive: true });
  const args = ['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', dbPath, '--replSet', REPLICA_SET];
  args.push('--quiet', ...MODEST, ...QUICK_TO_GIVE_UP);
  const program = launch({ name: 'mongod', command: binary, args, env: process.env, logFile, pids });
  const mongo = openDirectly(port);
  const isReady = async () => (await isListening(port)) && ensureReplicaSet(mongo, port);
  try {
    return await untilReady(program, { isReady, limitMs: READY_LIMIT_MS, signal });
  } finally {
    await mongo.close();
  }
}
