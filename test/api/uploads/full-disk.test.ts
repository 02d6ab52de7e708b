import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

describe('A disk of the database that has less than the reserve', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ UPLOAD_RESERVE_BYTES: `${Number.MAX_SAFE_INTEGER}` }, { worker: false, outbox: false });
  });
  afterAll(() => stack.stop());

  test('An upload is refused with 507, nothing of it is stored, and all else is answered', async () => {
    expect(await stack.store.freeBytes()).toBeGreaterThan(0);
    const { status, headers, body } = await stack.api.upload({ name: 'a.csv', content: toCsv(people(2, 'full')) });
    expect({ status, body }).toMatchObject({ status: 507, body: { code: 'insufficient-storage' } });
    expect(headers.get('retry-after')).toBe('60');
    const left = ['imports', 'rows', 'uploads.files', 'uploads.chunks', 'pending_uploads'];
    expect(await Promise.all(left.map((name) => stack.db.collection(name).countDocuments()))).toEqual([0, 0, 0, 0, 0]);
    expect((await stack.api.get('/v1/imports')).status).toBe(200);
  });

  const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', mobile: '+447911123456' };
  test.each([
    ['A client', '/v1/clients', ann],
    ['A staff member', '/v1/staff', { ...ann, role: 'Staff' }],
    ['A team with its first staff member', '/v1/client-teams', { name: 'New', firstStaff: { ...ann, role: 'Staff' } }],
  ])('%s is invited by hand no more than by a file', async (_who, path, person) => {
    const before = await stack.db.collection('client_teams').countDocuments();
    const { status, body } = await stack.api.call('POST', path, { body: JSON.stringify(person) });
    expect({ status, body }).toMatchObject({ status: 507, body: { code: 'insufficient-storage' } });
    expect(await stack.db.collection('imports').countDocuments()).toBe(0);
    expect(await stack.db.collection('client_teams').countDocuments()).toBe(before);
  });
});
