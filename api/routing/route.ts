import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Role } from '../../store/documents';
import type { ApiProblemCode } from '../problem-types/index';

/** Who may use a route: the roles of a key, or callers without one. */
export type Access =
  | readonly Role[]
  /** Everybody. */
  | 'none'
  /** Who has the token of an invitation. */
  | 'token'
  /** A provider, by its signature. */
  | 'webhook';

/** An answer in JSON. */
export interface JsonAnswer<T extends z.ZodType = z.ZodType> {
  description: string;
  json: T;
  example: z.input<T>;
  /** Other formats of the same answer, which the handler writes itself; see `WrittenAnswer`. */
  written?: Readonly<Record<string, string>>;
  /** Further headers by name, each with its meaning. */
  headers?: Readonly<Record<string, string>>;
}
/** An answer that the handler writes itself: a file, events, a page. */
export interface WrittenAnswer {
  description: string;
  /** By media type, without parameters. The text is an example of the content. */
  written: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}
export interface EmptyAnswer {
  description: string;
  empty: true;
  headers?: Readonly<Record<string, string>>;
}
export type Answer = JsonAnswer | WrittenAnswer | EmptyAnswer;

/** An answer in JSON. The example is one of the schema. */
export const json = <T extends z.ZodType>(
  description: string,
  schema: T,
  example: z.input<NoInfer<T>>,
  headers: Readonly<Record<string, string>> = {},
): JsonAnswer<T> => ({ description, json: schema, example, headers });

/** A body in JSON, which is parsed before the handler runs. */
export interface JsonBody<T extends z.ZodType = z.ZodType> {
  json: T;
  example: z.input<T>;
  /** Reads the bytes; `jsonBody` if absent. */
  reader?: RequestHandler;
}
/** A body that the handler, or a middleware before it, reads and checks. Each media type has a schema for the document. */
export interface OtherBody {
  content: Readonly<Record<string, { schema: z.ZodType; example?: unknown }>>;
}

export const jsonOf = <T extends z.ZodType>(
  schema: T,
  example: z.input<NoInfer<T>>,
  reader?: RequestHandler,
): JsonBody<T> => ({ json: schema, example, ...(reader && { reader }) });

/** A route as callers see it: the one source of its checks, its types and its place in the document of the API. */
export interface RouteSpec {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI has it: `/v1/imports/{id}`. */
  path: `/${string}`;
  /** Unique; the typed client and its readers find the route by it. */
  operationId: string;
  summary: string;
  description?: string;
  tag: string;
  access: Access;
  /** One schema a parameter. An invalid one is answered with 404 `not-found` and the message of its schema. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Headers of the request, for the document; the handler reads them itself. */
  headers?: z.ZodObject;
  body?: JsonBody | OtherBody;
  /** By status. */
  answers: Readonly<Record<number, Answer>>;
  /** The problems of this route, beside those that every route of its kind has. */
  problems?: readonly ApiProblemCode[];
  /** Its readers are people with a browser: they get the problems as pages, too. */
  problemsAsPages?: true;
  /** Of another protocol: its bodies, answers and problems have a media type of their own. */
  protocol?: 'scim';
  /** Its handler names what it makes before it makes it (`AuditTrail.announce`), so the audit log needs no note before that. */
  announces?: true;
  /** Set once the route is to go: answers then carry `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link` to the reason. */
  deprecated?: Deprecation;
}

export interface Deprecation {
  /** Days as `2027-01-31`: since when it is deprecated, and from when on it may be gone. */
  since: string;
  sunset: string;
  /** A page about what to use instead. */
  link: string;
}

export const SCIM_JSON = 'application/scim+json';

/** In which JSON a route reads and answers. */
export const jsonTypeOf = ({ protocol }: Pick<RouteSpec, 'protocol'>): string =>
  protocol === 'scim' ? SCIM_JSON : 'application/json';

/** Types of `spec` as narrow as they are written. */
export const defineRoute = <const S extends RouteSpec>(spec: S): S => spec;

/** What the handler gets: everything checked, with defaults filled in. */
export interface Input<S extends RouteSpec> {
  params: S extends { params: infer T extends z.ZodType } ? z.output<T> : unknown;
  query: S extends { query: infer T extends z.ZodType } ? z.output<T> : unknown;
  body: S extends { body: { json: infer T extends z.ZodType } } ? z.output<T> : unknown;
}

/** For an answer that the handler has written itself. */
export const WRITTEN = Symbol('written');

type ReplyTo<Status, A> =
  A extends JsonAnswer<infer T>
    ? JsonReply<Status, z.input<T>> | (A extends WrittenAnswer ? typeof WRITTEN : never)
    : A extends EmptyAnswer
      ? { status: Status; headers?: Readonly<Record<string, string>> }
      : typeof WRITTEN;
interface JsonReply<Status, Json> {
  status: Status;
  json: Json;
  headers?: Readonly<Record<string, string>>;
}
/** What a handler returns: one of the answers of its route. */
export type Reply<S extends RouteSpec> = {
  [Status in keyof S['answers']]: ReplyTo<Status, S['answers'][Status]>;
}[keyof S['answers']];

/** An answer in JSON. */
export const reply = <const Status extends number, Json>(
  status: Status,
  json: Json,
  headers: Readonly<Record<string, string>> = {},
) => ({ status, json, headers });
/** An answer without a body. */
export const emptyReply = <const Status extends number>(
  status: Status,
  headers: Readonly<Record<string, string>> = {},
) => ({ status, headers });

export type Handler<S extends RouteSpec> = (input: Input<S>, request: Request, response: Response) => Promise<Reply<S>>;

/** A route with the code that answers it. */
export interface Route {
  spec: RouteSpec;
  before: readonly RequestHandler[];
  handle: (input: Input<RouteSpec>, request: Request, response: Response) => Promise<unknown>;
}

/** Binds a handler to its route. What stands in `before` runs after the check of the role and before the body is read. */
export const route = <S extends RouteSpec>(
  spec: S,
  handle: Handler<S>,
  before: readonly RequestHandler[] = [],
): Route => ({ spec, before, handle: handle as Route['handle'] });
