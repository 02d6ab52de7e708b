import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import pinoHttp from 'pino-http';
import { describeError } from '../../platform/logger';
import type { Logger } from '../../platform/logger';

/** Ids of imports, by which operators follow one. */
const UUID = /^\/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Makes the pattern of a path, with the ids of imports: `/v1/clients/:value`. Without the query. The fixed words of these routes stay;
 * anything else is a value, which may be an address or a token.
 */
export function createPathPattern(routes: readonly { path: string }[]): (url: string) => string {
  const words = new Set(routes.flatMap(({ path }) => path.match(/\/[^/{]+/g) ?? []));
  return (url) => {
    const [path = ''] = url.split(/[?#]/, 1);
    return path.replace(/\/[^/]+/g, (part) => (words.has(part) || UUID.test(part) ? part : '/:value'));
  };
}

interface LoggedRequest {
  id: string;
  method: string;
  url: string;
}

/** Logs each request by method, pattern and status: headers contain keys and names of files, paths and queries addresses. */
export function logRequests(logger: Logger, routes: readonly { path: string }[]): RequestHandler {
  const pathPattern = createPathPattern(routes);
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    serializers: {
      req: ({ id, method, url }: LoggedRequest) => ({ id, method, path: pathPattern(url) }),
      res: ({ statusCode }: { statusCode: number | null }) => ({ statusCode }),
      // It hands over its own description, of which `raw` is the error.
      err: ({ raw }: { raw: unknown }) => describeError(raw),
    },
  });
}
