import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import type { AppDeps } from './app-deps';
import { createAcceptanceRouter } from './invitations/acceptance-router';
import { createAuditRouter } from './audit/audit-router';
import { serialiseAnswers } from './http/answers';
import { authenticate } from './http/authenticate';
import { createBudget, STRANGERS } from './http/budget';
import { createCommandLimit } from './http/command-limit';
import { createClientsRouter } from './directory/clients-router';
import { errorHandler, unknownRoute } from './http/error-handler';
import { createDownloadsRouter } from './downloads/downloads-router';
import { createPauseRouter } from './imports/pause-router';
import { createHealthRouter } from './http/health-router';
import { logRequests } from './http/request-log';
import { createImportsRouter } from './imports/imports-router';
import { limitFailures } from './limits/failures';
import { keepFairPace } from './limits/fair-pace';
import { limitCallers } from './limits/rate-limits';
import { createOrganisationRouter } from './directory/organisation-router';
import { createInvitationsRouter } from './invitations/invitations-router';
import { createRowsRouter } from './rows/rows-router';
import { createStaffRouter } from './directory/staff-router';
import { createTeamsRouter } from './directory/teams-router';
import { createTemplatesRouter } from './uploads/templates-router';
import { uploadBytes } from './uploads/receive-files';
import { createUploadsRouter } from './uploads/uploads-router';
import { BODY_LIMITS, watchBodies } from './http/watch-bodies';
import { createWebhooksRouter } from './webhooks/webhooks-router';

/** The order of middleware and routers is the path of a request. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  const strangers = createBudget(STRANGERS);
  const { rateLimits } = deps.store;
  const { limits } = deps.config;
  const withKey = [
    authenticate(deps.store, strangers, limitFailures('wrong-key', limits.failures, rateLimits)),
    ...limitCallers(limits, rateLimits),
    keepFairPace(limits.fairPerSecond),
  ];
  app.set('trust proxy', deps.config.http.trustedProxies);
  app.set('query parser', 'simple');
  // Nothing of an answer is to be stored, so nobody asks whether it has changed.
  app.set('etag', false);
  app.use(logRequests(deps.log));
  app.use(helmet());
  app.use(serialiseAnswers);
  app.use(createHealthRouter(deps));
  app.use('/v1', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use('/v1', watchBodies({ ...BODY_LIMITS, maxBytes: uploadBytes(deps.config.upload) }));
  // These two need no key: an invitation has its token, and providers sign their reports.
  app.use('/v1/invitations', createAcceptanceRouter(deps, limitFailures('wrong-token', limits.failures, rateLimits)));
  app.use('/v1/webhooks', createWebhooksRouter(deps, strangers));
  app.use('/v1/client-teams', withKey, createTeamsRouter(deps));
  app.use('/v1/staff', withKey, createStaffRouter(deps));
  app.use('/v1/clients', withKey, createClientsRouter(deps));
  app.use('/v1/organisation', withKey, createOrganisationRouter(deps));
  app.use('/v1/templates', withKey, createTemplatesRouter(deps));
  const limit = createCommandLimit();
  app.use(
    '/v1/imports',
    withKey,
    createDownloadsRouter(deps),
    createAuditRouter(deps),
    createPauseRouter(deps, limit),
    createRowsRouter(deps),
    createInvitationsRouter(deps, limit),
    createUploadsRouter(deps),
    createImportsRouter(deps, limit),
  );
  app.use(unknownRoute(strangers));
  app.use(errorHandler);
  return app;
}
