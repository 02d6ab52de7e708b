import type { Role } from '../../../contract/access/roles';

const SYSTEM: readonly Role[] = ['systemAdministrator'];
const ADMINISTRATORS: readonly Role[] = ['systemAdministrator', 'userAdministrator'];
const EVERY_ROLE: readonly Role[] = ['systemAdministrator', 'userAdministrator', 'support'];

/**
 * Who may use each route: the roles, or no key at all where something else lets a caller in. Written by hand and apart from the routes, so
 * that a slip there is seen here. The test fails for a route without an entry.
 */
export const ROLE_MATRIX: Readonly<Record<string, readonly Role[] | 'without a key'>> = {
  'POST /v1/imports': ADMINISTRATORS,
  'GET /v1/imports': EVERY_ROLE,
  'GET /v1/imports/{id}': EVERY_ROLE,
  'GET /v1/imports/{id}/events': EVERY_ROLE,
  'GET /v1/imports/{id}/rows': EVERY_ROLE,
  'GET /v1/imports/{id}/rows/{line}': EVERY_ROLE,
  'PATCH /v1/imports/{id}/rows/{line}': ADMINISTRATORS,
  'POST /v1/imports/{id}/apply': ADMINISTRATORS,
  'POST /v1/imports/{id}/choices': ADMINISTRATORS,
  'POST /v1/imports/{id}/pause': EVERY_ROLE,
  'POST /v1/imports/{id}/resume': EVERY_ROLE,
  'POST /v1/imports/{id}/cancel': EVERY_ROLE,
  'POST /v1/imports/{id}/retries': EVERY_ROLE,
  'POST /v1/imports/{id}/reminders': EVERY_ROLE,
  'GET /v1/imports/{id}/audit': EVERY_ROLE,
  'GET /v1/imports/{id}/report.csv': EVERY_ROLE,
  // It holds whole addresses, to be corrected.
  'GET /v1/imports/{id}/failed-rows.csv': ADMINISTRATORS,
  'GET /v1/templates/{name}': EVERY_ROLE,
  'POST /v1/imports/{id}/ignored-rows': ADMINISTRATORS,
  'POST /v1/imports/{id}/rows/{line}/ignore': ADMINISTRATORS,
  'DELETE /v1/imports/{id}/rows/{line}/ignore': ADMINISTRATORS,

  'GET /v1/batches/{id}': EVERY_ROLE,
  'GET /v1/batches/{id}/events': EVERY_ROLE,
  'POST /v1/batches/{id}/pause': EVERY_ROLE,
  'POST /v1/batches/{id}/resume': EVERY_ROLE,
  'POST /v1/batches/{id}/cancel': EVERY_ROLE,
  'POST /v1/batches/{id}/retries': EVERY_ROLE,
  'GET /v1/batches/{id}/report.csv': EVERY_ROLE,
  'GET /v1/batches/{id}/report.xlsx': EVERY_ROLE,
  // Whole addresses again.
  'GET /v1/batches/{id}/failed-rows.zip': ADMINISTRATORS,
  'POST /v1/event-tickets': EVERY_ROLE,

  'POST /v1/client-teams': ADMINISTRATORS,
  'GET /v1/client-teams': EVERY_ROLE,
  'GET /v1/client-teams/{id}': EVERY_ROLE,
  'PATCH /v1/client-teams/{id}': ADMINISTRATORS,
  'DELETE /v1/client-teams/{id}': ADMINISTRATORS,
  'POST /v1/client-teams/{id}/staff': ADMINISTRATORS,
  'DELETE /v1/client-teams/{id}/staff/{staffId}': ADMINISTRATORS,
  'POST /v1/staff': ADMINISTRATORS,
  'GET /v1/staff': EVERY_ROLE,
  'GET /v1/staff/{id}': EVERY_ROLE,
  'POST /v1/staff/{id}/activation': ADMINISTRATORS,
  'DELETE /v1/staff/{id}/activation': ADMINISTRATORS,
  'DELETE /v1/staff/{id}/personal-data': ADMINISTRATORS,
  'POST /v1/clients': ADMINISTRATORS,
  'GET /v1/clients': EVERY_ROLE,
  'GET /v1/clients/{id}': EVERY_ROLE,
  'DELETE /v1/clients/{id}/personal-data': ADMINISTRATORS,

  'GET /v1/people': EVERY_ROLE,
  'GET /v1/organisation': EVERY_ROLE,
  'PATCH /v1/organisation': SYSTEM,
  'GET /v1/me': EVERY_ROLE,
  'POST /v1/keys': SYSTEM,
  'GET /v1/keys': SYSTEM,
  'GET /v1/keys/{id}': SYSTEM,
  'DELETE /v1/keys/{id}': SYSTEM,
  'POST /v1/keys/{id}/rotations': SYSTEM,
  'GET /v1/events': SYSTEM,
  'GET /v1/events.csv': SYSTEM,
  'GET /v1/events.ndjson': SYSTEM,

  'POST /v1/webhook-endpoints': SYSTEM,
  'GET /v1/webhook-endpoints': ADMINISTRATORS,
  'GET /v1/webhook-endpoints/{id}': ADMINISTRATORS,
  'PATCH /v1/webhook-endpoints/{id}': SYSTEM,
  'DELETE /v1/webhook-endpoints/{id}': SYSTEM,
  'POST /v1/webhook-endpoints/{id}/secret': SYSTEM,
  'POST /v1/webhook-endpoints/{id}/tests': ADMINISTRATORS,
  'GET /v1/webhook-endpoints/{id}/deliveries': ADMINISTRATORS,
  'GET /v1/webhook-endpoints/{id}/deliveries/{deliveryId}': ADMINISTRATORS,
  'POST /v1/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliveries': ADMINISTRATORS,

  // The token of an invitation, the signature of a provider.
  'POST /v1/invitations/accept': 'without a key',
  'GET /join/{token}': 'without a key',
  'POST /join/{token}': 'without a key',
  'POST /v1/webhooks/twilio': 'without a key',
  'POST /v1/webhooks/sendgrid': 'without a key',
  'GET /livez': 'without a key',
  'GET /readyz': 'without a key',
  'GET /docs': 'without a key',
  'GET /docs/{file}': 'without a key',
  'GET /openapi.json': 'without a key',
  'GET /problems': 'without a key',
  'GET /problems/{code}': 'without a key',
};
