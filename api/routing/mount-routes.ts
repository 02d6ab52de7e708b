import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { allow } from '../http/authenticate';
import type { Budget } from '../http/budget';
import { HttpProblem, temporarilyUnavailable } from '../http/http-problem';
import { jsonBody, parse } from '../http/parse';
import { jsonTypeOf, SCIM_JSON, WRITTEN } from './route';
import type { Deprecation, Route, RouteSpec } from './route';

export interface MountDeps {
  /** Knows the caller by its key, or throws a 401. */
  authenticate: RequestHandler;
  /** Bound what a known caller may ask for. */
  limits: readonly RequestHandler[];
  strangers: Budget;
  /** Records what a known caller does by a route. */
  audit: (spec: RouteSpec) => RequestHandler;
}

/** Serves routes as they are defined, and answers 405 for the methods that none of them has. */
export function mountRoutes(routes: readonly Route[], deps: MountDeps): Router {
  const router = Router();
  for (const path of new Set(routes.map(({ spec }) => spec.path))) {
    const ofPath = routes.filter(({ spec }) => spec.path === path);
    const at = router.route(toExpressPath(path));
    for (const one of ofPath) at[one.spec.method](...middlewareOf(one, deps));
    at.all(otherMethods(ofPath, deps.strangers));
  }
  return router;
}

const toExpressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

function middlewareOf({ spec, before, handle }: Route, { authenticate, limits, audit }: MountDeps): RequestHandler[] {
  const { access, deprecated, body } = spec;
  return [
    ...(deprecated ? [announce(deprecated)] : []),
    ...(typeof access === 'string' ? [] : [authenticate, ...limits, audit(spec), allow(...access)]),
    negotiate(spec),
    ...before,
    ...(body && 'json' in body ? [body.reader ?? jsonBody] : []),
    async (request, response) => {
      if (request.isGivenUp) throw temporarilyUnavailable('It was answered before anything was done.');
      const reply = await handle(inputOf(spec, request), request, response);
      if (reply !== WRITTEN) await send(request, response, reply as SentReply, spec);
    },
  ];
}

function inputOf({ params, query, body }: RouteSpec, request: Request) {
  return {
    params: params && parseParams(params, request.params),
    query: query && parse(query, request.query, 'query'),
    body: body && 'json' in body ? parse(body.json, (request.body as unknown) ?? {}, 'body') : undefined,
  };
}

/** An address that no id can have is that of nothing. The schema says of what. */
function parseParams(schema: z.ZodType, params: Request['params']): unknown {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(404, 'not-found', parsed.error.issues[0]!.message);
}

interface SentReply {
  status: number;
  json?: unknown;
  headers?: Readonly<Record<string, string>>;
}

async function send(
  request: Request,
  response: Response,
  { status, json, headers = {} }: SentReply,
  { protocol }: RouteSpec,
): Promise<void> {
  // Before the answer: who has it, finds the entry.
  await request.audit?.complete({ status, answer: json });
  if (request.isGivenUp) return;
  const { Link: link, ...others } = headers;
  response.status(status).set(others);
  // Beside that of a route that is to go.
  if (link !== undefined) response.append('Link', link);
  // Else it is that of Express.
  if (json !== undefined && protocol === 'scim') response.set('Content-Type', SCIM_JSON);
  if (json === undefined) response.end();
  else response.json(json);
}

/** Before anything is done: a caller who cannot read the answer would not know what has happened. */
function negotiate(spec: RouteSpec): RequestHandler {
  // Who speaks another protocol may still ask for JSON of any kind (RFC 7644, section 3.8).
  const inJson = [...new Set([jsonTypeOf(spec), 'application/json'])];
  const types = Object.values(spec.answers).flatMap((answer) => [
    ...('json' in answer ? inJson : []),
    ...('written' in answer ? Object.keys(answer.written ?? {}) : []),
  ]);
  return (request, _response, next) => {
    if (types.length === 0 || request.accepts(types) !== false) return next();
    const detail = `This route answers in ${types.join(' or ')}, which the header Accept excludes. Nothing was done.`;
    throw new HttpProblem(406, 'not-acceptable', detail);
  };
}

function announce({ since, sunset, link }: Deprecation): RequestHandler {
  const headers = {
    Deprecation: `@${Date.parse(since) / 1000}`,
    Sunset: new Date(sunset).toUTCString(),
    Link: `<${link}>; rel="deprecation"; type="text/html"`,
  };
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}

function otherMethods(routes: readonly Route[], strangers: Budget): RequestHandler {
  const methods = routes.flatMap(({ spec: { method } }) =>
    method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  );
  const allowed = [...methods, 'OPTIONS'].join(', ');
  return (request, response) => {
    if (!request.caller) strangers.spend(request);
    if (request.method === 'OPTIONS') return void response.status(204).set('Allow', allowed).end();
    const detail = `${request.method} is not a method of ${request.path}. Methods: ${allowed}.`;
    throw new HttpProblem(405, 'method-not-allowed', detail, { headers: { Allow: allowed } });
  };
}
