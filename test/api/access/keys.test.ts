import type { Right, Role } from '../../../contract/access/roles';
import { createApiCaller } from '../../support/api-caller';
import type { ApiCaller } from '../../support/api-caller';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

interface KeyAnswer {
  id: string;
  name: string;
  role: Role;
  rights: Right[];
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  secrets: { createdAt: string; expiresAt: string | null; lastUsedAt: string | null }[];
  secret?: string;
  code?: string;
  errors?: { field: string }[];
}

describe('API keys', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false });
  });
  afterAll(() => stack.stop());

  const send = (method: string, path: string, body?: object) =>
    stack.api.call<KeyAnswer>(method, path, { ...(body && { body: JSON.stringify(body) }) });
  const create = (name: string, more: object = {}) => send('POST', '/v1/keys', { name, role: 'support', ...more });
  const by = (secret: string | undefined): ApiCaller => createApiCaller(stack.url, secret!);
  const statusOf = async (secret: string | undefined) => (await by(secret).get('/v1/me')).status;

  test('A new key works at once with its role and rights, and its secret is shown once', async () => {
    const { status, headers, body } = await create('Payroll export', { rights: ['unmask'] });
    expect([status, headers.get('location')]).toEqual([201, `/v1/keys/${body.id}`]);
    expect((await by(body.secret).get('/v1/me')).body).toEqual({
      ...{
        id: body.id,
        kind: 'key',
        name: 'Payroll export',
        organisation: 'demo',
        role: 'support',
        rights: ['unmask'],
      },
      expiresAt: null,
    });
    const { secret, ...shown } = body;
    const found = await until(
      'its use to be noted',
      async () => (await send('GET', `/v1/keys/${body.id}`)).body,
      ({ lastUsedAt }) => lastUsedAt !== null,
    );
    const { lastUsedAt } = found;
    expect(found).toEqual({ ...shown, lastUsedAt, secrets: [{ ...shown.secrets[0], lastUsedAt }] });
    const stored = await stack.db.collection('access_keys').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  test('Keys are listed page by page, the newest first', async () => {
    const ids: string[] = [];
    for (const name of ['page one', 'page two']) ids.unshift((await create(name)).body.id);
    const page = (query: string) =>
      stack.api.get<{ data: KeyAnswer[]; next: string | null }>(`/v1/keys?limit=1${query}`);
    const first = (await page('')).body;
    const second = (await page(`&after=${first.next}`)).body;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect(JSON.stringify([first, second])).not.toContain('"secret"');
  });

  test('A rotated key keeps its id and name; the earlier secret works for the overlap', async () => {
    const { body: key } = await create('rotated');
    const { body: rotated } = await send('POST', `/v1/keys/${key.id}/rotations`, { overlapHours: 1 });
    expect(rotated).toMatchObject({ id: key.id, name: 'rotated' });
    expect(await Promise.all([key.secret, rotated.secret].map(statusOf))).toEqual([200, 200]);
    const [earlier, newer] = rotated.secrets;
    const overlap = Date.parse(earlier!.expiresAt!) - Date.parse(newer!.createdAt);
    expect([overlap, newer!.expiresAt]).toEqual([3_600_000, null]);

    const { body: last } = await send('POST', `/v1/keys/${key.id}/rotations`, { overlapHours: 0 });
    expect(await Promise.all([key.secret, rotated.secret, last.secret].map(statusOf))).toEqual([401, 401, 200]);
  });

  test('A revoked key is refused from the next request on, stays in the list, and cannot be rotated', async () => {
    const { body: key } = await create('revoked');
    expect((await send('DELETE', `/v1/keys/${key.id}`)).body.revokedAt).toEqual(expect.any(String));
    expect(await statusOf(key.secret)).toBe(401);
    expect((await send('DELETE', `/v1/keys/${key.id}`)).status).toBe(200);
    expect((await send('GET', `/v1/keys/${key.id}`)).body).toMatchObject({ name: 'revoked' });
    expect(await send('POST', `/v1/keys/${key.id}/rotations`, {})).toMatchObject({
      status: 409,
      body: { code: 'key-revoked' },
    });
  });

  test('An expired key is refused until a rotation gives it another end', async () => {
    const { body: key } = await create('short', { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    // Its end is moved, not waited for: one that is near might come before the key is created.
    const keys = stack.db.collection<{ _id: string }>('access_keys');
    await keys.updateOne({ _id: key.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    await until(
      'the key to expire',
      () => statusOf(key.secret),
      (status) => status === 401,
    );
    const path = `/v1/keys/${key.id}/rotations`;
    expect(await send('POST', path, {})).toMatchObject({ status: 409, body: { code: 'key-expired' } });
    const { body: rotated } = await send('POST', path, { expiresAt: null });
    expect([await statusOf(key.secret), await statusOf(rotated.secret)]).toEqual([401, 200]);
  });

  test('Two keys cannot have one name, unless the first is revoked', async () => {
    const { body: key } = await create('Payroll');
    expect(await create(' payroll ')).toMatchObject({ status: 409, body: { code: 'key-name-taken' } });
    await send('DELETE', `/v1/keys/${key.id}`);
    expect((await create('payroll')).status).toBe(201);
  });

  test.each([
    ['name', { name: ' ' }],
    ['name', { name: 'two\nlines' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: { $ne: '' } }],
    ['role', { role: 'root' }],
    ['rights.0', { rights: ['everything'] }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['expiresAt', { expiresAt: 'tomorrow' }],
    ['organisation', { organisation: 'another' }],
  ])('A key with an invalid %s is not created', async (field, change) => {
    const { status, body } = await create('invalid', change);
    expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
  });

  test.each([[-1], [721], ['24']])('An overlap of %j hours is refused', async (overlapHours) => {
    const { body: key } = await create(`overlap ${overlapHours}`);
    const answer = await send('POST', `/v1/keys/${key.id}/rotations`, { overlapHours });
    expect([answer.status, answer.body.errors?.map((error) => error.field)]).toEqual([400, ['overlapHours']]);
  });
});
