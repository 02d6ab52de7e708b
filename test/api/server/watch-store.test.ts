import { randomUUID } from 'node:crypto';
import type { ApiCaller, UploadAnswer } from '../../support/api-caller';
import { sharedServers } from '../../support/environment';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { startTcpProxy } from '../../support/tcp-proxy';
import type { TcpProxy } from '../../support/tcp-proxy';
import { until } from '../../support/until';

/** The promise of the API, in milliseconds, and what a busy machine may add. */
const WITHIN_MS = 3_000;
const SLACK_MS = 1_500;
const JSON_TYPE = { 'Content-Type': 'application/json' };

async function timed<T>(ask: () => Promise<T>): Promise<T & { ms: number }> {
  const since = performance.now();
  const answer = await ask();
  return { ...answer, ms: performance.now() - since };
}

describe('A database that is frozen', () => {
  let link: TcpProxy;
  let stack: Stack;
  let importId: string;
  beforeAll(async () => {
    const { hostname, port } = new URL(sharedServers().mongodbUri);
    link = await startTcpProxy({ host: hostname, port: Number(port) });
    const uri = `mongodb://127.0.0.1:${link.port}/?directConnection=true`;
    stack = await startStack({ MONGODB_URI: uri }, { worker: false });
    importId = await stack.api.importId(toCsv(people(2, 'frozen')));
  });
  afterAll(async () => {
    link.set({ kind: 'clear' });
    await stack.stop();
    await link.close();
  });
  const freeze = () => link.set({ kind: 'black-hole' });
  const thaw = () => link.set({ kind: 'clear' });

  const ann = JSON.stringify({ firstName: 'Ann', lastName: 'Lee', email: 'ann@x.example', mobile: '+447911123456' });
  const invite = (api: ApiCaller, key: string) =>
    api.call<UploadAnswer>('POST', '/v1/clients', { body: ann, headers: { ...JSON_TYPE, 'Idempotency-Key': key } });
  const small = { name: 'small.csv', content: toCsv(people(3, 'frozensmall')) };
  // More than stays in memory, so that its pieces go to the database while it is received.
  const large = { name: 'large.csv', content: toCsv(people(2, 'frozenlarge')) + '\n'.repeat(4_000_000) };

  test('Every kind of request is answered within three seconds, and may be sent again', async () => {
    const keys = { byHand: randomUUID(), small: randomUUID() };
    const upload = () => stack.api.uploadAs({ 'Idempotency-Key': keys.small }, {}, small);
    freeze();
    const answers = await Promise.all([
      timed(() => stack.api.get(`/v1/imports/${importId}`)),
      timed(() => stack.api.get(`/v1/imports/${importId}/events`)),
      timed(() => stack.api.get(`/v1/imports/${importId}/report.csv`)),
      timed(() => stack.api.call('POST', `/v1/imports/${importId}/pause`)),
      timed(() => invite(stack.api, keys.byHand)),
      timed(upload),
      timed(() => stack.api.upload(large)),
      timed(() => stack.api.call('POST', '/v1/invitations/accept', { body: '{"token":"unknown"}' })),
    ]);
    for (const { status, body, headers, ms } of answers) {
      expect({ status, body }).toMatchObject({ status: 503, body: { code: 'temporarily-unavailable' } });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(ms).toBeLessThan(WITHIN_MS + SLACK_MS);
    }
    thaw();

    const again = [await invite(stack.api, keys.byHand), await upload()];
    expect(again.map(({ status }) => status)).toEqual([202, 202]);
    // Whether the first request has done it or this one, it was done once.
    const third = [await invite(stack.api, keys.byHand), await upload()];
    expect(third.map(({ body }) => body.batch)).toEqual(again.map(({ body }) => body.batch));
    const { body } = await stack.api.get<{ data: { fileName: string }[] }>('/v1/imports');
    expect(body.data.map(({ fileName }) => fileName).sort()).toEqual(['by-hand.csv', 'clients.csv', 'small.csv']);
  });

  test('A command that had begun ends once, and the audit log has its outcome', async () => {
    const { id } = (await stack.api.upload({ name: 'begun.csv', content: toCsv(people(2, 'begun')) })).body.imports[0]!;
    // The command is noted, and then carried out.
    const begin = stack.store.auditLog.begin;
    stack.store.auditLog.begin = async (record) => {
      await begin(record);
      freeze();
    };
    const answer = await stack.api.call('POST', `/v1/imports/${id}/cancel`);
    stack.store.auditLog.begin = begin;
    expect(answer.status).toBe(503);
    thaw();
    const entries = await until(
      'the entry of the command',
      async () =>
        (await stack.api.get<{ data: { action: string; status: number }[] }>(`/v1/events?import=${id}`)).body.data,
      (all) => all.some(({ action }) => action === 'cancelImport'),
    );
    const { status } = entries.find(({ action }) => action === 'cancelImport')!;
    const isCancelling = (await stack.api.get<{ cancelling: boolean }>(`/v1/imports/${id}`)).body.cancelling;
    expect({ status: status < 300, isCancelling }).toEqual({ status: isCancelling, isCancelling });
  });

  test('A server that is slow and answers keeps nobody from an answer', async () => {
    link.set({ kind: 'latency', ms: 400 });
    const { status, ms } = await timed(() => stack.api.get('/v1/imports?limit=5'));
    thaw();
    expect(status).toBe(200);
    expect(ms).toBeGreaterThan(1_000);
  });

  test('The probe of load balancers says that it is down', async () => {
    freeze();
    const probe = await timed(() => stack.api.get('/readyz'));
    thaw();
    expect(probe).toMatchObject({ status: 503, body: { mongodb: 'down', temporal: 'up' } });
    expect(probe.ms).toBeLessThan(WITHIN_MS + SLACK_MS);
  });
});

describe('A Temporal server that is frozen', () => {
  let link: TcpProxy;
  let stack: Stack;
  beforeAll(async () => {
    const [host, port] = sharedServers().temporalAddress.split(':') as [string, string];
    link = await startTcpProxy({ host, port: Number(port) });
    stack = await startStack({}, { worker: false, outbox: false, temporalAddress: `127.0.0.1:${link.port}` });
  });
  afterAll(async () => {
    link.set({ kind: 'clear' });
    await stack.stop();
    await link.close();
  });

  test('Uploads are accepted, and everything is answered within three seconds', async () => {
    link.set({ kind: 'black-hole' });
    const accepted = await timed(() => stack.api.upload({ name: 'a.csv', content: toCsv(people(2, 'notemporal')) }));
    expect(accepted.status).toBe(202);
    const { id } = accepted.body.imports[0]!;
    const audited = await timed(() => stack.api.get(`/v1/imports/${id}/audit`));
    expect(audited.status).toBeLessThan(500);
    const probe = await timed(() => stack.api.get('/readyz'));
    expect(probe).toMatchObject({ status: 503, body: { mongodb: 'up', temporal: 'down' } });
    for (const { ms } of [accepted, audited, probe]) expect(ms).toBeLessThan(WITHIN_MS + SLACK_MS);
  });
});
