import express from 'express';
import { MongoNetworkError } from 'mongodb';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import pinoHttp from 'pino-http';
import { createBudget } from '../../api/http/budget';
import { handleErrors, unknownRoute } from '../../api/http/error-handler';
import { mountRoutes } from '../../api/routing/mount-routes';
import { createWebhooksRoutes, batchReports } from '../../api/webhooks/webhooks-router';
import type { WebhooksDeps } from '../../api/webhooks/webhooks-router';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { WebhookRequest } from '../../providers/webhook-reader';

const report = (eventId: string): ProviderReport => ({ eventId, channel: 'sms', kind: 'delivered', invitationId: 'i' });

describe('The addresses for what providers tell', () => {
  let server: Server;
  let url: string;
  let read: WebhookRequest[];
  let written: ProviderReport[];
  let fault: Error | undefined;

  beforeAll(async () => {
    const strangers = createBudget({ perSecond: 1, burst: 1000 });
    const reader = {
      isSignatureLike: (headers: WebhookRequest['headers']) => headers['x-signature'] !== undefined,
      read(request: WebhookRequest) {
        read.push(request);
        if (request.headers['x-signature'] !== 'good') return 'forged' as const;
        return request.rawBody.length === 0 ? [] : [report(request.rawBody.toString())];
      },
    };
    const apply = async (reports: readonly ProviderReport[]) => {
      if (fault) throw fault;
      written.push(...reports);
      return { importIds: [] };
    };
    const store = { reports: { apply } } as unknown as WebhooksDeps['store'];
    const authenticate = () => {
      throw new Error('Providers have no key');
    };
    const app = express()
      .use(pinoHttp({ logger: pino({ level: 'silent' }) }))
      .use(
        mountRoutes(createWebhooksRoutes({ store, webhooks: { twilio: reader } }, strangers), {
          authenticate,
          strangers,
        }),
      )
      .use(unknownRoute(strangers), handleErrors('http://api.test'));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/webhooks`;
  });
  beforeEach(() => {
    read = [];
    written = [];
    fault = undefined;
  });
  afterAll(() => void server.close());

  async function post(path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, { method: 'POST', body, headers: { 'x-signature': 'good', ...headers } });
    const text = await response.text();
    return { status: response.status, code: text && (JSON.parse(text) as { code: string }).code };
  }

  test('When a report is signed, then it is written down before it is confirmed', async () => {
    expect(await post('/twilio?invitation=a%3A1&x=%20', 'event-1')).toEqual({ status: 204, code: '' });
    expect(written).toEqual([report('event-1')]);
    expect(read[0]!.url).toBe('/v1/webhooks/twilio?invitation=a%3A1&x=%20');
  });

  test('When a report is forged, then it is refused and nothing is written down', async () => {
    expect(await post('/twilio', 'event-1', { 'x-signature': 'bad' })).toEqual({
      status: 403,
      code: 'signature-invalid',
    });
    expect(written).toEqual([]);
  });

  test('When it says nothing that we understand, then it is confirmed, so that it does not come again', async () => {
    expect((await post('/twilio', '')).status).toBe(204);
  });

  test.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain; charset=utf-16'])(
    'When it comes as %s, then its bytes are taken as they are',
    async (type) => {
      await post('/twilio', Buffer.from([0xff, 0xfe, 0x00]), { 'Content-Type': type });
      expect([...read[0]!.rawBody]).toEqual([0xff, 0xfe, 0x00]);
    },
  );

  test('When the database is away, then the provider is asked to come again', async () => {
    fault = new MongoNetworkError('away');
    expect(await post('/twilio', 'event-1')).toEqual({ status: 503, code: 'temporarily-unavailable' });
  });

  test('When a body is too large, or packed, then it is refused unread', async () => {
    expect((await post('/twilio', 'x'.repeat(64 * 1024 + 1))).status).toBe(413);
    expect((await post('/twilio', gzipSync('event-1'), { 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect(read).toEqual([]);
  });

  test('When a provider is not set up, or is none, then there is no such address', async () => {
    expect(await post('/sendgrid', 'event-1')).toEqual({ status: 404, code: 'webhook-not-set-up' });
    expect(await post('/another', 'event-1')).toEqual({ status: 404, code: 'unknown-route' });
    const asked = await fetch(`${url}/twilio`);
    expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});

describe('Reports that come while others are being written down', () => {
  test('When many come one by one, then they are written down together and in order, and a fault is told to each', async () => {
    const batches: string[][] = [];
    const steps: ((error?: Error) => void)[] = [];
    const take = batchReports((reports) => {
      batches.push(reports.map(({ eventId }) => eventId));
      return new Promise<void>((resolve, reject) => steps.push((error) => (error ? reject(error) : resolve())));
    });
    const first = take([report('1')]);
    await Promise.resolve();
    await Promise.resolve();
    const others = ['2', '3', '4'].map((id) => take([report(id)]));
    steps[0]!();
    await first;
    await new Promise(setImmediate);
    const last = take([report('5')]);
    steps[1]!(new Error('away'));
    const ends = (await Promise.allSettled(others)).map(({ status }) => status);
    expect(ends).toEqual(['rejected', 'rejected', 'rejected']);
    await new Promise(setImmediate);
    steps[2]!();
    await last;
    expect(batches).toEqual([['1'], ['2', '3', '4'], ['5']]);
  });
});
