import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import type { AppDeps } from './app-deps';
import { createAuditRoutes } from './audit/audit-router';
import { createClientsRoutes } from './directory/clients-router';
import { createOrganisationRoutes } from './directory/organisation-router';
import { createStaffRoutes } from './directory/staff-router';
import { createTeamsRoutes } from './directory/teams-router';
import { createDownloadsRoutes } from './downloads/downloads-router';
import { createHealthRoutes } from './health/health-router';
import { serialiseAnswers } from './http/answers';
import { authenticate } from './http/authenticate';
import { createBudget, STRANGERS } from './http/budget';
import { createCommandLimit } from './http/command-limit';
import { handleErrors, unknownRoute } from './http/error-handler';
import { logRequests } from './http/request-log';
import { createImportsRoutes } from './imports/imports-router';
import { createPauseRoutes } from './imports/pause-router';
import { createAcceptanceRoutes } from './invitations/acceptance-router';
import { createInvitationsRoutes } from './invitations/invitations-router';
import { mountRoutes } from './routing/mount-routes';
import { createRowsRoutes } from './rows/rows-router';
import { createTemplatesRoutes } from './uploads/templates-router';
import { createUploadsRoutes } from './uploads/uploads-router';
import { createWebhooksRoutes } from './webhooks/webhooks-router';

/** The order of middleware is the path of a request. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  const strangers = createBudget(STRANGERS);
  const limit = createCommandLimit();
  app.set('query parser', 'simple');
  // Nothing of an answer is to be stored, so nobody asks whether it has changed.
  app.set('etag', false);
  app.use(logRequests(deps.log));
  app.use(helmet());
  app.use(serialiseAnswers);
  app.use('/v1', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const routes = [
    ...createHealthRoutes(deps),
    ...createAcceptanceRoutes(deps),
    ...createWebhooksRoutes(deps, strangers),
    ...createTeamsRoutes(deps),
    ...createStaffRoutes(deps),
    ...createClientsRoutes(deps),
    ...createOrganisationRoutes(deps),
    ...createTemplatesRoutes(deps),
    ...createDownloadsRoutes(deps),
    ...createAuditRoutes(deps),
    ...createPauseRoutes(deps, limit),
    ...createRowsRoutes(deps),
    ...createInvitationsRoutes(deps, limit),
    ...createUploadsRoutes(deps),
    ...createImportsRoutes(deps, limit),
  ];
  app.use(mountRoutes(routes, { authenticate: authenticate(deps.store, strangers), strangers }));
  app.use(unknownRoute(strangers));
  app.use(handleErrors(deps.linkBase.publicUrl));
  return app;
}
