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
const ASK_LIMIT_MS = 3_000;
/** gRPC waits a second after a refused connection unless told otherwise; the server is up in less. */
const RECONNECT_SOON = { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 200 };

const SEARCH_ATTRIBUTE_TYPES: Record<keyof typeof SEARCH_ATTRIBUTES, 'Keyword' | 'Int'> = {
  status: 'Keyword',
  organisation: 'Keyword',
  failedRows: 'Int',
  day: 'Keyword',
};

/** Without it the server takes the fairness key of a workflow or activity and does not heed it. */
const FAIRNESS = 'matching.enableFairness=true';

export interface TemporalServerOptions {
  binary: string;
  /** Holds everything the server knows; made if missing. */
  dbFile: string;
  port: number;
  /** Absent: no UI. */
  uiPort?: number;
  logFile: string;
  /** Made beside `default`, if it is another. */
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
 * The SDK's own `createLocal` would give up after 5 s, and attach to whatever answers on a port that is taken.
 */
export async function startTemporalServer(options: TemporalServerOptions, signal: AbortSignal): Promise<Program> {
  const { binary, dbFile, port, uiPort, logFile, namespace = 'default', pids } = options;
  await assertPortsFree(temporalPorts(options));
  await mkdir(dirname(dbFile), { recursive: true });
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', dbFile];
  args.push('--namespace', namespace, '--dynamic-config-value', FAIRNESS, '--log-level', 'warn');
  args.push(...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch']));
  for (const [key, type] of Object.entries(SEARCH_ATTRIBUTE_TYPES)) {
    args.push('--search-attribute', `${SEARCH_ATTRIBUTES[key as keyof typeof SEARCH_ATTRIBUTES]}=${type}`);
  }
  const asker = createNamespaceAsker({ address: `127.0.0.1:${port}` }, namespace);
  try {
    for (let attempt = 1; ; attempt++) {
      const program = launch({ name: 'temporal', command: binary, args, env: process.env, logFile, pids });
      try {
        return await untilReady(program, { isReady: () => asker.ask(), limitMs: READY_LIMIT_MS, signal });
      } catch (error) {
        // Ours were free a moment ago; the ports that it picks for itself can be taken before it listens on them.
        if (attempt === ATTEMPTS || !PORT_TAKEN.test(program.output())) throw error;
      }
    }
  } finally {
    await asker.close();
  }
}

/** Asks a server whether it has a namespace: `true`, or a rejection with the reason. */
export function createNamespaceAsker(server: ConnectionOptions, namespace: string) {
  const connection = Connection.lazy({
    ...server,
    channelArgs: RECONNECT_SOON,
    interceptors: [], // The usual one retries, and its timer would outlive the connection.
  });
  return {
    async ask(): Promise<true> {
      const describe = () => connection.workflowService.describeNamespace({ namespace });
      await connection.withDeadline(Date.now() + ASK_LIMIT_MS, describe);
      return true;
    },
    close: () => connection.close(),
  };
}
