import { randomUUID } from 'node:crypto';
import { ROUTE_SPECS } from '../../api/route-specs';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const LISTS = ROUTE_SPECS.filter(({ query }) => query && 'after' in query.shape).map(({ path }) => path);
/** One has the form of the cursors of each list, and none is in any. */
const CURSORS = [randomUUID(), '987654', 'nothing', '%00', '-1', '1e400'];

describe('A list of which a page is asked for after something that is not in it', () => {
  let stack: Stack;
  let ids: Record<string, string>;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false });
    const endpoint = await stack.api.call<{ id: string }>('POST', '/v1/webhook-endpoints', {
      body: JSON.stringify({ url: 'https://example.com/webhooks' }),
    });
    ids = {
      '/v1/imports/{id}/rows': await stack.api.importId(toCsv(people(1, 'paging'))),
      '/v1/webhook-endpoints/{id}/deliveries': endpoint.body.id,
    };
  });
  afterAll(() => stack.stop());

  test('There are such lists of everything that grows', () => {
    expect(LISTS).toEqual(
      expect.arrayContaining(['/v1/imports', '/v1/clients', '/v1/events', '/v1/keys', ...Object.keys(ids)]),
    );
  });

  test.each(LISTS)('%s refuses it and names the parameter, whatever its form', async (path) => {
    const list = `${path.replace('{id}', ids[path] ?? '')}?${path === '/v1/people' ? 'q=paging&' : ''}`;
    expect((await stack.api.get(list)).status).toBe(200);
    const codes: string[] = [];
    for (const cursor of CURSORS) {
      const { status, body } = await stack.api.get<{ code: string }>(`${list}after=${cursor}`);
      expect({ cursor, status, body }).toMatchObject({ status: 400, body: { errors: [{ parameter: 'after' }] } });
      codes.push(body.code);
    }
    expect(codes).toContain('unknown-cursor');
    expect(codes.filter((code) => !['unknown-cursor', 'invalid-request'].includes(code))).toEqual([]);
  });

  test('It may be one of another organisation, and the answer does not tell', async () => {
    const _id = randomUUID() as never;
    await stack.db.collection('imports').insertOne({ _id, organisationId: 'another', createdAt: new Date() });
    const { body } = await stack.api.get(`/v1/imports?after=${String(_id)}`);
    expect(body).toMatchObject({ code: 'unknown-cursor' });
  });
});
