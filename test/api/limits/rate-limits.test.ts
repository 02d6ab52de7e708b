import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

const LIMITS = { perKey: 20, perOrganisation: 36, failures: 10, filesPerDay: 2 };

describe('The limits of the API', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(
      {
        RATE_LIMIT_PER_KEY: `${LIMITS.perKey}`,
        RATE_LIMIT_PER_ORGANISATION: `${LIMITS.perOrganisation}`,
        RATE_LIMIT_FAILURES: `${LIMITS.failures}`,
        UPLOAD_FILES_PER_DAY: `${LIMITS.filesPerDay}`,
      },
      { worker: false, outbox: false },
    );
  });
  afterAll(() => stack.stop());

  const statusesOf = async (count: number, ask: () => Promise<{ status: number }>): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i++) statuses.push((await ask()).status);
    return statuses;
  };
  const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

  test('A network may try so many wrong keys; a key that was right before works on', async () => {
    expect((await stack.api.get('/v1/organisation')).status).toBe(200);
    const wrong = () => fetch(`${stack.url}/v1/imports`, { headers: { Authorization: `Bearer ${'w'.repeat(30)}` } });
    expect(await statusesOf(LIMITS.failures + 2, wrong)).toEqual([...times(LIMITS.failures, 401), 429, 429]);
    const answer = await wrong();
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'too-many-requests' });
    expect((await stack.api.get('/v1/organisation')).status).toBe(200);
  });

  test('A network may try so many wrong tokens', async () => {
    const guess = () =>
      fetch(`${stack.url}/v1/invitations/accept`, { method: 'POST', body: JSON.stringify({ token: 'guessed' }) });
    expect(await statusesOf(LIMITS.failures + 1, guess)).toEqual([...times(LIMITS.failures, 404), 429]);
  });

  test('An organisation may upload so much a day, of more nothing stays, and the next is not even received', async () => {
    const file = (name: string) => ({ name: `${name}.csv`, content: toCsv(people(1, name)) });
    expect((await stack.api.upload(file('quota1'))).status).toBe(202);
    const over = await stack.api.upload(file('quota2'), file('quota3'));
    expect(over).toMatchObject({ status: 429, body: { code: 'upload-quota-used-up' } });
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(80_000);
    const key = { 'Idempotency-Key': 'the last one' };
    expect((await stack.api.uploadAs(key, {}, file('quota2'))).status).toBe(202);
    const next = await stack.api.call<{ code: string }>('POST', '/v1/imports', {
      body: 'not even a form',
      headers: { 'Content-Type': 'multipart/form-data' },
    });
    expect(next).toMatchObject({ status: 429, body: { code: 'upload-quota-used-up' } });
    const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', mobile: '+447911123456' };
    const byHand = await stack.api.call('POST', '/v1/clients', { body: JSON.stringify(ann) });
    expect(byHand).toMatchObject({ status: 429, body: { code: 'upload-quota-used-up' } });
    // What was imported before is answered again.
    expect((await stack.api.uploadAs(key, {}, file('quota2'))).status).toBe(202);
    expect(await stack.db.collection('imports').countDocuments()).toBe(2);
    expect(await stack.db.collection('uploads.files').countDocuments()).toBe(2);
    expect(await stack.db.collection('pending_uploads').countDocuments()).toBe(0);
  });

  test('Each answer tells what is left, and a key that has used it up is told when to come back, while others work on', async () => {
    const support = stack.as('support');
    const { headers } = await support.get('/v1/imports');
    expect(headers.get('ratelimit')).toMatch(/^"key"; r=19; t=\d+, "organisation"; r=\d+; t=\d+$/);
    expect(headers.get('ratelimit-policy')).toMatch(
      /^"key"; q=20; w=10; pk=:[\w=+/]+:, "organisation"; q=36; w=10; pk=:/,
    );
    const statuses = await statusesOf(LIMITS.perKey, () => support.get('/v1/imports'));
    expect(statuses).toEqual([...times(LIMITS.perKey - 1, 200), 429]);
    const refused = await support.get<{ code: string; detail: string }>('/v1/imports');
    expect(refused.body).toMatchObject({ code: 'too-many-requests' });
    expect(refused.body.detail).toContain('Your key');
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(10);
    expect((await stack.as('userAdministrator').get('/v1/imports')).status).toBe(200);
  });

  test('The keys of an organisation share its limit', async () => {
    // More than its limit, also where its window has begun anew since the requests of the tests before.
    const callers = (['userAdministrator', 'systemAdministrator'] as const).map((role) => stack.as(role));
    const answers = await Promise.all(
      callers.flatMap((by) => Array.from({ length: 19 }, () => by.get<{ detail?: string }>('/v1/imports'))),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ body }) => body.detail)).toContainEqual(expect.stringContaining('Your organisation'));
  });
});
