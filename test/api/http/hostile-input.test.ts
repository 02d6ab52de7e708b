import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { RouteSpec } from '../../../api/routing/route';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

const API = join(__dirname, '..', '..', '..', 'api');
/** Valid ids of nothing: what follows them is checked all the same. */
const ID = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';

/** Every route, from the files that define them. */
async function allRoutes(): Promise<RouteSpec[]> {
  const files = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('-routes.ts'));
  const modules = await Promise.all(files.map((file) => import(join(API, file)) as Promise<object>));
  const found = modules
    .flatMap((module) => Object.values(module) as unknown[])
    .filter((value): value is RouteSpec => typeof value === 'object' && value !== null && 'operationId' in value);
  return [...new Map(found.map((spec) => [spec.operationId, spec])).values()];
}

/** What MongoDB would take for a condition, and JavaScript for more than a value. */
const OPERATORS = [{ $ne: null }, { $gt: '' }, { $where: 'sleep(9999)' }, { $in: [] }, [{ $ne: null }], [['a']]];
const isScim = (path: string): boolean => path.startsWith('/scim/v2/');
/** For each of these in each field of each route, one request after the other, on a busy machine. */
const ALL_BODIES_MS = 180_000;
const KEYS = ['$where', '$or', '__proto__', 'constructor', 'prototype', 'a.b', 'a[$ne]', ''];

