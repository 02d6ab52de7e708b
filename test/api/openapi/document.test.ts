import { createConfig, lintFromString } from '@redocly/openapi-core';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodesOf } from '../../../api/openapi/problem-responses';
import { ROUTE_SPECS } from '../../../api/route-specs';
import { createApiDocument, renderDocument } from '../../../api/openapi/document';
import { API_PROBLEM_CODES } from '../../../api/problem-types/index';

const PROJECT = join(__dirname, '../../..');
const kept = readFileSync(join(PROJECT, 'docs/openapi.json'), 'utf8');

interface Content {
  schema?: unknown;
  example?: unknown;
  examples?: unknown;
}
interface Operation {
  operationId: string;
  summary?: string;
  'x-access'?: unknown;
  requestBody?: { required: boolean; content: Record<string, Content> };
  responses: Record<string, { $ref?: string; content?: Record<string, Content> }>;
}
const document = createApiDocument(ROUTE_SPECS) as unknown as { paths: Record<string, Record<string, Operation>> };
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

describe('The document of the API', () => {
  test('is kept as the routes are: else run npm run docs:openapi', () => {
    expect(kept).toBe(renderDocument(ROUTE_SPECS));
  });

  // In a process of its own: the generator is an ES module, which Jest does not load.
  test('has given the client its types: else run npm run docs:openapi', () => {
    const check = ['--import', 'tsx', 'scripts/generate-openapi.ts', '--check'];
    expect(spawnSync(process.execPath, check, { cwd: PROJECT, encoding: 'utf8' })).toMatchObject({ status: 0 });
  });

  test('has no problem that the linter knows, but for a button and a sign-in that lead elsewhere, and a route that only says where to ask', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: kept, config, absoluteRef: join(PROJECT, 'docs/openapi.json') });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([
      [
        'operation-2xx-response',
        'Operation must have at least one `2XX` response.',
        '#/paths/~1join~1{token}/post/responses',
      ],
      ['operation-2xx-response', 'Operation must have at least one `2XX` response.', '#/paths/~1metrics/get/responses'],
      ['operation-2xx-response', 'Operation must have at least one `2XX` response.', '#/paths/~1sign-in/get/responses'],
      [
        'operation-2xx-response',
        'Operation must have at least one `2XX` response.',
        '#/paths/~1sign-in~1callback/get/responses',
      ],
    ]);
  });

  test('says of each route who may use it, and shows an example of each body and answer', () => {
    expect(operations).toHaveLength(ROUTE_SPECS.length);
    for (const { operationId, 'x-access': access, requestBody, responses } of operations) {
      expect([operationId, access]).toEqual([operationId, expect.anything()]);
      const contents = [requestBody, ...Object.values(responses)].flatMap((one) => Object.entries(one?.content ?? {}));
      for (const [type, { schema, example, examples }] of contents) {
        expect([operationId, type, schema !== undefined]).toEqual([operationId, type, true]);
        // A form is better shown by curl than by a text.
        if (type !== 'multipart/form-data') {
          expect([operationId, type, (example ?? examples) !== undefined]).toEqual([operationId, type, true]);
        }
      }
    }
  });

  test.each([
    ['changeOrganisation', false],
    ['rotateKey', false],
    ['rotateWebhookSecret', false],
    ['retryImportInvitations', false],
    ['createKey', true],
    ['applyPlan', true],
    ['uploadFiles', true],
  ])('says whether the body of %s may be left out', (id, required) => {
    expect(operations.find(({ operationId }) => operationId === id)?.requestBody?.required).toBe(required);
  });

  test('names each operation once', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('explains every code that an answer may have', () => {
    const examples = Object.keys((document as unknown as { components: { examples: object } }).components.examples);
    const outsideOfRoutes = ['unknown-route', 'method-not-allowed', 'expectation-failed'];
    // These answer in the words of SCIM, which have no codes of ours.
    const ofScim = ROUTE_SPECS.filter(({ protocol }) => protocol === 'scim').flatMap(problemCodesOf);
    const all = new Set<string>([...examples, ...outsideOfRoutes, ...ofScim]);
    expect([...all].sort()).toEqual([...API_PROBLEM_CODES].sort());
  });

  test.each(ROUTE_SPECS.map((spec) => [spec.operationId, spec] as const))(
    'shows examples of %s that fit their schemas',
    (_name, { body, answers }) => {
      const shown = [...(body ? [body] : []), ...Object.values(answers)].filter((one) => 'json' in one);
      for (const { json, example } of shown) expect(json.safeParse(example).error).toBeUndefined();
    },
  );
});
