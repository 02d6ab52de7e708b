import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../platform/config';
import type { Store } from '../../store/index';
import { createBudget, PROBES, spendOf } from '../http/budget';
import { HttpProblem } from '../http/http-problem';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { getLiveness, getMetrics, getReadiness } from './health-routes';

export interface HealthDeps {
  store: Pick<Store, 'ping'>;
  /** Resolves if Temporal answers. */
  checkTemporal: () => Promise<void>;
  config: Pick<Config, 'metrics'>;
}

/** Probes give up sooner than drivers do, which take a frozen server for a slow one. In milliseconds. */
const ANSWERS_WITHIN_MS = 2_000;

const toHealth = (check: Promise<void>): Promise<'up' | 'down'> =>
  Promise.race([
    check.then(
      () => 'up' as const,
      () => 'down' as const,
    ),
    pause(ANSWERS_WITHIN_MS, 'down' as const, { ref: false }),
  ]);

/** Asks once for all that wait at the same time: however many ask, the servers behind hear one question. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}

/** `/livez` checks the process alone; `/readyz` also its dependencies. */
export function createHealthRoutes({ store, checkTemporal, config: { metrics } }: HealthDeps): Route[] {
  const probe = spendOf(createBudget(PROBES));
  const check = shared(() => Promise.all([toHealth(store.ping()), toHealth(checkTemporal())]));
  return [
    route(getLiveness, async () => reply(200, { status: 'up' as const }), [probe]),
    route(getReadiness, async () => {
      const [mongodb, temporal] = await check();
      const isReady = mongodb === 'up' && temporal === 'up';
      return isReady
        ? reply(200, { status: 'up', mongodb, temporal } as const)
        : reply(503, { status: 'down', mongodb, temporal } as const);
    }, [probe]),
    route(getMetrics, () => {
      const where = metrics ? `port ${metrics.port} of ${metrics.host}` : 'no port: METRICS_PORT is not set';
      throw new HttpProblem(
        404,
        'metrics-elsewhere',
        `This program serves its metrics at ${where}. That port is for Prometheus alone.`,
      );
    }, [probe]),
  ];
}