describe('Operators, prototype keys and lists in place of texts', () => {
  let stack: Stack;
  let routes: RouteSpec[];
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false });
    routes = await allRoutes();
  });
  afterAll(() => stack.stop());

  /** Texts have ids that say what they are. */
  const idIn = (path: string): string => (path.startsWith('/v1/texts/') ? 'email:de' : ID);
  const pathOf = ({ path }: RouteSpec): string =>
    path.replace(/\{(\w+)\}/g, (_all, name) => (name === 'line' ? '2' : name === 'name' ? 'clients' : idIn(path)));
  async function statusOf(spec: RouteSpec, query: string, body?: string | FormData): Promise<number> {
    const response = await fetch(`${stack.url}${pathOf(spec)}${query}`, {
      method: spec.method.toUpperCase(),
      headers: {
        Authorization: `Bearer ${stack.api.key}`,
        ...(typeof body === 'string' && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    });
    await response.body?.cancel();
    return response.status;
  }
  type Wrong = [operationId: string, what: string, status: number];

  const queriesOf = ({ query }: RouteSpec): string[] => [
    ...Object.keys(query!.shape).flatMap((name) => [
      `${name}[$ne]=x`,
      `${name}=a&${name}=b`,
      `${name}[]=a`,
      `${name}[__proto__][x]=1`,
    ]),
    ...KEYS.map((key) => `${encodeURIComponent(key)}=1`),
  ];

  test('A query with them is answered by 400, on every route with parameters', async () => {
    const wrong: Wrong[] = [];
    const withQuery = routes.filter(({ query, problemsAsPages, path }) => query && !problemsAsPages && !isScim(path));
    expect(withQuery.length).toBeGreaterThan(3);
    for (const spec of withQuery) {
      for (const query of queriesOf(spec)) {
        const status = await statusOf(spec, `?${query}`);
        if (status !== 400) wrong.push([spec.operationId, query, status]);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('An identity provider is answered as if it had not sent them (RFC 7644, 3.4.2), but for a parameter that is given twice', async () => {
    const scim = routes.filter(({ query, path }) => query && isScim(path));
    expect(scim.length).toBeGreaterThan(3);
    for (const spec of scim) {
      const plain = await statusOf(spec, '');
      for (const query of queriesOf(spec)) {
        const expected = query.includes('&') ? 400 : plain;
        expect([spec.operationId, query, await statusOf(spec, `?${query}`)]).toEqual([
          spec.operationId,
          query,
          expected,
        ]);
      }
    }
  });

  test('A page for people passes them over, as it does what mail programs append to its link', async () => {
    const pages = routes.filter(({ query, problemsAsPages }) => query && problemsAsPages);
    expect(pages.length).toBeGreaterThan(0);
    for (const spec of pages) {
      const plain = await statusOf(spec, '');
      const statuses = await Promise.all(queriesOf(spec).map((query) => statusOf(spec, `?${query}`)));
      expect([spec.operationId, ...new Set(statuses)]).toEqual([spec.operationId, plain]);
    }
  });

  test(
    'A body with them is answered by 400, on every route with one and in each of its fields',
    async () => {
      const wrong: Wrong[] = [];
      const withJson = routes.filter(({ body }) => body && 'json' in body);
      expect(withJson.length).toBeGreaterThan(10);
      for (const spec of withJson) {
        const { example } = spec.body as { example: Record<string, unknown> };
        const fields = Object.entries(example).filter(([, value]) => typeof value !== 'object' || value === null);
        const bodies = [
          ...fields.flatMap(([name]) => OPERATORS.map((operator) => JSON.stringify({ ...example, [name]: operator }))),
          ...Object.keys(example).map((name) => JSON.stringify({ ...example, [name]: { $ne: null } })),
          ...KEYS.map((key) => JSON.stringify(example).replace(/\}$/, `,${JSON.stringify(key)}:{"$ne":null}}`)),
          ...OPERATORS.map((operator) => JSON.stringify(operator)),
        ].map((body) => body.replace(/^\{,/, '{'));
        for (const body of bodies) {
          const status = await statusOf(spec, '', body);
          if (status !== 400) wrong.push([spec.operationId, body, status]);
        }
      }
      expect(wrong).toEqual([]);
    },
    ALL_BODIES_MS,
  );

  test('A form with them is answered by 400, and nothing of it stays', async () => {
    const upload = routes.find(({ operationId }) => operationId === 'uploadFiles')!;
    const { schema } = Object.values((upload.body as { content: Record<string, { schema: z.ZodObject }> }).content)[0]!;
    const names = Object.keys(schema.shape).filter((name) => name !== 'files');
    const forms: [what: string, fields: [string, string][]][] = [
      ...names.flatMap((name): [string, [string, string][]][] => [
        [`${name}[$ne]`, [[`${name}[$ne]`, 'x']]],
        [
          `two of ${name}`,
          [
            [name, 'clients'],
            [name, 'staff'],
          ],
        ],
        [`${name}[__proto__]`, [[`${name}[__proto__]`, 'x']]],
        // A sheet may have any name.
        ...(name === 'sheet'
          ? []
          : [[`an operator as ${name}`, [[name, '{"$ne":null}']]] as [string, [string, string][]]]),
      ]),
      ...KEYS.map((key): [string, [string, string][]] => [key, [[key, 'x']]]),
    ];
    const wrong: Wrong[] = [];
    for (const [what, fields] of forms) {
      const form = new FormData();
      for (const [name, value] of fields) form.append(name, value);
      form.append('files', new Blob(['First Name\n']), 'a.csv');
      const status = await statusOf(upload, '', form);
      if (status !== 400) wrong.push([upload.operationId, what, status]);
    }
    expect(wrong).toEqual([]);
    const left = ['imports', 'uploads.files', 'uploads.chunks', 'pending_uploads'];
    expect(await Promise.all(left.map((name) => stack.db.collection(name).countDocuments()))).toEqual([0, 0, 0, 0]);
  });

  test('An id with them is that of nothing, and a key with them is none', async () => {
    const ids = ['{"$ne":null}', '[$ne]', '__proto__', 'constructor', '%00', '..%2f..%2fetc%2fpasswd', "' || '1'=='1"];
    const statuses = await Promise.all(
      ids.map(async (id) => {
        const path = `/v1/imports/${id.includes('%') ? id : encodeURIComponent(id)}`;
        return (await fetch(stack.url + path, { headers: { Authorization: `Bearer ${stack.api.key}` } })).status;
      }),
    );
    expect(statuses).toEqual(ids.map(() => 404));
    const key = await fetch(`${stack.url}/v1/imports`, { headers: { Authorization: 'Bearer {"$ne":null}' } });
    expect(key.status).toBe(401);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
