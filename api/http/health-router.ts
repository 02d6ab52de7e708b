import { Router } from 'express';
import type { Store } from '../../store/index';

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

/** `/livez` checks the process alone; `/readyz` also its dependencies. */
export function createHealthRouter({ store, checkTemporal }: HealthDeps): Router {
  const router = Router();
  router.get('/livez', (_request, response) => void response.json({ status: 'up' }));
  router.get('/readyz', async (_request, response) => {
    const [mongodb, temporal] = await Promise.all([toHealth(store.ping()), toHealth(checkTemporal())]);
    const ready = mongodb === 'up' && temporal === 'up';
    response.status(ready ? 200 : 503).json({ status: ready ? 'up' : 'down', mongodb, temporal });
  });
  return router;
}
