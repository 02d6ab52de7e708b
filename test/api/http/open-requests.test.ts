import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createKeySecret } from '../../../store/access/api-keys';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { createApiCaller } from '../../support/api-caller';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

/** Within this time of its end no API process accepts a key, in milliseconds; and what a busy machine may add. */
const WITHIN_MS = 1000;
const SLACK_MS = 1500;

describe('A key that ends while a stream is open', () => {
  let stack: Stack;
  let importId: string;
  beforeAll(async () => {
    // Without a worker the import stays queued, and its stream open.
    stack = await startStack({}, { worker: false, outbox: false });
    importId = await stack.api.importId(toCsv(people(1, 'stream')));
  });
  afterAll(() => stack.stop());

  async function createKey(name: string, expiresAt?: Date): Promise<{ secret: string; id: string }> {
    const key = { organisationId: DEMO_ORGANISATION_ID, name, role: 'support', expiresAt } as const;
    const secret = createKeySecret();
    return { secret, id: (await stack.store.apiKeys.create(key, secret))!._id };
  }

  async function openStream(secret: string): Promise<{ isOpen: () => boolean; closed: Promise<unknown> }> {
    const headers = { Authorization: `Bearer ${secret}` };
    const request = get(`${stack.url}/v1/imports/${importId}/events`, { headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.on('error', () => undefined).resume();
    return { isOpen: () => !response.closed, closed: once(response, 'close').catch(() => undefined) };
  }

  test('A revoked key is refused at once, and its stream ends within a second; the streams of others go on', async () => {
    const [revoked, other] = [await createKey('revoked'), await createKey('other')];
    const [ending, going] = [await openStream(revoked.secret), await openStream(other.secret)];
    const at = Date.now();
    await stack.store.apiKeys.revoke(DEMO_ORGANISATION_ID, revoked.id);
    expect((await createApiCaller(stack.url, revoked.secret).get('/v1/organisation')).status).toBe(401);
    await ending.closed;
    expect(Date.now() - at).toBeLessThan(WITHIN_MS + SLACK_MS);
    expect(going.isOpen()).toBe(true);
  });

  test('A secret that was rotated without an overlap ends its stream, and the new one opens another', async () => {
    const { secret, id } = await createKey('rotated');
    const ending = await openStream(secret);
    const newer = createKeySecret();
    await stack.store.apiKeys.rotate(DEMO_ORGANISATION_ID, id, { secret: newer, overlapMs: 0 });
    const going = await openStream(newer);
    await ending.closed;
    expect(going.isOpen()).toBe(true);
  });

  test('A stream ends with the time of its key', async () => {
    const expiresAt = new Date(Date.now() + 3_000);
    const { closed } = await openStream((await createKey('short', expiresAt)).secret);
    await closed;
    const late = Date.now() - expiresAt.getTime();
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(WITHIN_MS + SLACK_MS);
  });
});
