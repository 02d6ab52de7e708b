import * as access from './access/key-routes';
import * as audit from './audit/audit-routes';
import * as organisation from './directory/organisation-routes';
import * as people from './directory/people-routes';
import * as teams from './directory/team-routes';
import * as downloads from './downloads/download-routes';
import * as health from './health/health-routes';
import * as imports from './imports/import-routes';
import * as invitations from './invitations/invitation-routes';
import type { RouteSpec } from './routing/route';
import * as rows from './rows/row-routes';
import * as uploads from './uploads/upload-routes';
import { WEBHOOK_ROUTES } from './webhooks/webhook-routes';

const isRouteSpec = (value: unknown): value is RouteSpec =>
  typeof value === 'object' && value !== null && 'operationId' in value;

/** Every route of the API, in the order of its document. */
export const ROUTE_SPECS: readonly RouteSpec[] = [
  ...[uploads, imports, rows, invitations, downloads, audit],
  ...[people, teams, organisation, access, WEBHOOK_ROUTES, health],
].flatMap((module: object) => Object.values(module).filter(isRouteSpec));
