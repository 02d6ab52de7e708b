import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import pinoHttp from 'pino-http';
import { describeError } from '../../platform/logger';
import type { Logger } from '../../platform/logger';

/** The fixed words of our paths. Anything else is a value, which may be an address or a token. */
const WORDS = new Set(
  [
    ...['livez', 'readyz', 'v1', 'invitations', 'accept', 'webhooks', 'twilio', 'sendgrid', 'client-teams', 'staff'],
    ...['activation', 'clients', 'organisation', 'templates', 'imports', 'rows', 'events', 'apply', 'pause', 'resume'],
    ...['docs', 'openapi.json', 'problems', 'cancel', 'retries', 'reminders', 'audit', 'failed-rows.csv', 'report.csv'],
    ...['batches', 'event-tickets', 'webhook-endpoints', 'secret', 'tests', 'deliveries', 'redeliveries'],
    ...['me', 'keys', 'rotations', 'events.ndjson', 'events.csv', 'ignore', 'ignored-rows', 'choices', 'activate'],
    ...['report.xlsx', 'failed-rows.zip', 'people', 'personal-data'],
  ].map((word) => `/${word}`),
);
/** Ids of imports, by which operators follow one. */
const UUID = /^\/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The pattern of a path, with the ids of imports: `/v1/clients/:value`. Without the query. */
export function pathPattern(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1);
  return path.replace(/\/[^/]+/g, (part) => (WORDS.has(part) || UUID.test(part) ? part : '/:value'));
}

interface LoggedRequest {
  id: string;
  method: string;
  url: string;
}

/** Logs each request by method, pattern and status: headers contain keys and names of files, paths and queries addresses. */
export const logRequests = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    serializers: {
      req: ({ id, method, url }: LoggedRequest) => ({ id, method, path: pathPattern(url) }),
      res: ({ statusCode }: { statusCode: number | null }) => ({ statusCode }),
      // It hands over its own description, of which `raw` is the error.
      err: ({ raw }: { raw: unknown }) => describeError(raw),
    },
  });
