/**
 * Of each route that support may use: whether its answer holds addresses, numbers or texts of files, which support sees masked.
 * Written by hand and apart from the routes; the test fails for a route without an entry, for a masked one that shows something, and
 * for one without people that has some.
 */
export const ROUTES_WITH_PEOPLE: Readonly<Record<string, 'people' | 'no people'>> = {
  'GET /v1/imports': 'people',
  'GET /v1/imports/{id}': 'people',
  'GET /v1/imports/{id}/rows': 'people',
  'GET /v1/imports/{id}/rows/{line}': 'people',
  'GET /v1/imports/{id}/report.csv': 'people',
  'GET /v1/imports/{id}/events': 'no people',
  'GET /v1/imports/{id}/audit': 'people',
  'POST /v1/imports/{id}/pause': 'no people',
  'POST /v1/imports/{id}/resume': 'no people',
  'POST /v1/imports/{id}/cancel': 'no people',
  'POST /v1/imports/{id}/retries': 'no people',
  'POST /v1/imports/{id}/reminders': 'no people',

  'GET /v1/batches/{id}': 'people',
  'GET /v1/batches/{id}/report.csv': 'people',
  'GET /v1/batches/{id}/report.xlsx': 'people',
  'GET /v1/batches/{id}/events': 'no people',
  // They name each file.
  'POST /v1/batches/{id}/pause': 'people',
  'POST /v1/batches/{id}/resume': 'people',
  'POST /v1/batches/{id}/cancel': 'people',
  'POST /v1/batches/{id}/retries': 'people',
  'POST /v1/event-tickets': 'no people',
  'POST /v1/session': 'no people',
  'DELETE /v1/session': 'no people',

  // It names files.
  'GET /v1/dashboard': 'people',
  'GET /v1/people': 'people',
  'GET /v1/clients': 'people',
  'GET /v1/clients/{id}': 'people',
  'GET /v1/staff': 'people',
  'GET /v1/staff/{id}': 'people',
  'GET /v1/client-teams': 'no people',
  'GET /v1/client-teams/{id}': 'no people',
  'GET /v1/organisation': 'no people',
  'GET /v1/me': 'no people',
  'GET /v1/templates/{name}': 'no people',
};
