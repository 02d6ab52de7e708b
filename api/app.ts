import express from 'express';
import type { Express } from 'express';
import { createKeysRoutes } from './access/keys-router';
import type { AppDeps } from './app-deps';
import { createAuditTrail } from './audit-log/audit-trail';
import { createEventsRoutes } from './audit-log/events-router';
import { createAuditRoutes } from './audit/audit-router';
import { createDashboardRoutes } from './dashboard/dashboard-router';
import { createClientsRoutes } from './directory/clients-router';
import { createOrganisationRoutes } from './directory/organisation-router';
import { createStaffRoutes } from './directory/staff-router';
import { createTeamsRoutes } from './directory/teams-router';
import { createDownloadsRoutes } from './downloads/downloads-router';
import { createErasureRoutes } from './erasure/erasure-router';
import { createHealthRoutes } from './health/health-router';
import { createBatchesRoutes } from './batches/batches-router';
import { serialiseAnswers } from './http/answers';
import { authenticate } from './http/authenticate';
import { createBudget, STRANGERS } from './http/budget';
import { checkHead } from './server/check-head';
import { createCommandLimit } from './http/command-limit';
import { orTicket } from './http/event-tickets';
import { handleErrors, unknownRoute } from './http/error-handler';
import { tellProblemsAsAsked } from './problem-types/problem-language';
import { createOpenRequests } from './http/open-requests';
import { logRequests } from './http/request-log';
import { createBatchEventsRoutes } from './imports/batch-events';
import { createEventTicketsRoutes } from './imports/event-tickets-router';
import { dataHeaders, securityHeaders } from './server/security-headers';
import { createImportsRoutes } from './imports/imports-router';
import { createPauseRoutes } from './imports/pause-router';
import { limitFailures } from './limits/failures';
import { keepFairPace } from './limits/fair-pace';
import { createFairTurns } from './limits/fair-turns';
import { limitCallers } from './limits/rate-limits';
import { createAcceptanceRoutes } from './invitations/acceptance-router';
import { createInvitationsRoutes } from './invitations/invitations-router';
import { answerVisitor } from './join/answer-visitor';
import { createJoinRoutes } from './join/join-router';
import { createTextsRoutes } from './message-texts/text-router';
import { createUnsubscribeRoutes } from './join/unsubscribe-router';
import { createPagesRoutes } from './pages/pages-router';
import { createPeopleSearchRoutes } from './people-search/people-search-router';
import { ROUTE_SPECS } from './route-specs';
import { mountRoutes } from './routing/mount-routes';
import type { Route } from './routing/route';
import { createRowStoryRoutes } from './row-story/row-story-router';
import { createRowsRoutes } from './rows/rows-router';
import { answerScim } from './scim/answer-scim';
import { createScimRoutes } from './scim/scim-router';
import { orSession } from './session/or-session';
import { createScheduleRoutes } from './imports/schedule-router';
import { createSessionRoutes } from './session/session-router';
import { answerSignIn } from './sign-in/answer-sign-in';
import { createSignInRoutes } from './sign-in/sign-in-router';
import { createTemplatesRoutes } from './uploads/templates-router';
import { uploadBytes } from './uploads/receive-files';
import { createUploadGate } from './uploads/upload-gate';
import { createUndoRoutes } from './undo/undo-router';
import { STARTS_AT_ONCE } from './temporal/start-imports';
import { createUploadsRoutes } from './uploads/uploads-router';
import { createWebhookEndpointsRoutes } from './webhook-endpoints/webhook-endpoints-router';
import { traceRequests } from './server/trace-requests';
import { BODY_LIMITS, watchBodies } from './server/watch-bodies';
import { STORE_WATCH, watchStore } from './server/watch-store';
import { createWebhooksRoutes } from './webhooks/webhooks-router';

