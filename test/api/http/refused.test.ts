import express from 'express';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { serialiseAnswers } from '../../../api/http/answers';
import { createBudget } from '../../../api/http/budget';
import { checkHead } from '../../../api/server/check-head';
import { handleErrors, unknownRoute } from '../../../api/http/error-handler';
import { logRequests } from '../../../api/http/request-log';
import { createApiServer } from '../../../api/server/server';
import { createPagesRoutes } from '../../../api/pages/pages-router';
import { createApiDocument } from '../../../api/openapi/document';
import { ROUTE_SPECS } from '../../../api/route-specs';
import { mountRoutes } from '../../../api/routing/mount-routes';
import { defineRoute, json, jsonOf, reply, route } from '../../../api/routing/route';
import { createLogger } from '../../../platform/logger';
import { z } from 'zod';

const PUBLIC = 'http://api.test';
const echo = defineRoute({
  method: 'post',
  path: '/v1/echo/{line}',
  operationId: 'echo',
  summary: 'Answers with what it got',
  tag: 'Test',
  access: 'none',
  params: z.object({
    line: z
      .string()
      .regex(/^\d+$/, { error: ({ input }) => `There is no line "${String(input)}".` })
      .transform(Number),
  }),
  query: z.strictObject({ limit: z.coerce.number().int().default(5) }),
  body: jsonOf(z.strictObject({ word: z.string() }), { word: 'yes' }),
  answers: {
    200: json('It.', z.object({ line: z.int(), limit: z.int(), word: z.string() }), { line: 1, limit: 5, word: 'yes' }),
  },
  deprecated: { since: '2026-11-01', sunset: '2027-05-01', link: `${PUBLIC}/docs` },
});

