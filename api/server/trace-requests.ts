import type { RequestHandler } from 'express';
import type { Tracing } from '../../platform/tracing/tracing';
import type { CommandTraces } from '../temporal/command-traces';
import { whenClosed } from '../when-closed';

/**
 * A span for each request, which goes on a trace of the caller. It tells the pattern of the route and never the path, whose parts may be
 * an address or a token.
 */
export const traceRequests =
  (tracing: Tracing, commands: Pick<CommandTraces, 'note'>): RequestHandler =>
  (request, response, next) => {
    const { method } = request;
    const options = { name: method, kind: 'server' as const, parent: request.get('traceparent') };
    void tracing.span(options, async (span) => {
      commands.note(method, request.path);
      next();
      await new Promise<void>((resolve) => whenClosed(response, resolve));
      // Express knows it once a route has matched.
      const { path: route } = (request.route ?? {}) as { path?: string };
      const { statusCode } = response;
      if (route !== undefined) span.rename(`${method} ${route}`);
      span.set({
        'http.request.method': method,
        'http.response.status_code': statusCode,
        ...(route !== undefined && { 'http.route': route }),
        ...(request.problemCode && { 'error.type': request.problemCode }),
        ...(request.caller && { 'client_import.organisation': request.caller.organisationId }),
        'client_import.request': request.id as string,
      });
      if (statusCode >= 500 || !response.writableFinished) span.fail();
    });
  };