/** The order of middleware is the path of a request. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  const strangers = createBudget(STRANGERS);
  const { rateLimits } = deps.store;
  const { limits, http } = deps.config;
  const isTls = http.publicUrl.startsWith('https:');
  const limit = createCommandLimit();
  const wrongTokens = limitFailures('wrong-token', limits.failures, rateLimits);
  const importing = { ...deps, gate: createUploadGate(deps), starts: createFairTurns(STARTS_AT_ONCE) };
  app.set('trust proxy', deps.config.http.trustedProxies);
  app.set('query parser', 'simple');
  // Nothing of an answer is to be stored, so nobody asks whether it has changed.
  app.set('etag', false);
  app.use(logRequests(deps.log, ROUTE_SPECS));
  if (deps.tracing) app.use(traceRequests(deps.tracing.spans, deps.tracing.commands));
  if (deps.metrics) app.use(deps.metrics.measure);
  app.use(securityHeaders(deps.config.http));
  app.use(serialiseAnswers);
  app.use(checkHead);
  app.use('/v1', dataHeaders, watchBodies({ ...BODY_LIMITS, maxBytes: uploadBytes(deps.config.upload) }));
  app.use('/v1', tellProblemsAsAsked);
  app.use('/v1', watchStore(deps.store, STORE_WATCH, deps.linkBase.publicUrl));
  app.use(['/join', '/unsubscribe'], watchStore(deps.store, STORE_WATCH, deps.linkBase.publicUrl, answerVisitor));
  app.use('/sign-in', watchStore(deps.store, STORE_WATCH, deps.linkBase.publicUrl, answerSignIn));
  app.use('/scim', dataHeaders, watchBodies({ ...BODY_LIMITS, maxBytes: uploadBytes(deps.config.upload) }));
  app.use('/scim', watchStore(deps.store, STORE_WATCH, deps.linkBase.publicUrl, answerScim));
  const routes = [
    ...createHealthRoutes(deps),
    ...createPagesRoutes(ROUTE_SPECS, deps.providerSignIn && `${deps.linkBase.publicUrl}/sign-in`),
    ...createAcceptanceRoutes(deps, wrongTokens),
    ...createJoinRoutes(deps, wrongTokens),
    ...createUnsubscribeRoutes(deps, wrongTokens),
    ...createWebhooksRoutes(deps, strangers),
    ...createKeysRoutes(deps),
    ...createSessionRoutes(deps),
    ...createSignInRoutes(deps),
    ...createTeamsRoutes(importing),
    ...createStaffRoutes(importing),
    ...createClientsRoutes(importing),
    ...createDashboardRoutes(deps),
    ...createPeopleSearchRoutes(deps),
    ...createErasureRoutes(deps),
    ...createScimRoutes(importing),
    ...createOrganisationRoutes(deps),
    ...createTextsRoutes(deps),
    ...createTemplatesRoutes(deps),
    ...createDownloadsRoutes(deps),
    ...createAuditRoutes(deps),
    ...createEventsRoutes(deps),
    ...createPauseRoutes(deps, limit),
    ...createScheduleRoutes(deps, limit),
    ...createUndoRoutes(deps, limit),
    ...createRowsRoutes(deps),
    ...createRowStoryRoutes(deps),
    ...createInvitationsRoutes(deps, limit),
    ...createUploadsRoutes(importing),
    ...createImportsRoutes(deps, limit),
    ...createWebhookEndpointsRoutes(deps),
    ...createEventTicketsRoutes(deps),
    ...createBatchEventsRoutes(deps),
    ...createBatchesRoutes(deps, createCommandLimit()),
  ];
  assertDocumented(routes);
  const openRequests = createOpenRequests(deps.store, deps.log);
  const withKey = authenticate(deps, strangers, limitFailures('wrong-key', limits.failures, rateLimits), openRequests);
  app.use(
    mountRoutes(routes, {
      authenticate: orTicket(deps.store, openRequests, orSession(deps.store, isTls, openRequests, withKey)),
      limits: [...limitCallers(limits, rateLimits), keepFairPace(limits.fairPerSecond)],
      strangers,
      audit: createAuditTrail(deps),
    }),
  );
  app.use(unknownRoute(strangers));
  app.use(['/join', '/unsubscribe'], handleErrors(deps.linkBase.publicUrl, answerVisitor));
  app.use('/sign-in', handleErrors(deps.linkBase.publicUrl, answerSignIn));
  app.use('/scim', handleErrors(deps.linkBase.publicUrl, answerScim));
  app.use(handleErrors(deps.linkBase.publicUrl));
  return app;
}

/** What is served and what the document describes are the same. */
function assertDocumented(routes: readonly Route[]): void {
  const served = new Set(routes.map(({ spec }) => spec));
  const wrong = [
    ...[...served].filter((spec) => !ROUTE_SPECS.includes(spec)),
    ...ROUTE_SPECS.filter((spec) => !served.has(spec)),
  ];
  if (wrong.length === 0) return;
  const names = wrong.map(({ operationId }) => operationId).join(', ');
  throw new Error(`These routes are not both served and in api/route-specs.ts: ${names}`);
}
