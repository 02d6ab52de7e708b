import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { jsonTypeOf } from '../routing/route';
import type { Answer, RouteSpec } from '../routing/route';
import { problemDocument } from '../schemas/problem-schemas';
import { problemComponents, problemResponses } from './problem-responses';

const DESCRIPTION = `Import clients and staff from CSV and Excel files: each line is checked, each person is created once and invited
by e-mail and SMS, and each line ends in one status.

Errors are problem documents (RFC 9457): \`code\` is stable, \`detail\` is for people, \`type\` leads to a page about it.
Fields may be added to answers within /v1; ignore those that you do not know.`;

const TAGS: Readonly<Record<string, string>> = {
  Batches: 'All files of an upload as one thing.',
  Imports: 'Uploaded files, from the upload to the report.',
  Rows: 'The lines of a file, and their corrections.',
  Invitations: 'Messages to people: retries, reminders, acceptance.',
  Templates: 'Files to fill in.',
  Texts: 'What e-mails and SMS say, by language.',
  Dashboard: 'How invitations go.',
  People: 'Clients and staff, and what has happened to them.',
  Provisioning: 'Clients as identity providers keep them: SCIM 2.0 (RFC 7643 and 7644).',
  Clients: 'People who are invited to a client team.',
  Staff: 'People who work for the organisation.',
  'Client teams': 'Whom clients are invited to.',
  Organisation: 'Settings.',
  Access: 'Keys and what a caller may do.',
  'Audit log': 'Who did what, and when.',
  Webhooks: 'What an organisation is told of its imports.',
  'Provider reports': 'What Twilio and SendGrid report about messages.',
  Documentation: 'This document and pages about problems.',
  Health: 'Probes of load balancers and operators.',
};

/** The description of the API (OpenAPI 3.1) that its route definitions amount to. */
export const createApiDocument = (specs: readonly RouteSpec[]) =>
  createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'client-import',
        version: '1',
        description: DESCRIPTION,
        license: { name: 'Proprietary', url: '/docs' },
      },
      servers: [{ url: '/', description: 'This installation.' }],
      security: [{ key: [] }],
      tags: [...new Set(specs.map(({ tag }) => tag))].map((name) => ({ name, description: TAGS[name] ?? '' })),
      paths: pathsOf(specs),
      components: {
        schemas: { ProblemDocument: problemDocument },
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A key of your organisation, with a role.' },
        },
        ...problemComponents(specs),
      },
    },
    { override: openObject },
  );

/** Answers may get further fields, so a reader of the document must not reject them. */
function openObject({
  jsonSchema,
  io,
}: {
  jsonSchema: { additionalProperties?: unknown };
  io: 'input' | 'output';
}): void {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

function pathsOf(specs: readonly RouteSpec[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const spec of specs) (paths[spec.path] ??= {})[spec.method] = operationOf(spec);
  return paths;
}

function operationOf(spec: RouteSpec): ZodOpenApiOperationObject {
  const { operationId, summary, description, tag, access, params, query, headers, deprecated } = spec;
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    tags: [tag],
    ...(deprecated && { deprecated: true }),
    ...(typeof access === 'string' && { security: [] }),
    /** Who may use it: roles of a key, or how a caller without one is known. */
    'x-access': access,
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(headers && { header: headers }) },
    ...bodyOf(spec),
    responses: { ...answersOf(spec), ...problemResponses(spec) },
  };
}

function bodyOf(spec: RouteSpec): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  const { body } = spec;
  if (!body) return {};
  const content =
    'json' in body ? { [jsonTypeOf(spec)]: { schema: body.json, example: body.example } } : { ...body.content };
  // A body whose fields are all optional may be left out.
  const required = !('json' in body) || !body.json.safeParse({}).success;
  return { requestBody: { required, content } };
}

/** Headers of a route that is to go. */
const DEPRECATION = {
  Deprecation: 'Since when the route is deprecated (RFC 9745).',
  Sunset: 'From when on it may be gone (RFC 8594).',
  Link: 'What to use instead, with `rel="deprecation"`.',
};

const answersOf = (spec: RouteSpec): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    Object.entries(spec.answers).map(([status, answer]) => [
      status,
      responseOf(answer, jsonTypeOf(spec), spec.deprecated ? DEPRECATION : {}),
    ]),
  );

function responseOf(answer: Answer, jsonType: string, ofRoute: Readonly<Record<string, string>>) {
  const headers = Object.entries({ ...ofRoute, ...answer.headers }).map(
    ([name, description]) => [name, { description, schema: { type: 'string' } }] as const,
  );
  const content = {
    ...('json' in answer && { [jsonType]: { schema: answer.json, example: answer.example } }),
    ...('written' in answer &&
      Object.fromEntries(
        Object.entries(answer.written ?? {}).map(([type, example]) => [type, { schema: { type: 'string' }, example }]),
      )),
  };
  return {
    description: answer.description,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(Object.keys(content).length > 0 && { content }),
  } as ZodOpenApiResponsesObject['200'];
}

/** As it is kept in `docs/openapi.json`. */
export const renderDocument = (specs: readonly RouteSpec[]): string =>
  `${JSON.stringify(createApiDocument(specs), null, 2)}\n`;
