import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';
import type { Logger } from '../platform/logger';

/** The fields of the SDK's lines by which a run is found; others repeat what these tell, and may hold texts of errors. */
const KEPT = ['workflowId', 'runId', 'workflowType', 'activityType', 'activityId', 'attempt', 'taskQueue'] as const;

/**
 * Has Temporal's own lines written by our logger. Those of its parts at the level info tell of their own life and are debug lines here;
 * those of our workflows keep their level.
 */
export function writeTemporalLines(log: Logger): (entry: LogEntry) => void {
  return ({ level, message, meta = {} }) => {
    const { sdkComponent, error, ...fields } = meta as Record<string, unknown>;
    const isOurs = sdkComponent === 'workflow' || sdkComponent === 'activity';
    const kept = isOurs
      ? fields
      : Object.fromEntries(KEPT.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
    log[levelOf(level, isOurs)](error === undefined ? kept : { ...kept, error }, message);
  };
}

function levelOf(level: LogEntry['level'], isOurs: boolean): 'trace' | 'debug' | 'info' | 'warn' | 'error' {
  if (level === 'INFO' && !isOurs) return 'debug';
  return level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error';
}

/** Sets the SDK up for this process: once, before any worker. Its metrics are at `metricsAt`, an address of this machine. */
export function installRuntime(log: Logger, metricsAt?: string): void {
  Runtime.install({
    logger: new DefaultLogger(log.isLevelEnabled('debug') ? 'DEBUG' : 'INFO', writeTemporalLines(log)),
    shutdownSignals: ['SIGINT', 'SIGTERM'],
    ...(metricsAt && {
      telemetryOptions: {
        metrics: { prometheus: { bindAddress: metricsAt, useSecondsForDurations: true, unitSuffix: true } },
      },
    }),
  });
}

/** The text of the SDK's metrics. */
export async function readTemporalMetrics(metricsAt: string): Promise<string> {
  const response = await fetch(`http://${metricsAt}/metrics`);
  return response.text();
}

/** An address of this machine that is free. The SDK takes no port 0. */
export async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}
