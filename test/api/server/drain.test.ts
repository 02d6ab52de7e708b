import express from 'express';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareDrain } from '../../../api/server/drain';
import { createApiServer } from '../../../api/server/server';

/** So long that no test waits for it, unless it is about it. */
const LONG_MS = 60_000;

describe('The end of the API server', () => {
  let server: Server;
  const agents: Agent[] = [];
  let release: () => void;
  let arrived: Promise<void>;
  afterEach(() => {
    for (const agent of agents.splice(0)) agent.destroy();
    server.closeAllConnections();
    server.close();
  });

  async function start(graceMs: number): Promise<() => Promise<void>> {
    const app = express();
    const released = new Promise<void>((resolve) => (release = resolve));
    let arrive: () => void;
    arrived = new Promise((resolve) => (arrive = resolve));
    app.get('/quick', (_request, response) => void response.send('quick'));
    app.get('/held', async (_request, response) => {
      arrive();
      await released;
      response.send('held');
    });
    app.get('/stream', (_request, response) => {
      response.write('begins');
      arrive();
    });
    server = createApiServer(app, 'http://api.test').listen(0, '127.0.0.1');
    const drain = prepareDrain(server, graceMs);
    await once(server, 'listening');
    return drain;
  }

  /** A client with one connection that it keeps. */
  function client() {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    const { port } = server.address() as AddressInfo;
    return (path: string) =>
      new Promise<{ text: string; connection: string | undefined }>((resolve, reject) => {
        request({ agent, port, path }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve({ text, connection: response.headers.connection }));
          response.on('error', reject);
        })
          .on('error', reject)
          .end();
      });
  }

  test('A request under way is answered in full, and its connection ends with it', async () => {
    const drain = await start(LONG_MS);
    const answer = client()('/held');
    await arrived;
    const drained = drain();
    release();
    expect(await answer).toEqual({ text: 'held', connection: 'close' });
    await drained;
  });

  test('A request that comes by a connection from before is answered, and its connection ends with it', async () => {
    const drain = await start(LONG_MS);
    const again = client();
    const accepted = once(server, 'connection');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await accepted;
    const drained = drain();
    socket.setEncoding('utf8').write('GET /quick HTTP/1.1\r\nHost: api.test\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += chunk as string;
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n(.+\r\n)*Connection: close\r\n(.+\r\n)*\r\nquick$/);
    await drained;
    await expect(again('/quick')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('An answer that does not end is cut after the grace', async () => {
    const drain = await start(200);
    const stream = client()('/stream');
    stream.catch(() => undefined);
    await arrived;
    const startedAt = Date.now();
    await drain();
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(190);
    await expect(stream).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('An idle connection does not delay the end', async () => {
    const drain = await start(LONG_MS);
    await client()('/quick');
    // The server counts it as idle only once the answer has left.
    await pause(0);
    await drain();
  });
});
