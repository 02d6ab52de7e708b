import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { ConfigError, temporalEnvironment } from './config';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** A connection for callers of Temporal, and its end. */
export interface TemporalConnection {
  connection: Connection;
  namespace: string;
  /** Ends every back-off and closes the connection. `connection.close()` alone would let a back-off end in an uncaught error. */
  close: () => Promise<void>;
}

/** A call ends by its deadline and a connection closes within this time, in milliseconds. The SDK's default is 5 s. */
const LONGEST_BACK_OFF_MS = 1_000;
/** After an outage a connection is back within this time, in milliseconds. The default of gRPC is two minutes. */
const LONGEST_RECONNECT_MS = 5_000;

/** Address, TLS and namespace, from `TEMPORAL_*` variables and profiles as `@temporalio/envconfig` reads them. Throws a `ConfigError`. */
export function temporalSettings() {
  const environment = temporalEnvironment();
  try {
    return loadClientConnectConfig({ overrideEnvVars: environment as Record<string, string> });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`The settings for Temporal are invalid:\n  - ${cause}`, { cause: error });
  }
}

/**
 * A connection for callers of Temporal; to the server of the settings by default. It connects on first use, so the process can
 * start without a server.
 */
export function connectLazily(to?: { address: string }): TemporalConnection {
  const { connectionOptions, namespace } = to ? { connectionOptions: to } : temporalSettings();
  const retries = retriesWithinDeadline();
  const channelArgs = { 'grpc.max_reconnect_backoff_ms': LONGEST_RECONNECT_MS };
  const connection = Connection.lazy({ ...connectionOptions, channelArgs, interceptors: [retries.interceptor] });
  return {
    connection,
    namespace: namespace ?? 'default',
    async close() {
      await retries.end();
      await connection.close();
    },
  };
}

/**
 * The SDK's retries of calls, but none that would begin after the deadline of its call, and none once they are ended. The
 * SDK's own back-off knows no deadline (1.24.0: a call of 6 s took 10.5 s), and its timer outlives the connection.
 */
function retriesWithinDeadline() {
  const { delayFunction, retryableDecider } = defaultGrpcRetryOptions();
  let isEnding = false;
  let waiting = 0;
  let whenNoneWaits = (): void => undefined;

  const interceptor: Interceptor = (options, nextCall) => {
    const deadline = Number(options.deadline ?? Infinity);
    let delayMs = 0;
    let isWaiting = false;
    const retrying = makeGrpcRetryInterceptor({
      retryableDecider(attempt, status) {
        delayMs = Math.min(LONGEST_BACK_OFF_MS, delayFunction(attempt, status));
        return !isEnding && Date.now() + delayMs < deadline && retryableDecider(attempt, status);
      },
      delayFunction() {
        isWaiting = true;
        waiting += 1;
        return delayMs;
      },
    });
    return retrying(options, (callOptions) => {
      const call = nextCall(callOptions);
      if (isWaiting) {
        isWaiting = false;
        waiting -= 1;
        if (waiting === 0) whenNoneWaits();
      }
      return call;
    });
  };

  return {
    interceptor,
    /** Resolves once no back-off is under way, so that no call begins any more. */
    async end(): Promise<void> {
      isEnding = true;
      if (waiting > 0) await new Promise<void>((resolve) => (whenNoneWaits = resolve));
    },
  };
}
