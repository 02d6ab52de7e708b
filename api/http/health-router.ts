import { Router } from 'express';
import type { Store } from '../../store/index';
import { createBudget, PROBES, spendOf } from './budget';

export interface HealthDeps {
  store: Pick<Store, 'ping'>;
  /** Resolves if Temporal answers. */
  checkTemporal: () => Promise<void>;
}

const toHealth = (check: Promise<void>): Promise<'up' | 'down'> =>
  check.then(
    () => 'up' as const,
    () => 'down' as const,
  );

/** Asks once for all that wait at the same time: however many ask, the servers behind hear one question. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}

/** `/livez` checks the process alone; `/readyz` also its dependencies. */
export function createHealthRouter({ store, checkTemporal }: HealthDeps): Router {
  const router = Router();
  const probe = spendOf(createBudget(PROBES));
  const check = shared(() => Promise.all([toHealth(store.ping()), toHealth(checkTemporal())]));
  router.get('/livez', probe, (_request, response) => void response.json({ status: 'up' }));
  router.get('/readyz', probe, async (_request, response) => {
    const [mongodb, temporal] = await check();
    const ready = mongodb === 'up' && temporal === 'up';
    response.status(ready ? 200 : 503).json({ status: ready ? 'up' : 'down', mongodb, temporal });
  });
  return router;
}
