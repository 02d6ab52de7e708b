import { Ajv2020 } from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createApiDocument } from '../../api/openapi/document';
import { ROUTE_SPECS } from '../../api/route-specs';

type Json = Record<string, unknown>;
interface DocumentedAnswer {
  content?: Record<string, { schema?: Json; examples?: Json }>;
}
interface Documented {
  paths: Record<string, Record<string, { responses: Record<string, DocumentedAnswer & { $ref?: string }> }>>;
  components: { schemas: Json; responses: Record<string, DocumentedAnswer> };
}

const document = createApiDocument(ROUTE_SPECS) as unknown as Documented;
/** Answers to what belongs to no route. */
const OUTSIDE_OF_ROUTES = [404, 405];

/** A field that the document lacks is a mistake here, though its readers must bear one. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in copy && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (one: Ajv2020) => void)(ajv);
ajv.addSchema({ $id: 'api', components: { schemas: closed(document.components.schemas) } });

const validators = new Map<unknown, ValidateFunction>();
function validatorOf(schema: Json): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const absolute = JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/components', '"api#/components')) as Json;
  const validator = ajv.compile(absolute);
  validators.set(schema, validator);
  return validator;
}

const patterns = Object.keys(document.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`),
}));

interface Seen {
  method: string;
  url: string;
  status: number;
  type: string;
  body: string;
}

/** What is wrong about an answer by the document of the API; `undefined` if nothing is. */
export function violationOf({ method, url, status, type, body }: Seen): string | undefined {
  const [address = ''] = url.split('?');
  const places = patterns.filter(({ pattern }) => pattern.test(address)).map(({ path }) => document.paths[path]!);
  const operation = places.map((place) => place[method === 'HEAD' ? 'get' : method.toLowerCase()]).find(Boolean);
  if (!operation) {
    return OUTSIDE_OF_ROUTES.includes(status) || method === 'OPTIONS' ? undefined : `no route, and yet ${status}`;
  }
  const named = operation.responses[status];
  if (!named) return `the status ${status} is not documented: ${body.slice(0, 300)}`;
  const answer = named.$ref === undefined ? named : document.components.responses[named.$ref.split('/').at(-1)!]!;
  if (method === 'HEAD') return undefined;
  if (!answer.content) return body === '' ? undefined : `${status} has no body by the document`;
  const content = answer.content[type.split(';')[0]!];
  if (!content) return `the type "${type}" of ${status} is not documented`;
  if (!/[/+]json$/.test(type.split(';')[0]!) || !content.schema) return undefined;
  const value = JSON.parse(body) as Json;
  const validator = validatorOf(content.schema);
  if (!validator(value)) return `${ajv.errorsText(validator.errors)} in ${body.slice(0, 300)}`;
  const codes = content.examples && Object.keys(content.examples);
  return codes && !codes.includes(String(value['code']))
    ? `the code "${String(value['code'])}" is not documented`
    : undefined;
}

/** Serves an app, and holds every answer against the document of the API. */
export function checkAnswers(app: RequestListener): { listener: RequestListener; violations: string[] } {
  const violations: string[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    // A router shortens the address while it works.
    const { url = '', method = '' } = request;
    const chunks: Buffer[] = [];
    const [write, end] = [response.write.bind(response), response.end.bind(response)] as unknown as [Writer, Writer];
    response.write = keep(write);
    response.end = keep(end) as unknown as typeof response.end;
    response.once('finish', () => {
      const { statusCode: status } = response;
      const type = String(response.getHeader('content-type') ?? '');
      const violation = violationOf({ method, url, status, type, body: Buffer.concat(chunks).toString() });
      if (violation !== undefined) violations.push(`${method} ${url}: ${violation}`);
    });
    app(request, response);

    function keep(next: Writer): typeof response.write {
      return (chunk?: unknown, ...rest: unknown[]) => {
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
        return next(chunk, ...rest);
      };
    }
  };
  return { listener, violations };
}

type Writer = (...given: unknown[]) => boolean;
