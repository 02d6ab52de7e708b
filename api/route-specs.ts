import * as access from './access/key-routes';
import * as auditLog from './audit-log/event-routes';
import * as audit from './audit/audit-routes';
import * as batches from './batches/batch-routes';
import * as dashboard from './dashboard/dashboard-routes';
import * as organisation from './directory/organisation-routes';
import * as people from './directory/people-routes';
import * as teams from './directory/team-routes';
import * as downloads from './downloads/download-routes';
import * as erasure from './erasure/erasure-routes';
import * as health from './health/health-routes';
import * as batchEvents from './imports/batch-events';
import * as eventTickets from './imports/event-tickets-router';
import * as imports from './imports/import-routes';
import * as join from './join/join-routes';
import * as invitations from './invitations/invitation-routes';
import * as texts from './message-texts/text-routes';
import * as unsubscribe from './join/unsubscribe-routes';
import * as pages from './pages/page-routes';
import * as peopleSearch from './people-search/people-search-routes';
import type { RouteSpec } from './routing/route';
import * as rowStory from './row-story/row-story-routes';
import * as rows from './rows/row-routes';
import * as scim from './scim/scim-routes';
import * as session from './session/session-routes';
import * as signIn from './sign-in/sign-in-routes';
import * as undo from './undo/undo-routes';
import * as uploads from './uploads/upload-routes';
import * as webhookEndpoints from './webhook-endpoints/webhook-routes';
import { WEBHOOK_ROUTES } from './webhooks/webhook-routes';

const isRouteSpec = (value: unknown): value is RouteSpec =>
  typeof value === 'object' && value !== null && 'operationId' in value;

const placeOf = ({ path, method }: RouteSpec): string => `${path} ${method}`;

/**
 * Every route of the API, by path: the order in which a module has its exports depends on who loads it. A route whose file is
 * missing here is not served: the start fails.
 */
export const ROUTE_SPECS: readonly RouteSpec[] = [
  ...[
    uploads,
    batches,
    imports,
    batchEvents,
    eventTickets,
    rows,
    rowStory,
    invitations,
    join,
    unsubscribe,
    downloads,
    undo,
    audit,
    auditLog,
  ],
  ...[
    dashboard,
    people,
    peopleSearch,
    erasure,
    teams,
    organisation,
    texts,
    access,
    session,
    signIn,
    scim,
    webhookEndpoints,
    WEBHOOK_ROUTES,
  ],
  ...[pages, health],
]
  .flatMap((module: object) => Object.values(module).filter(isRouteSpec))
  .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
