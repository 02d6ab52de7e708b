import express from 'express';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiServer } from '../../../api/server/server';

/** For so long nginx and the load balancers of AWS keep an unused connection by default. */
const KEPT_BY_PROXIES_SECONDS = 60;

test('A proxy gives up an unused connection before the API does, so that no request is sent into one that ends', async () => {
  const app = express().get('/', (_request, response) => void response.send('here'));
  const server = createApiServer(app, 'http://api.test').listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true });
  const [answer] = (await once(get({ agent, port: (server.address() as AddressInfo).port }), 'response')) as [
    IncomingMessage,
  ];
  agent.destroy();
  server.close();

  const [, seconds] = /^timeout=(\d+)$/.exec(String(answer.headers['keep-alive'])) ?? [];
  expect(Number(seconds)).toBeGreaterThan(KEPT_BY_PROXIES_SECONDS);
});
