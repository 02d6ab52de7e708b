import { CURSOR } from '../http/http-problem';
import { API_PROBLEM_CODES, API_PROBLEMS } from '../problem-types/index';
import type { ApiProblemCode } from '../problem-types/index';
import { SCIM_JSON } from '../routing/route';
import type { RouteSpec } from '../routing/route';
import { scimError, scimErrorExample } from '../scim/scim-schemas';

/** Problems that any request may end in, whatever its route. */
const OF_EVERY_REQUEST = [
  ...(['bad-request', 'request-timeout', 'uri-too-long', 'too-many-requests', 'headers-too-large'] as const),
  ...(['internal-error', 'temporarily-unavailable'] as const),
];

/** The codes of every problem that a route may answer with. */
export function problemCodesOf({
  method,
  access,
  params,
  query,
  body,
  answers,
  problems = [],
}: RouteSpec): ApiProblemCode[] {
  const hasContent = Object.values(answers).some((answer) => !('empty' in answer));
  const codes = new Set<ApiProblemCode>([
    ...OF_EVERY_REQUEST,
    ...(typeof access === 'string' ? [] : (['unauthorised', 'forbidden'] as const)),
    // Whoever may read may ask for what is not masked.
    ...(method === 'get' && typeof access !== 'string' && access.includes('support')
      ? (['unmasking-forbidden'] as const)
      : []),
    ...(method !== 'get' && typeof access !== 'string' ? (['cross-site-request'] as const) : []),
    ...(params ? (['not-found'] as const) : []),
    ...(query || body ? (['invalid-request'] as const) : []),
    ...(query && CURSOR in query.shape ? (['unknown-cursor'] as const) : []),
    ...(body ? (['request-broken-off', 'body-too-large', 'unsupported-media-type'] as const) : []),
    ...(hasContent ? (['not-acceptable'] as const) : []),
    ...problems,
  ]);
  return API_PROBLEM_CODES.filter((code) => codes.has(code));
}

const CONTENT_TYPE = 'application/problem+json';
const SCHEMA = { $ref: '#/components/schemas/ProblemDocument' };
const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'How to send a key.' },
  429: { 'Retry-After': 'Seconds until the request may be sent again.' },
  503: { 'Retry-After': 'Seconds until the request may be sent again.' },
};

const exampleOf = (code: ApiProblemCode) => {
  const { status, title, meaning, fix } = API_PROBLEMS[code];
  return {
    summary: title,
    value: {
      type: `https://import.example.com/problems/${code}`,
      title,
      status,
      code,
      detail: `${meaning} ${fix}`,
      requestId: '0c0f7b7e-3a0d-4f6e-9d55-6f1f6d1b2a10',
    },
  };
};

/** Node refuses these before anybody knows for which route the request is. */
const OF_THE_PARSER: ReadonlySet<ApiProblemCode> = new Set(['bad-request', 'request-timeout', 'headers-too-large']);

type Form = 'documents' | 'pages' | 'scim';
const formOf = ({ protocol, problemsAsPages }: RouteSpec): Form =>
  protocol ?? (problemsAsPages ? 'pages' : 'documents');

function contentOf(codes: readonly ApiProblemCode[], form: Form) {
  const documents = (those: readonly ApiProblemCode[]) => ({
    [CONTENT_TYPE]: {
      schema: SCHEMA,
      examples: Object.fromEntries(those.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  });
  if (form === 'scim') {
    const ofParser = codes.filter((code) => OF_THE_PARSER.has(code));
    return {
      [SCIM_JSON]: { schema: scimError, example: scimErrorExample },
      ...(ofParser.length > 0 && documents(ofParser)),
    };
  }
  return {
    ...documents(codes),
    ...(form === 'pages' && { 'text/html': { schema: { type: 'string' as const }, example: '<!doctype html>' } }),
  };
}

/** One response of a status with these problems. */
function responseOf(status: number, codes: readonly ApiProblemCode[], form: Form) {
  const headers = Object.entries(HEADERS[status] ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return {
    description: codes.map((code) => `${API_PROBLEMS[code].title} (\`${code}\`)`).join('; '),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) as Record<string, unknown> }),
    content: contentOf(codes, form),
  };
}

/** The name of a response in the document: routes with the same problems share it. */
const nameOf = (codes: readonly ApiProblemCode[], form: Form): string =>
  [...codes, ...(form === 'documents' ? [] : [form])].join('.');

/** The problems of a route by status. An answer of the route itself, such as 503 of a health check, has a schema of its own. */
function problemsByStatus(spec: RouteSpec): Map<number, ApiProblemCode[]> {
  const byStatus = new Map<number, ApiProblemCode[]>();
  for (const code of problemCodesOf(spec)) {
    const { status } = API_PROBLEMS[code];
    if (!(status in spec.answers)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

export const problemResponses = (spec: RouteSpec): Record<string, { $ref: string }> =>
  Object.fromEntries(
    [...problemsByStatus(spec)].map(([status, codes]) => [
      status,
      { $ref: `#/components/responses/${nameOf(codes, formOf(spec))}` },
    ]),
  );

/** What the responses of all routes refer to. */
export function problemComponents(specs: readonly RouteSpec[]) {
  const responses = specs.flatMap((spec) => {
    const form = formOf(spec);
    return [...problemsByStatus(spec)].map(
      ([status, codes]) => [nameOf(codes, form), responseOf(status, codes, form)] as const,
    );
  });
  // Those of another protocol are not problem documents.
  const codes = new Set(specs.filter((spec) => formOf(spec) !== 'scim').flatMap(problemCodesOf));
  return {
    responses: Object.fromEntries(responses) as Record<string, never>,
    examples: Object.fromEntries([...codes].map((code) => [code, exampleOf(code)])),
  };
}