describe('A request that is refused', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const strangers = createBudget({ perSecond: 1, burst: 1000 });
    const authenticate = () => {
      throw new Error('No route here has a key');
    };
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const routes = [
      ...createPagesRoutes(ROUTE_SPECS),
      route(echo, async ({ params: { line }, query: { limit }, body: { word } }) =>
        reply(200, { line, limit, word }, { Link: '</v1/echo/2>; rel="next"' }),
      ),
    ];
    const app = express()
      .use(logRequests(createLogger('test', 'silent', silent), []), serialiseAnswers, checkHead)
      .use(
        mountRoutes(routes, { authenticate, limits: [], strangers, audit: () => authenticate }),
        unknownRoute(strangers),
        handleErrors(PUBLIC),
      );
    server = createApiServer(app, PUBLIC).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const JSON_TYPE = { 'Content-Type': 'application/json' };
  const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE) =>
    fetch(`${url}${path}`, { method: 'POST', body, headers });
  const problem = (status: number, code: string) => ({
    type: `${PUBLIC}/problems/${code}`,
    title: expect.any(String) as string,
    status,
    code,
    detail: expect.any(String) as string,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });

  test('gives the handler checked values with their defaults, if it is valid', async () => {
    const answer = await post('/v1/echo/17', '{"word":"yes"}');
    expect([answer.status, await answer.json()]).toEqual([200, { line: 17, limit: 5, word: 'yes' }]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      deprecation: '@1793491200',
      sunset: 'Sat, 01 May 2027 00:00:00 GMT',
      link: `<${PUBLIC}/docs>; rel="deprecation"; type="text/html", </v1/echo/2>; rel="next"`,
    });
    const { paths } = createApiDocument([echo]) as unknown as { paths: Record<string, Record<string, unknown>> };
    expect(paths['/v1/echo/{line}']!['post']).toMatchObject({
      deprecated: true,
      responses: { 200: { headers: { Deprecation: {}, Sunset: {}, Link: {} } } },
    });
  });

  test.each<[string, () => Promise<Response>, number, string]>([
    ['an unknown address', () => post('/v1/nowhere', ''), 404, 'unknown-route'],
    ['an address that no line has', () => post('/v1/echo/first', '{"word":"yes"}'), 404, 'not-found'],
    ['an Accept that excludes JSON', () => post('/v1/echo/1', '{}', { Accept: 'text/csv' }), 406, 'not-acceptable'],
    ['a malformed address', () => post('/v1/echo/%E0', '{}'), 400, 'bad-request'],
    ['broken JSON', () => post('/v1/echo/1', '{"word":'), 400, 'bad-request'],
    ['a body that is too large', () => post('/v1/echo/1', `"${'x'.repeat(200_000)}"`), 413, 'body-too-large'],
    ['XML', () => post('/v1/echo/1', '<a/>', { 'Content-Type': 'text/xml' }), 415, 'unsupported-media-type'],
    [
      'another encoding',
      () => post('/v1/echo/1', '{}', { 'Content-Type': 'application/json; charset=latin1' }),
      415,
      'unsupported-media-type',
    ],
    ['an address of 9,000 characters', () => fetch(`${url}/docs?${'x'.repeat(9000)}`), 414, 'uri-too-long'],
  ])('says so in a problem document: %s', async (_name, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toEqual(problem(status, code));
  });

  test('names each invalid field', async () => {
    const answer = await post('/v1/echo/1', '{"word":1,"more":2}');
    expect(await answer.json()).toMatchObject({
      ...problem(400, 'invalid-request'),
      errors: [
        {
          field: 'word',
          pointer: '#/word',
          code: 'wrong-type',
          detail: 'Must be text in quotation marks, not a number',
        },
        {
          ...{ field: 'more', pointer: '#/more', code: 'unknown' },
          detail: 'There is no such field; check the spelling, or leave it out',
        },
      ],
    });
  });

  test('names each invalid parameter', async () => {
    const answer = await post('/v1/echo/1?limit=many&page=2', '{"word":"yes"}');
    expect(await answer.json()).toMatchObject({
      ...problem(400, 'invalid-request'),
      errors: [
        { field: 'limit', parameter: 'limit', code: 'wrong-type' },
        { field: 'page', parameter: 'page', code: 'unknown' },
      ],
    });
  });

  test('names the methods of an address that has others', async () => {
    const answer = await fetch(`${url}/v1/echo/1`, { method: 'PUT' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect(await answer.json()).toEqual(problem(405, 'method-not-allowed'));
    const asked = await fetch(`${url}/docs`, { method: 'OPTIONS' });
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  test.each([
    ['no HTTP at all', 'nonsense\r\n\r\n', 400, 'bad-request'],
    ['a header without a name', 'GET /docs HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n', 400, 'bad-request'],
    ['20 kB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\n\r\n', 417, 'expectation-failed'],
  ])('is answered also where Node does not parse it: %s', async (_name, sent, status, code) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(sent);
    let answer = '';
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      answer += chunk.toString();
      if (answer.endsWith('}')) break;
    }
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*application/problem\\+json`));
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toEqual(problem(status, code));
  });

  test('has a page that its type leads to, for people and for programs', async () => {
    const page = await fetch(`${url}/problems/plan-outdated`, { headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringMatching(/^default-src 'none'/),
    ]);
    expect(await page.text()).toContain('<h1>409 Plan outdated</h1>');
    const told = await fetch(`${url}/problems/last-name.missing`, { headers: { Accept: 'application/json' } });
    expect(await told.json()).toMatchObject({ code: 'last-name.missing', status: null, title: 'Error' });
    expect((await fetch(`${url}/problems/nonsense`)).status).toBe(404);
    expect(await (await fetch(`${url}/problems`)).text()).toContain('href="problems/plan-outdated"');
  });

  test('is described on a page whose parts all come from here', async () => {
    const page = await fetch(`${url}/docs`);
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/);
    const text = await page.text();
    const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part!);
    expect(parts).toHaveLength(3);
    for (const part of parts) expect((await fetch(`${url}/${part}`)).status).toBe(200);
    expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  });
});
