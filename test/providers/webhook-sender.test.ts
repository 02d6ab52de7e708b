import { createHmac } from 'node:crypto';
import type { lookup, LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { createWebhookSender } from '../../providers/webhook-endpoints/webhook-sender';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
/** A busy machine takes its time to answer. */
const PATIENCE_MS = 10_000;
const OLDER = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;

interface Seen {
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

describe('The sender of webhooks', () => {
  let server: Server;
  let url: string;
  let connections = 0;
  let answer: RequestListener;
  const seen: Seen[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      void (async () => {
        let body = '';
        for await (const chunk of request) body += String(chunk);
        seen.push({ url: request.url!, headers: request.headers, body });
        answer(request, response);
      })();
    }).listen(0, '127.0.0.1');
    server.on('connection', () => connections++);
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  beforeEach(() => {
    seen.length = 0;
    connections = 0;
    answer = (_, response) => response.writeHead(204).end();
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const local = createWebhookSender({ allowsLoopback: true, deadlineMs: PATIENCE_MS });
  const message = (change = {}) => ({ url, secrets: [SECRET], eventId: 'event-1', body: '{"type":"é"}', ...change });

  test('Its signature is that of the Standard Webhooks', async () => {
    expect(await local(message())).toEqual({ status: 204, error: null });
    const [{ headers, body }] = seen as [Seen];
    expect(body).toBe('{"type":"é"}');
    expect(headers).toMatchObject({ 'webhook-id': 'event-1', 'content-type': 'application/json' });
    new Webhook(SECRET).verify(body, headers as Record<string, string>);
    // As the specification words it, by another implementation of HMAC.
    const signed = `event-1.${String(headers['webhook-timestamp'])}.${body}`;
    const hmac = createHmac('sha256', Buffer.alloc(24, 1)).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${hmac}`);
  });

  test('During a rotation both secrets verify it', async () => {
    await local(message({ secrets: [SECRET, OLDER] }));
    const [{ headers, body }] = seen as [Seen];
    for (const secret of [SECRET, OLDER]) new Webhook(secret).verify(body, headers as Record<string, string>);
    const stranger = new Webhook(Buffer.alloc(24, 3).toString('base64'));
    expect(() => stranger.verify(body, headers as Record<string, string>)).toThrow('No matching signature');
  });

  test('A redirect is an answer like any other, and is not followed', async () => {
    answer = (_, response) => response.writeHead(307, { Location: `${url}/inner` }).end();
    expect(await local(message())).toEqual({ status: 307, error: null });
    expect(seen.map(({ url: path }) => path)).toEqual(['/hooks']);
  });

  test('It reads when to come back, and nothing else of the answer', async () => {
    answer = (_, response) => {
      response.writeHead(503, { 'Retry-After': '7' });
      response.write('x'.repeat(1_000_000));
    };
    expect(await local(message())).toEqual({ status: 503, error: null, retryAfterMs: 7_000 });
  });

  test('An endpoint that is silent is left at the deadline', async () => {
    answer = () => undefined;
    const hasty = createWebhookSender({ allowsLoopback: true, deadlineMs: 1_000 });
    const begun = Date.now();
    expect(await hasty(message())).toEqual({ status: null, error: 'deadline' });
    expect(Date.now() - begun).toBeLessThan(3_000);
  });

  test('An endpoint that is not there has a code, not a text', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    expect(await local(message({ url: `http://127.0.0.1:${port}/` }))).toEqual({ status: null, error: 'ECONNREFUSED' });
  });

  /** A resolver that answers with these addresses, one answer a look-up. */
  function resolving(...answers: string[][]) {
    const asked: string[] = [];
    const resolve = ((name: string, _: unknown, callback: (error: null, addresses: LookupAddress[]) => void) => {
      const addresses = answers[Math.min(asked.length, answers.length - 1)]!;
      asked.push(name);
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as unknown as typeof lookup;
    return { asked, resolve };
  }

  test.each([
    ['this machine', ['127.0.0.1']],
    ['a private network', ['10.0.0.1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['this machine in IPv6', ['::ffff:127.0.0.1']],
    ['this machine besides a public address', ['8.8.8.8', '127.0.0.1']],
    ['nothing', []],
  ])('A name that resolves to %s gets no connection', async (_what, addresses) => {
    const { asked, resolve } = resolving(addresses);
    const send = createWebhookSender({ allowsLoopback: false, deadlineMs: PATIENCE_MS, resolve });
    const { port } = new URL(url);
    expect(await send(message({ url: `https://hooks.example:${port}/` }))).toEqual({
      status: null,
      error: 'address-refused',
    });
    expect(asked).toEqual(['hooks.example']);
    expect(connections).toBe(0);
  });

  test('A name that resolves to another address the second time is connected to what was checked, and asked once', async () => {
    const { asked, resolve } = resolving(['127.0.0.1'], ['10.0.0.1']);
    const send = createWebhookSender({ allowsLoopback: true, deadlineMs: PATIENCE_MS, resolve });
    const { port } = new URL(url);
    // Plain HTTP goes to local names only.
    expect(await send(message({ url: `http://a.localhost:${port}/` }))).toEqual({ status: 204, error: null });
    expect(asked).toEqual(['a.localhost']);
    expect(await send(message({ url: `http://a.localhost:${port}/` }))).toEqual({
      status: null,
      error: 'address-refused',
    });
    expect(connections).toBe(1);
  });

  test.each(['http://127.0.0.1', 'https://127.0.0.1', 'https://[::1]', 'https://2130706433', 'https://localhost'])(
    '%s is refused without a look-up, also where it was stored before the rule',
    async (origin) => {
      const { asked, resolve } = resolving(['8.8.8.8']);
      const send = createWebhookSender({ allowsLoopback: false, deadlineMs: PATIENCE_MS, resolve });
      expect(await send(message({ url: `${origin}:${new URL(url).port}/` }))).toEqual({
        status: null,
        error: 'address-refused',
      });
      expect(asked).toEqual([]);
      expect(connections).toBe(0);
    },
  );
});
