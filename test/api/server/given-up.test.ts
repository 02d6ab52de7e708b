import express from 'express';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { handleErrors } from '../../../api/http/error-handler';
import { jsonBody } from '../../../api/http/parse';
import { logRequests } from '../../../api/http/request-log';
import { createApiServer } from '../../../api/server/server';
import { watchStore } from '../../../api/server/watch-store';
import { createLogger } from '../../../platform/logger';

const WATCH = { patienceMs: 100, lookEveryMs: 20, looks: 6 };
/** As long as a request lives that nobody gives up, in milliseconds. */
const SLOW_MS = 1_000;
const PUBLIC = 'http://api.test';

describe('A request that waits', () => {
  let server: Server;
  let port: number;
  let answers: () => Promise<void>;
  /** Ends when the handler that goes on after its answer has ended. */
  let late: Promise<void>;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  beforeAll(async () => {
    const app = express().use(logRequests(createLogger('test', 'silent'), []));
    app.use(watchStore({ ping: () => answers() }, WATCH, PUBLIC));
    app.get('/slow', async (_request, response) => {
      await pause(SLOW_MS);
      response.json({ done: true });
    });
    app.get('/fails-late', async (_request, response) => {
      await once(response, 'finish');
      late = pause(50);
      throw new Error('The driver has given up');
    });
    app.get('/answers-late', async (_request, response) => {
      await once(response, 'finish');
      late = pause(50);
      response.json({ done: true });
    });
    app.post('/body', jsonBody, (incoming, response) => void response.json(incoming.body));
    app.use(handleErrors(PUBLIC));
    server = createApiServer(app, PUBLIC).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => (answers = () => new Promise(() => undefined)));
  afterAll(() => {
    agent.destroy();
    server.close();
    server.closeAllConnections();
  });

  async function get(path: string) {
    const asked = request({ port, path, agent }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const from = asked.socket!.localPort;
    return { status: response.statusCode, headers: response.headers, body: await text(response), from };
  }

  test('It is given up when the database does not answer', async () => {
    const { status, headers, body } = await get('/slow');
    expect({ status, retryAfter: headers['retry-after'], type: headers['content-type'] }).toEqual({
      ...{ status: 503, retryAfter: '5' },
      type: 'application/problem+json; charset=utf-8',
    });
    expect(JSON.parse(body)).toMatchObject({
      code: 'temporarily-unavailable',
      type: `${PUBLIC}/problems/temporarily-unavailable`,
    });
  });

  test('An error of the database is no answer either', async () => {
    answers = () => Promise.reject(new Error('connection refused'));
    expect((await get('/slow')).status).toBe(503);
  });

  test('It is let wait when the database answers', async () => {
    let asked = 0;
    answers = async () => void asked++;
    expect((await get('/slow')).status).toBe(200);
    expect(asked).toBeGreaterThan(1);
  });

  test('It is let wait when the database answers late, but in time', async () => {
    answers = () => pause(WATCH.lookEveryMs * 1.5);
    expect((await get('/slow')).status).toBe(200);
  });

  test.each(['/fails-late', '/answers-late'])(
    'What ends after its answer (%s) spoils nothing of its connection',
    async (path) => {
      const first = await get(path);
      expect(first.status).toBe(503);
      await late;
      answers = () => Promise.resolve();
      const next = await get('/slow');
      expect([next.status, next.from]).toEqual([200, first.from]);
    },
  );

  test('One whose body is still coming is not given up, and one whose body has stopped is', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '40' };
    const asked = request({ port, path: '/body', method: 'POST', headers });
    const response = once(asked, 'response') as Promise<[IncomingMessage]>;
    let isAnswered = false;
    void response.then(() => (isAnswered = true));
    for (let i = 0; i < 30; i++) {
      asked.write(' ');
      await pause(20);
    }
    expect(isAnswered).toBe(false);
    const [{ statusCode }] = await response;
    expect(statusCode).toBe(503);
    asked.destroy();
  });
});
