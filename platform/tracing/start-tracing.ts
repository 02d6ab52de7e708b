import type { Config } from '../config';
import type * as OpenTelemetry from './open-telemetry';
import type { Tracing } from './tracing';

/**
 * Traces as OpenTelemetry has them, exported to the collector of the settings. Without one, `undefined`, and nothing of OpenTelemetry is
 * loaded: it takes a quarter of a second at the start and 17 MB.
 */
export function startTracing({ tracing }: Pick<Config, 'tracing'>, service: string): Tracing | undefined {
  if (!tracing) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where it is wanted
  const { createTracing } = require('./open-telemetry') as typeof OpenTelemetry;
  return createTracing(tracing, service);
}
