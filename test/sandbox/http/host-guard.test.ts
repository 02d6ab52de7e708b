import { request } from 'node:http';
import { startSandbox } from '../../../sandbox/server';
import type { Sandbox } from '../../../sandbox/server';
import { makeDataDir, useSandbox } from '../support/sandbox';

const sandbox = useSandbox();

/** What a browser would be answered that reached this address under the name. */
const answerTo = (at: string, host: string, path = '/', method = 'GET') =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(at);
    const sent = request({ hostname, port, path, method, headers: { Host: host } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end();
  });

test.each([
  'localhost',
  'localhost:8025',
  'LOCALHOST:1',
  'localhost.',
  '127.0.0.1',
  '127.0.0.1:8025',
  '127.8.9.1',
  '[::1]',
  '[::1]:8025',
])('When the sandbox is called as %j, then it answers', async (host) => {
  expect((await answerTo(sandbox.url(), host)).status).toBe(200);
});

test.each([
  'attacker.example',
  'attacker.example:8025',
  'localhost.attacker.example',
  '127.0.0.1.attacker.example:8025',
  'localhost@attacker.example',
  'attacker.example:localhost',
  'notlocalhost',
  'sandbox:8025',
  '192.168.0.7:8025',
  '0.0.0.0:8025',
  '[::2]:8025',
  '[fe80::1]',
])('When the sandbox is called as %j, then it shows nothing and says under which names it answers', async (host) => {
  const { status, text } = await answerTo(sandbox.url(), host);
  expect(status).toBe(421);
  expect(text).toContain('answers only under localhost, 127.0.0.1 and [::1]');
  expect(text).toContain('SANDBOX_HOSTS');
});

test.each([
  ['GET', '/'],
  ['GET', '/inbox'],
  ['GET', '/healthz'],
  ['GET', '/__ledger'],
  ['GET', '/__webhooks'],
  ['DELETE', '/__ledger'],
  ['POST', '/__faults'],
  ['POST', '/v3/mail/send'],
  ['GET', `/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`],
  ['GET', '/nothing'],
])('When a foreign name is used for %s %s, then it is refused', async (method, path) => {
  expect((await answerTo(sandbox.url(), 'attacker.example', path, method)).status).toBe(421);
});

describe('with names of its own', () => {
  let named: Sandbox;
  beforeAll(async () => {
    named = await startSandbox({
      host: '127.0.0.1',
      port: 0,
      dataDir: makeDataDir(),
      latencyMs: 0,
      hosts: ['Sandbox'],
    });
  });
  afterAll(() => named.close());

  test.each<[string, number]>([
    ['sandbox:8025', 200],
    ['SANDBOX', 200],
    ['localhost', 200],
    ['sandbox.attacker.example', 421],
    ['mysandbox', 421],
  ])('When it is called as %j, then the status is %i', async (host, status) => {
    expect((await answerTo(named.url, host)).status).toBe(status);
  });
});
