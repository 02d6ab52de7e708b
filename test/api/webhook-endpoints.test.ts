import { Webhook } from 'standardwebhooks';
import { announce } from '../../api/temporal/webhook-outbox';
import type { WebhookOutboxDeps } from '../../api/temporal/webhook-outbox';
import { createImportService } from '../../api/temporal/import-service';
import {
  deliveryDetailsSchema,
  endpointSchema,
  endpointWithSecretSchema,
} from '../../api/webhook-endpoints/webhook-schemas';
import { raw, startScriptedProvider } from '../providers/scripted-provider';
import type { ScriptedProvider, Seen } from '../providers/scripted-provider';
import { uniqueName } from '../support/environment';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

interface Delivery {
  id: string;
  eventId: string;
  event: string;
  state: string;
  failure: string | null;
  attemptCount: number;
  attempts: { status: number | null; error: string | null }[];
}
interface Body {
  type: string;
  data: Record<string, unknown> & { status?: string; sequence: number };
}

const bodyOf = ({ body }: Seen): Body => JSON.parse(body) as Body;

describe('Webhook endpoints', () => {
  let stack: Stack;
  let receiver: ScriptedProvider;

  beforeAll(async () => {
    [stack, receiver] = await Promise.all([
      startStack({ WEBHOOKS_TO_LOOPBACK: 'true' }, { outbox: false }),
      startScriptedProvider(),
    ]);
  });
  beforeEach(() => receiver.follow(raw(204)));
  afterEach(async () => void (await stack.db.collection('webhook_endpoints').deleteMany({})));
  afterAll(async () => {
    await Promise.all([stack.stop(), receiver.close()]);
  });

  const post = <T = Record<string, unknown>>(path: string, body: unknown = {}) =>
    stack.api.call<T>('POST', `/v1/webhook-endpoints${path}`, { body: JSON.stringify(body) });
  const create = async (fields: object = {}) =>
    (await post<{ id: string; secret: string }>('', { url: `${receiver.url}/hooks`, ...fields })).body;
  const deliveries = async (id: string, query = ''): Promise<Delivery[]> =>
    (await stack.api.get<{ data: Delivery[] }>(`/v1/webhook-endpoints/${id}/deliveries${query}`)).body.data;
  const outbox = (change: Partial<WebhookOutboxDeps> = {}): WebhookOutboxDeps => ({
    store: stack.store,
    service: createImportService(stack.temporal, stack.name),
    publicUrl: 'http://api.test',
    ...change,
  });
  const round = () => announce(outbox());
  const ended = (id: string, query = '') =>
    until(
      'the deliveries to end',
      () => deliveries(id, query),
      (all) => all.length > 0 && all.every(({ state }) => state !== 'pending'),
    );
  /** An import of so many people whose workflow starts, and its upload. */
  async function importFile(tag: string, change: Parameters<typeof people>[2] = () => ({})) {
    const rows = people(2, tag, change, ++files * 10);
    const { body } = await stack.api.upload({ name: 'Ann Smith.csv', content: toCsv(rows) });
    const { id } = body.imports[0]!;
    const importDoc = (await stack.store.imports.find(id))!;
    await createImportService(stack.temporal, stack.name).start(importDoc);
    await stack.api.rest(id);
    return { id, batch: body.batch, rows };
  }
  let files = 0;

  test('A clean file is announced once it is completed, signed, and without a word about its people', async () => {
    const { id: endpointId, secret } = await create();
    const { id, batch, rows } = await importFile('clean');
    await round();
    await ended(endpointId);

    const bodies = receiver.seen.map(bodyOf).sort((a, b) => a.type.localeCompare(b.type));
    expect(bodies).toMatchObject([
      { type: 'batch.rested', data: { batch, sequence: 1, imports: [{ id, status: 'completed' }] } },
      {
        type: 'import.completed',
        data: {
          ...{ import: id, batch, kind: 'clients', status: 'completed', sequence: 1, lines: 2 },
          rows: { created: 2 },
          invitations: { email: { sent: 2 }, sms: { sent: 2 } },
          links: { self: `http://api.test/v1/imports/${id}` },
        },
      },
    ]);
    for (const { headers, body } of receiver.seen) new Webhook(secret).verify(body, headers as Record<string, string>);
    // Whole words: a signature is random, and has any two letters sooner or later.
    for (const personal of [
      ...rows.flatMap((row) => [row.firstName, row.lastName, row.email, row.mobile]),
      'Ann Smith',
    ])
      expect(JSON.stringify(receiver.seen)).not.toContain(personal);

    const log = await deliveries(endpointId);
    expect(log.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
      ['delivered', 1],
      ['delivered', 1],
    ]);
    expect(log.map(({ eventId }) => eventId).sort()).toEqual(
      receiver.seen.map(({ headers }) => headers['webhook-id']).sort(),
    );
    const details = await stack.api.get(`/v1/webhook-endpoints/${endpointId}/deliveries/${log[0]!.id}`);
    expect(() => deliveryDetailsSchema.parse(details.body)).not.toThrow();
  });

  test('Each status in which an import rests is announced exactly once, whoever crashes in between', async () => {
    const { id: endpointId } = await create({
      events: ['import.needs-attention', 'import.completed', 'import.paused'],
    });
    const { id } = await importFile('states', (_, i) => (i === 1 ? { email: 'nobody' } : {}));
    const announcing = outbox();
    // The process dies after it has written the deliveries, twice; two live ones work at the same time.
    const dying = outbox({
      store: {
        ...stack.store,
        announcements: { ...stack.store.announcements, clear: () => Promise.reject(new Error('killed')) },
      },
    });
    await expect(announce(dying)).rejects.toThrow('killed');
    await expect(announce(dying)).rejects.toThrow('killed');
    await Promise.all([announce(announcing), announce(announcing)]);
    await ended(endpointId);
    expect(receiver.seen.map(bodyOf)).toMatchObject([{ type: 'import.completed', data: { import: id, sequence: 1 } }]);
    const importDoc = await stack.store.imports.find(id);
    expect(importDoc).toMatchObject({ status: 'completed-with-problems', restSequence: 1 });
    expect(importDoc).not.toHaveProperty('unannounced');
  });

  test('An endpoint that is busy is tried again when it asks for it, and the log tells why', async () => {
    const { id } = await create({ events: ['endpoint.test'] });
    let asked = 0;
    receiver.follow((response) => {
      if (++asked === 1) response.writeHead(503, { 'Retry-After': '1' }).end('Ann Smith is out');
      else response.writeHead(204).end();
    });
    const { status, body } = await post<Delivery>(`/${id}/tests`);
    expect(status).toBe(202);
    await round();
    await ended(id);
    const details = await stack.api.get<Delivery>(`/v1/webhook-endpoints/${id}/deliveries/${body.id}`);
    expect(details.body).toMatchObject({
      state: 'delivered',
      attemptCount: 2,
      attempts: [{ status: 503 }, { status: 204 }],
    });
    expect(new Set(receiver.seen.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([body.eventId]));
    expect(JSON.stringify(details.body)).not.toContain('Ann Smith');
  });

  test('An endpoint that is gone is disabled; once it is enabled, the delivery is repeated by hand under the same id', async () => {
    const { id, secret } = await create();
    receiver.follow(raw(410));
    const { body } = await post<Delivery>(`/${id}/tests`);
    await round();
    await ended(id);
    const path = `/${id}/deliveries/${body.id}`;
    expect((await stack.api.get(`/v1/webhook-endpoints${path}`)).body).toMatchObject({
      state: 'failed',
      failure: 'endpoint-gone',
    });
    expect((await stack.api.get(`/v1/webhook-endpoints/${id}`)).body).toMatchObject({
      enabled: false,
      disabledBy: 'gone',
    });
    expect(await post(`${path}/redeliveries`)).toMatchObject({ status: 409, body: { code: 'endpoint-disabled' } });
    expect(await post(`/${id}/tests`)).toMatchObject({ status: 409, body: { code: 'endpoint-disabled' } });

    const enable = { body: JSON.stringify({ enabled: true }) };
    const enabled = await stack.api.call('PATCH', `/v1/webhook-endpoints/${id}`, enable);
    expect(enabled.body).toMatchObject({ enabled: true, disabledBy: null });
    receiver.follow(raw(200));
    // Two clicks are one redelivery.
    const clicks = await Promise.all([post<Delivery>(`${path}/redeliveries`), post<Delivery>(`${path}/redeliveries`)]);
    expect(clicks.map(({ status }) => status)).toEqual([202, 202]);
    await round();
    await ended(id);
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', failure: null, attemptCount: 2 }]);
    const [{ headers, body: sent }] = receiver.seen as [Seen];
    expect(receiver.seen).toHaveLength(1);
    expect(headers['webhook-id']).toBe(body.eventId);
    new Webhook(secret).verify(sent, headers as Record<string, string>);
  });

  test('A secret is shown once; after a rotation both sign until the overlap ends', async () => {
    const created = await post('', { url: `${receiver.url}/hooks`, description: 'ours' });
    expect(created).toMatchObject({ status: 201, body: { previousSecretUntil: null, events: null, enabled: true } });
    const { id, secret } = endpointWithSecretSchema.parse(created.body);
    const shown = await stack.api.get(`/v1/webhook-endpoints/${id}`);
    expect(() => endpointSchema.parse(shown.body)).not.toThrow();
    expect(JSON.stringify(shown.body)).not.toContain('whsec_');

    const rotated = endpointWithSecretSchema.parse((await post(`/${id}/secret`, { overlapHours: 1 })).body);
    expect(Date.parse(rotated.previousSecretUntil!)).toBeGreaterThan(Date.now() + 3_500_000);
    await post(`/${id}/tests`);
    await round();
    await ended(id);
    const [{ headers, body }] = receiver.seen as [Seen];
    for (const one of [secret, rotated.secret]) new Webhook(one).verify(body, headers as Record<string, string>);

    const replaced = endpointWithSecretSchema.parse((await post(`/${id}/secret`, { overlapHours: 0 })).body);
    expect(replaced.previousSecretUntil).toBeNull();
    receiver.follow(raw(204));
    await post(`/${id}/tests`);
    await round();
    await until(
      'the webhook',
      () => Promise.resolve(receiver.seen.length),
      (count) => count === 1,
    );
    const [after] = receiver.seen as [Seen];
    new Webhook(replaced.secret).verify(after.body, after.headers as Record<string, string>);
    expect(() => new Webhook(rotated.secret).verify(after.body, after.headers as Record<string, string>)).toThrow();
  });

  test('What a removed endpoint has not got is not sent, and nobody else sees any of it', async () => {
    const { id } = await create();
    await post(`/${id}/tests`);
    const removed = await fetch(`${stack.url}/v1/webhook-endpoints/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${stack.api.key}` },
    });
    expect(removed.status).toBe(204);
    await round();
    const log = await until(
      'the delivery to fail',
      () => stack.db.collection('webhook_deliveries').findOne({ endpointId: id }),
      (delivery) => delivery?.state === 'failed',
    );
    expect(log).toMatchObject({ failure: 'endpoint-removed', attemptCount: 0 });
    expect(receiver.seen).toEqual([]);
    expect((await stack.api.get(`/v1/webhook-endpoints/${id}`)).status).toBe(404);
    expect((await stack.api.get(`/v1/webhook-endpoints/${id}/deliveries`)).status).toBe(404);
  });

  test('The list and the log come in pages', async () => {
    const ids = [(await create()).id, (await create({ description: 'second' })).id].reverse();
    const first = await stack.api.get<{ data: { id: string }[]; next: string }>('/v1/webhook-endpoints?limit=1');
    expect(first.body.data.map(({ id }) => id)).toEqual([ids[0]]);
    const second = await stack.api.get<{ data: { id: string }[] }>(
      `/v1/webhook-endpoints?limit=1&after=${first.body.next}`,
    );
    expect(second.body.data.map(({ id }) => id)).toEqual([ids[1]]);
    await post(`/${ids[0]}/tests`);
    await post(`/${ids[0]}/tests`);
    const log = await stack.api.get(
      `/v1/webhook-endpoints/${ids[0]}/deliveries?limit=1&event=endpoint.test&state=pending`,
    );
    expect(log.body).toMatchObject({ data: [{ event: 'endpoint.test', lastAttempt: null }] });
    expect(log.headers.get('link')).toBe(
      `<http://api.test/v1/webhook-endpoints/${ids[0]}/deliveries?limit=1&event=endpoint.test&state=pending&after=${(log.body as { next: string }).next}>; rel="next"`,
    );
    expect(await deliveries(ids[0]!, '?state=delivered')).toEqual([]);
  });

  test.each([
    ['http://example.com/hooks', 'https-required'],
    ['https://10.0.0.1/hooks', 'address-refused'],
    ['https://169.254.169.254/latest/meta-data', 'address-refused'],
    ['https://ann:secret@example.com/', 'credentials'],
    ['nonsense', 'url-invalid'],
  ])('%s is refused as an endpoint', async (url) => {
    const { status, body } = await post('', { url });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'endpoint-url-refused', errors: [{ field: 'url' }] });
    expect(await stack.db.collection('webhook_endpoints').countDocuments()).toBe(0);
  });

  test('Only system administrators change endpoints, and support sees none', async () => {
    const { id } = await create();
    const body = JSON.stringify({ url: receiver.url });
    for (const role of ['userAdministrator', 'support'] as const) {
      const caller = stack.as(role);
      for (const [method, path] of [
        ['POST', ''],
        ['PATCH', `/${id}`],
        ['DELETE', `/${id}`],
        ['POST', `/${id}/secret`],
      ] as const)
        expect((await caller.call(method, `/v1/webhook-endpoints${path}`, { body })).status).toBe(403);
    }
    expect((await stack.as('userAdministrator').get(`/v1/webhook-endpoints/${id}/deliveries`)).status).toBe(200);
    for (const path of ['', `/${id}`, `/${id}/deliveries`])
      expect((await stack.as('support').get(`/v1/webhook-endpoints${path}`)).status).toBe(403);
    const elsewhere = `other-${uniqueName('key-')}-${'x'.repeat(24)}`;
    await stack.store.apiKeys.save(elsewhere, 'other', 'systemAdministrator');
    const foreign = await fetch(`${stack.url}/v1/webhook-endpoints/${id}`, {
      headers: { Authorization: `Bearer ${elsewhere}` },
    });
    expect(foreign.status).toBe(404);
  });

  test('A delivery whose day is over has failed, and Temporal holds nothing but ids', async () => {
    const { id } = await create();
    receiver.follow(raw(500, 'Ann Smith'));
    const { body } = await post<Delivery>(`/${id}/tests`);
    await round();
    const handle = stack.temporal.workflow.getHandle(`client-import-webhook:${body.id}:1`);
    await until(
      'an attempt',
      () => deliveries(id),
      ([delivery]) => delivery!.attemptCount > 0,
    );
    // As at the end of the day, the workflow gives up.
    await handle.cancel();
    await ended(id);
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', failure: 'gave-up' }]);
    await handle.result();
    const history = JSON.stringify(await handle.fetchHistory());
    for (const text of [receiver.url, 'Ann', 'whsec_'])
      for (const form of [text, Buffer.from(text).toString('base64').replace(/=+$/, '')])
        expect(history).not.toContain(form);
  });
});

describe('An installation without a key for secrets', () => {
  test('takes no webhook endpoint, and says what is missing', async () => {
    const stack = await startStack({ SECRETS_KEY: '' }, { worker: false, outbox: false });
    try {
      const body = JSON.stringify({ url: 'https://example.com/hooks' });
      const answer = await stack.api.call<{ code: string }>('POST', '/v1/webhook-endpoints', { body });
      expect([answer.status, answer.body.code]).toEqual([409, 'secrets-key-missing']);
      expect((await stack.api.get<{ data: object[] }>('/v1/webhook-endpoints')).body.data).toEqual([]);
    } finally {
      await stack.stop();
    }
  });
});
