import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../contract/messages';
import type { PidFile } from '../processes/pid-file';
import { assertPortsFree } from './ports';
import type { PortUse } from './ports';
import { launch, untilReady } from '../processes/program';
import type { Program } from '../processes/program';

const ATTEMPTS = 3;
const PORT_TAKEN = /address already in use/;
const READY_LIMIT_MS = 60_000;
const CHECK_LIMIT_MS = 3_000;
/** By default gRPC waits a second after a failed connection; the server starts faster than that. */
const RECONNECT_SOON = { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 200 };

const SEARCH_ATTRIBUTE_TYPES: Record<keyof typeof SEARCH_ATTRIBUTES, 'Keyword' | 'Int'> = {
  status: 'Keyword',
  organisation: 'Keyword',
  failedRows: 'Int',
  day: 'Keyword',
};

/**
 * Without the first the server accepts the fairness key of a workflow or activity and ignores it. Each partition of a queue has a fair
 * order of its own, and a poll asks one of them by chance: with the usual four, a lone task waits until somebody asks the right one. The
 * partitions are still read, in which an earlier build has left tasks.
 */
const FAIRNESS = ['matching.enableFairness=true', 'matching.numTaskqueueWritePartitions=1'];

/**
 * By default each commit writes a journal of its own, the database, and removes the journal, with a sync after each; a write-ahead log
 * takes one. `FULL` is SQLite's default, and named because with `NORMAL` a commit would not be synced at all.
 */
const WRITE_AHEAD = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'];

export interface TemporalServerOptions {
  binary: string;
  /** Database of the server; created if missing. The two files beside it, `-wal` and `-shm`, belong to it. */
  dbFile: string;
  port: number;
  /** Absent: no UI. */
  uiPort?: number;
  logFile: string;
  /** Dynamic configuration beside that of the product, `key=value` each. */
  dynamicConfig?: readonly string[];
  /** Created in addition to `default`, if it differs. */
  namespace?: string;
  pids: PidFile;
}

export const temporalPorts = ({ port, uiPort }: Pick<TemporalServerOptions, 'port' | 'uiPort'>): PortUse[] => [
  {
    port,
    what: 'the Temporal server',
    variable: 'TEMPORAL_PORT',
    alternative: `use the server there: TEMPORAL_ADDRESS=127.0.0.1:${port}`,
  },
  ...(uiPort === undefined ? [] : [{ port: uiPort, what: 'the Temporal UI', variable: 'TEMPORAL_UI_PORT' }]),
];

/**
 * Starts a real Temporal server on 127.0.0.1 and waits until its namespace answers.
 * Not by the SDK's `createLocal`, which gives up after 5 s and attaches to any server on a port in use.
 */
export async function startTemporalServer(options: TemporalServerOptions, signal: AbortSignal): Promise<Program> {
  const { binary, dbFile, port, uiPort, logFile, namespace = 'default', dynamicConfig = [], pids } = options;
  await assertPortsFree(temporalPorts(options));
  await mkdir(dirname(dbFile), { recursive: true });
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', dbFile];
  args.push('--namespace', namespace, '--log-level', 'warn', ...WRITE_AHEAD);
  for (const value of [...FAIRNESS, ...dynamicConfig]) args.push('--dynamic-config-value', value);
  args.push(...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch']));
  for (const [key, type] of Object.entries(SEARCH_ATTRIBUTE_TYPES)) {
    args.push('--search-attribute', `${SEARCH_ATTRIBUTES[key as keyof typeof SEARCH_ATTRIBUTES]}=${type}`);
  }
  const namespaceCheck = createNamespaceCheck({ address: `127.0.0.1:${port}` }, namespace);
  try {
    for (let attempt = 1; ; attempt++) {
      const program = launch({ name: 'temporal', command: binary, args, env: process.env, logFile, pids });
      try {
        return await untilReady(program, { isReady: () => namespaceCheck.run(), limitMs: READY_LIMIT_MS, signal });
      } catch (error) {
        // Our ports were free a moment ago; those that the server picks for itself may be in use by now.
        if (attempt === ATTEMPTS || !PORT_TAKEN.test(program.output())) throw error;
      }
    }
  } finally {
    await namespaceCheck.close();
  }
}

/** Checks that a server knows a namespace: resolves to `true`, or rejects with the reason. */
export function createNamespaceCheck(server: ConnectionOptions, namespace: string) {
  const connection = Connection.lazy({
    ...server,
    channelArgs: RECONNECT_SOON,
    interceptors: [], // The default one retries, and its timer would outlive the connection.
  });
  return {
    async run(): Promise<true> {
      const describe = () => connection.workflowService.describeNamespace({ namespace });
      await connection.withDeadline(Date.now() + CHECK_LIMIT_MS, describe);
      return true;
    },
    close: () => connection.close(),
  };
}
