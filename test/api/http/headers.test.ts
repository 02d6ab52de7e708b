import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dataHeaders, securityHeaders } from '../../../api/server/security-headers';
import { loadConfig } from '../../../platform/config';

/** The headers of an answer with these settings. */
async function headersWith(settings: Record<string, string>): Promise<Headers> {
  const app = express().use(securityHeaders(loadConfig(settings).http));
  app.get('/v1/x', dataHeaders, (_request, response) => void response.json({}));
  app.get('/page', (_request, response) => void response.json({}));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return (await fetch(`http://127.0.0.1:${port}/v1/x`)).headers;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test('Data is not stored, and a browser that shows it loads and runs nothing', async () => {
  const headers = await headersWith({});
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers.get('x-powered-by')).toBeNull();
});

test.each([
  [{ PUBLIC_URL: 'http://api.example.com' }, null],
  [{ PUBLIC_URL: 'https://api.example.com' }, 'max-age=31536000; includeSubDomains'],
  [{ PUBLIC_URL: 'https://api.example.com', HSTS_SECONDS: '60' }, 'max-age=60; includeSubDomains'],
  [{ PUBLIC_URL: 'https://api.example.com', HSTS_SECONDS: '0' }, null],
])('With %j browsers are told %j about TLS', async (settings, told) => {
  expect((await headersWith(settings as Record<string, string>)).get('strict-transport-security')).toBe(told);
});
