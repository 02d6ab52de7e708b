import type { Request, RequestHandler } from 'express';
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

/** Once it is known: who asked, by organisation and role, and the code of the problem that was the answer. */
function factsOf({ caller, problemCode }: Request): object {
  return {
    ...(caller && { organisationId: caller.organisationId, role: caller.role, keyId: caller.id }),
    ...(problemCode && { code: problemCode }),
  };
}

/** Below it, a provider reports each message: a line for each would hide all others. */
const CALLBACKS = '/v1/webhooks/';

/** Reads and callbacks that succeed come again and again; what changes something, or fails, is worth a line. */
function levelOf(
  { method, originalUrl }: Pick<Request, 'method' | 'originalUrl'>,
  status: number,
  error?: Error,
): 'debug' | 'info' | 'error' {
  if (error || status >= 500) return 'error';
  const isRoutine = method === 'GET' || method === 'HEAD' || originalUrl.startsWith(CALLBACKS);
  return isRoutine && status < 400 ? 'debug' : 'info';
}

/**
 * Logs each request by method, pattern and status, with its id, its organisation and its role: headers contain keys and names of
 * files, paths and queries addresses.
 */
export function logRequests(logger: Logger, routes: readonly { path: string }[]): RequestHandler {
  const pathPattern = createPathPattern(routes);
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    customLogLevel: (request, { statusCode }, error) => levelOf(request as Request, statusCode, error),
    customProps: (request, response) => (response.writableEnded ? factsOf(request as Request) : {}),
    serializers: {
      req: ({ id, method, url }: LoggedRequest) => ({ id, method, path: pathPattern(url) }),
      res: ({ statusCode }: { statusCode: number | null }) => ({ statusCode }),
      // It hands over its own description, of which `raw` is the error.
      err: ({ raw }: { raw: unknown }) => describeError(raw),
    },
  });
}
