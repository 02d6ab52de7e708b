import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import { randomUUID } from 'node:crypto';
import pinoHttp from 'pino-http';
import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { Store } from '../store/index';
import { authenticate } from './authenticate';
import { errorHandler, unknownRoute } from './error-handler';
import { createHealthRouter } from './health-router';
import type { HealthDeps } from './health-router';
import type { ImportService } from './import-service';
import { createImportsRouter } from './imports-router';
import type { Places } from './views';

export interface AppDeps extends HealthDeps {
  store: Store;
  service: ImportService;
  config: Pick<Config, 'upload'>;
  places: Places;
  log: Logger;
}

/** The whole of the API, in the order in which a request passes it. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.set('query parser', 'simple');
  app.use(
    pinoHttp({
      logger: deps.log,
      genReqId: () => randomUUID(),
      // Headers carry keys and queries may carry addresses: neither is logged.
      serializers: { req: ({ id, method, url }: LoggedRequest) => ({ id, method, path: url.split('?')[0] }) },
    }),
  );
  app.use(helmet());
  app.use(createHealthRouter(deps));
  app.use('/v1', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use('/v1/imports', authenticate(deps.store), createImportsRouter(deps));
  app.use(unknownRoute);
  app.use(errorHandler);
  return app;
}

interface LoggedRequest {
  id: string;
  method: string;
  url: string;
}
