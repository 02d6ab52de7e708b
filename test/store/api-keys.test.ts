import { createHash } from 'node:crypto';
import { adoptOlderKeys } from '../../store/access/api-keys';
import { openStore } from '../../store/index';
import { createKeySecret } from '../../store/access/api-keys';
import { sharedServers, uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;

describe('API keys', () => {
  let scratch: ScratchStore;
  let org: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(() => (org = uniqueName('org-')));
  afterAll(() => scratch.close());

  const create = async (name = 'Payroll', change = {}) => {
    const secret = createKeySecret();
    const key = await scratch.store.apiKeys.create({ organisationId: org, name, role: 'support', ...change }, secret);
    return { secret, key: key! };
  };
  const works = async (secret: string, now?: Date) => (await scratch.store.apiKeys.find(secret, now)) !== null;

  test('Only the hash of a secret is stored, unlike the id of its key', async () => {
    const { secret, key } = await create();
    const stored = JSON.stringify(await scratch.collections.apiKeys.findOne({ _id: key._id }));
    expect(stored).not.toContain(secret);
    const hash = createHash('sha256').update(secret).digest('hex');
    expect(stored).toContain(hash);
    expect(key._id).toMatch(/^[0-9a-f]{8}-/);
    expect(hash).not.toContain(key._id.slice(0, 8));
  });

  test('A key from outside bears its role as a name, also beside another one of that role', async () => {
    const secrets = [createKeySecret(), createKeySecret()];
    for (const secret of [...secrets, secrets[0]!])
      await scratch.store.apiKeys.save(secret, org, 'systemAdministrator');
    const names = await Promise.all(
      secrets.map(async (secret) => (await scratch.store.apiKeys.find(secret))!.key.name),
    );
    expect(names).toEqual(['System administrator', expect.stringMatching(/^System administrator [0-9a-f]{8}$/)]);
  });

  test('Of ten creations with one name at once, however written, one succeeds; a revoked key frees its name', async () => {
    const names = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'Payroll' : 'PAYROLL'));
    const keys = (await Promise.all(names.map((name) => create(name)))).flatMap(({ key }) => key ?? []);
    expect(keys).toHaveLength(1);
    await scratch.store.apiKeys.revoke(org, keys[0]!._id);
    expect((await create()).key).not.toBeNull();
  });

  test('A key that is revoked stops: here at once, and within a second in another process that has just used it', async () => {
    const { secret, key } = await create();
    const other = await openStore(sharedServers().mongodbUri, scratch.db.databaseName);
    try {
      expect([await works(secret), await other.apiKeys.find(secret)]).not.toContain(null);
      const revokedAt = performance.now();
      const revoking = scratch.store.apiKeys.revoke(org, key._id);
      const asked = Array.from({ length: 20 }, () => works(secret));
      await revoking;
      expect(await works(secret)).toBe(false);
      await Promise.all(asked);
      expect(await works(secret)).toBe(false);
      // By when it is asked, so that it does not matter how late this process hears of the answer.
      let acceptedAt = revokedAt;
      await until(
        'the other process to refuse the key',
        async () => {
          const askedAt = performance.now();
          const found = await other.apiKeys.find(secret);
          if (found) acceptedAt = askedAt;
          return found;
        },
        (found) => found === null,
      );
      expect(acceptedAt - revokedAt).toBeLessThan(1_000);
    } finally {
      await other.close();
    }
  });

  test('An expired key stops at its time', async () => {
    const expiresAt = new Date(Date.now() + HOUR_MS);
    const { secret } = await create('Payroll', { expiresAt });
    expect(await works(secret)).toBe(true);
    expect(await works(secret, expiresAt)).toBe(false);
  });

  test('After a rotation both secrets work until the overlap ends, then the new one alone', async () => {
    const { secret, key } = await create();
    const newer = createKeySecret();
    await scratch.store.apiKeys.rotate(org, key._id, { secret: newer, overlapMs: HOUR_MS });
    expect([await works(secret), await works(newer)]).toEqual([true, true]);
    const later = new Date(Date.now() + HOUR_MS);
    expect([await works(secret, later), await works(newer, later)]).toEqual([false, true]);
  });

  test('Rotations at once lose no secret', async () => {
    const { secret, key } = await create();
    const newer = Array.from({ length: 5 }, createKeySecret);
    await Promise.all(
      newer.map((one) => scratch.store.apiKeys.rotate(org, key._id, { secret: one, overlapMs: HOUR_MS })),
    );
    expect(await Promise.all([secret, ...newer].map((one) => works(one)))).toEqual(Array(6).fill(true));
    for (let i = 0; i < 4; i++) {
      const rotated = await scratch.store.apiKeys.rotate(org, key._id, { secret: createKeySecret(), overlapMs: 1e6 });
      expect(rotated).toMatchObject({ _id: key._id });
    }
    const once = { secret: createKeySecret(), overlapMs: HOUR_MS };
    expect(await scratch.store.apiKeys.rotate(org, key._id, once)).toBe('too-many-secrets');
    expect(await scratch.store.apiKeys.rotate(org, key._id, { ...once, overlapMs: 0 })).toMatchObject({
      secrets: [{ hash: expect.any(String) as string }],
    });
  });

  test('A rotation gives a key a new end, or none, and cannot revive a revoked one', async () => {
    const expiresAt = new Date(Date.now() - HOUR_MS);
    const { secret, key } = await create('Payroll', { expiresAt });
    const newer = { secret: createKeySecret(), overlapMs: HOUR_MS };
    expect(await scratch.store.apiKeys.rotate(org, key._id, newer)).toBe('expired');
    expect(await scratch.store.apiKeys.rotate(org, key._id, { ...newer, expiresAt: null })).toMatchObject({
      _id: key._id,
    });
    expect([await works(secret), await works(newer.secret)]).toEqual([false, true]);
    await scratch.store.apiKeys.revoke(org, key._id);
    expect(await scratch.store.apiKeys.rotate(org, key._id, { ...newer, secret: createKeySecret() })).toBe('revoked');
    expect(await works(newer.secret)).toBe(false);
  });

  test('Another organisation can neither see, rotate nor revoke a key', async () => {
    const { secret, key } = await create();
    const { apiKeys } = scratch.store;
    expect(await apiKeys.findIn('another', key._id)).toBeNull();
    expect(await apiKeys.rotate('another', key._id, { secret: createKeySecret(), overlapMs: 0 })).toBe('unknown');
    expect(await apiKeys.revoke('another', key._id)).toBeNull();
    expect(await works(secret)).toBe(true);
  });

  test('The last use is written once a minute, however many requests come', async () => {
    const { secret, key } = await create();
    const { apiKeys } = scratch.store;
    const lastUse = async () => (await apiKeys.findIn(org, key._id))!.secrets[0]!.lastUsedAt;
    const used = (await apiKeys.find(secret))!;
    const [first, soon, later] = [0, 59_999, 60_000].map((ms) => new Date(Date.UTC(2026, 0, 1) + ms)) as [
      Date,
      Date,
      Date,
    ];
    await Promise.all(Array.from({ length: 5 }, () => apiKeys.noteUse(used, first)));
    await apiKeys.noteUse(used, soon);
    expect(await lastUse()).toEqual(first);
    await apiKeys.noteUse((await apiKeys.find(secret))!, later);
    expect(await lastUse()).toEqual(later);
  });

  test('Keys of an older build work under a name, and a revoked one is refused by that build, too', async () => {
    const secret = 'ci_a-key-that-was-seeded-by-an-older-build';
    const hash = createHash('sha256').update(secret).digest('hex');
    const { olderApiKeys } = scratch.collections;
    await olderApiKeys.insertOne({ _id: hash, organisationId: org, role: 'support', createdAt: new Date(2026, 0, 1) });
    await adoptOlderKeys(scratch.collections);
    await adoptOlderKeys(scratch.collections);
    const [key, ...others] = await scratch.store.apiKeys.list({ organisationId: org, limit: 10 });
    expect(others).toEqual([]);
    expect(key).toMatchObject({ role: 'support', name: 'Support' });
    expect(await works(secret)).toBe(true);
    await scratch.store.apiKeys.revoke(org, key!._id);
    expect(await olderApiKeys.findOne({ _id: hash })).toBeNull();
    await adoptOlderKeys(scratch.collections);
    await scratch.store.apiKeys.save(secret, org, 'systemAdministrator');
    expect(await works(secret)).toBe(false);
  });

  test('Pages list each key once, the newest first', async () => {
    for (const name of ['one', 'two', 'three']) await create(name);
    const { apiKeys } = scratch.store;
    const first = await apiKeys.list({ organisationId: org, limit: 2 });
    const second = await apiKeys.list({ organisationId: org, limit: 2, after: first[1]!._id });
    expect([...first, ...second].map(({ name }) => name)).toEqual(['three', 'two', 'one']);
  });
});
