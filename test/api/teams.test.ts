import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { uniqueName } from '../support/environment';
import { organisation, person, staffMember } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { collectionsOf } from '../../store/documents';
import type { Collections } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';

interface TeamAnswer {
  id: string;
  name: string;
  ready: boolean;
  staff: { id: string; firstName: string; lastName: string; active: boolean }[];
  clients: number;
}
interface Refusal {
  code: string;
  detail: string;
  errors?: { field: string; detail: string }[];
}

describe('Client teams', () => {
  let stack: Stack;
  let collections: Collections;
  let foreign: ApiCaller;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    collections = collectionsOf(stack.db);
    await collections.organisations.insertOne(organisation('another'));
    const key = 'ci_key-of-another-organisation-000000';
    await stack.store.apiKeys.save(key, 'another', 'systemAdministrator');
    foreign = createApiCaller(stack.url, key);
  });
  afterAll(() => stack.stop());

  const send = <T>(method: string, path: string, body: unknown, by = stack.api) =>
    by.call<T>(method, path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const addStaff = async (change = {}): Promise<string> => {
    const member = staffMember(DEMO_ORGANISATION_ID, change);
    await collections.people.insertOne(member);
    return member._id;
  };
  const create = async (staff: string[], name = uniqueName('Team')): Promise<TeamAnswer> =>
    (await send<TeamAnswer>('POST', '/v1/client-teams', { name, staff })).body;
  const remove = async (id: string, by = stack.api) => {
    const headers = { Authorization: `Bearer ${by.key}` };
    const response = await fetch(`${stack.url}/v1/client-teams/${id}`, { method: 'DELETE', headers });
    return { status: response.status, text: await response.text() };
  };

  test('When a team is created with staff by id and by address, then it is there under its address', async () => {
    const byId = await addStaff({ firstName: 'Ada', lastName: 'Byron', active: true });
    await addStaff({ _id: 'grace', firstName: 'Grace', lastName: 'Hopper', email: 'Grace@Example.com' });
    await collections.people.updateOne({ _id: 'grace' }, { $set: { emailKey: 'grace@example.com' } });
    const answer = await send<TeamAnswer>('POST', '/v1/client-teams', {
      name: 'Harbour_1',
      staff: [byId, 'GRACE@example.com'],
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/client-teams/${answer.body.id}`);
    expect(answer.body).toEqual({
      id: answer.body.id,
      name: 'Harbour_1',
      ready: true,
      staff: [
        { id: byId, firstName: 'Ada', lastName: 'Byron', active: true },
        { id: 'grace', firstName: 'Grace', lastName: 'Hopper', active: false },
      ],
      clients: 0,
    });
    expect((await stack.api.get(`/v1/client-teams/${answer.body.id}`)).body).toEqual(answer.body);
  });

  test.each(['', ' Mayfair', 'May fair', "O'Hara", 'North-West', 'a(b)', 'x'.repeat(101), 'a;b'])(
    'When a team is to be called %j, then it is refused and told what a name is',
    async (name) => {
      const [id] = [await addStaff()];
      const answer = await send<Refusal>('POST', '/v1/client-teams', { name, staff: [id] });
      expect(answer).toMatchObject({ status: 400, body: { code: 'team-name-invalid' } });
      expect(answer.body.detail).toContain('letters, digits and underscores');
      const team = await create([id]);
      expect(await send('PATCH', `/v1/client-teams/${team.id}`, { name })).toMatchObject({
        status: 400,
        body: { code: 'team-name-invalid' },
      });
    },
  );

  test('When the name is taken, however written, then it is refused; in another organisation it is free', async () => {
    const id = await addStaff();
    for (const name of ['Mayfair', 'MAYFAIR'])
      expect(await send('POST', '/v1/client-teams', { name, staff: [id] })).toMatchObject({
        status: 409,
        body: { code: 'team-name-taken' },
      });
    const team = await create([id]);
    expect(await send('PATCH', `/v1/client-teams/${team.id}`, { name: 'mayfair' })).toMatchObject({
      status: 409,
      body: { code: 'team-name-taken' },
    });
    await collections.people.insertOne(staffMember('another', { _id: 'theirs' }));
    expect((await send('POST', '/v1/client-teams', { name: 'Mayfair', staff: ['theirs'] }, foreign)).status).toBe(201);
  });

  test('When staff are named who are none, then all of them are told and no team is created', async () => {
    const id = await addStaff();
    const client = person(DEMO_ORGANISATION_ID);
    await collections.people.insertMany([client, staffMember('another', { _id: 'foreigner' })]);
    const answer = await send<Refusal>('POST', '/v1/client-teams', {
      name: 'Nobodies',
      staff: [id, client._id, 'foreigner', 'nobody@example.com'],
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'staff-unknown' } });
    expect(answer.body.errors!.map(({ field }) => field)).toEqual(['staff.1', 'staff.2', 'staff.3']);
    const { body } = await stack.api.get<{ data: TeamAnswer[] }>('/v1/client-teams?limit=500');
    expect(body.data.map(({ name }) => name)).not.toContain('Nobodies');
  });

  test.each<[string, unknown, string]>([
    ['has no staff', { name: 'Empty', staff: [] }, 'staff'],
    ['names no staff', { name: 'Empty' }, 'staff'],
    ['has a name that is none', { name: 7, staff: ['x'] }, 'name'],
    ['has a field too many', { name: 'Empty', staff: ['x'], colour: 'blue' }, 'colour'],
    ['asks the database', { name: 'Empty', staff: [{ $ne: null }] }, 'staff.0'],
    ['is a list', [], 'body'],
  ])('When a new team %s, then it is refused and the field is named', async (_what, body, field) => {
    const answer = await send<Refusal>('POST', '/v1/client-teams', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(JSON.stringify(answer.body.errors)).toContain(field);
  });

  test('When a team is renamed, then its members and clients stay', async () => {
    const id = await addStaff();
    const team = await create([id]);
    await collections.people.insertOne(person(DEMO_ORGANISATION_ID, { teamIds: [team.id] }));
    const name = uniqueName('Renamed');
    expect((await send('PATCH', `/v1/client-teams/${team.id}`, { name })).body).toMatchObject({
      id: team.id,
      name,
      staff: [{ id }],
      clients: 1,
    });
  });

  test('When staff are added and taken out, then the last one stays', async () => {
    const [ada, grace] = [await addStaff(), await addStaff()];
    const team = await create([ada]);
    const path = `/v1/client-teams/${team.id}/staff`;
    const added = await send<TeamAnswer>('POST', path, { staff: [grace] });
    expect([added.status, added.body.staff.map(({ id }) => id).sort()]).toEqual([200, [ada, grace].sort()]);
    const left = await stack.api.call<TeamAnswer>('DELETE', `${path}/${ada}`);
    expect([left.status, left.body.staff.map(({ id }) => id)]).toEqual([200, [grace]]);
    expect(await stack.api.call('DELETE', `${path}/${ada}`)).toMatchObject({ status: 404 });
    expect(await stack.api.call('DELETE', `${path}/${grace}`)).toMatchObject({
      status: 409,
      body: { code: 'last-staff-member' },
    });
  });

  test('When a team is removed, then it is gone, unless somebody is in it or it is the default', async () => {
    const id = await addStaff();
    const team = await create([id]);
    const client = person(DEMO_ORGANISATION_ID, { teamIds: [team.id] });
    await collections.people.insertOne(client);
    await send('PATCH', '/v1/organisation', { defaultTeam: team.id });
    const refused = await remove(team.id);
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([409, { code: 'team-in-use' }]);
    expect(refused.text).toMatch(/1 client is in it, and it is the default team/);
    await collections.people.deleteOne({ _id: client._id });
    await send('PATCH', '/v1/organisation', { defaultTeam: null });
    expect(await remove(team.id)).toEqual({ status: 204, text: '' });
    expect((await remove(team.id)).status).toBe(404);
  });

  test('When teams are listed page by page, then each comes once', async () => {
    const seen: string[] = [];
    let query = 'limit=2';
    for (;;) {
      const { body } = await stack.api.get<{ data: TeamAnswer[]; next: string | null }>(`/v1/client-teams?${query}`);
      seen.push(...body.data.map(({ id }) => id));
      if (body.next === null) break;
      query = `limit=2&after=${encodeURIComponent(body.next)}`;
    }
    const { body } = await stack.api.get<{ data: TeamAnswer[] }>('/v1/client-teams?limit=500');
    expect(seen).toEqual(body.data.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('When support asks, then it may look and change nothing', async () => {
    const support = stack.as('support');
    const id = await addStaff();
    const team = await create([id]);
    expect((await support.get(`/v1/client-teams/${team.id}`)).body).toMatchObject({ id: team.id });
    expect((await support.get('/v1/client-teams')).status).toBe(200);
    for (const [method, path] of [
      ['POST', ''],
      ['PATCH', `/${team.id}`],
      ['DELETE', `/${team.id}`],
      ['POST', `/${team.id}/staff`],
      ['DELETE', `/${team.id}/staff/${id}`],
    ] as const)
      expect(await send(method, `/v1/client-teams${path}`, {}, support)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
  });

  test('When another organisation asks for a team, then it does not exist for it', async () => {
    const id = await addStaff();
    const team = await create([id]);
    const path = `/v1/client-teams/${team.id}`;
    expect((await foreign.get(path)).status).toBe(404);
    expect((await send('PATCH', path, { name: 'Taken' }, foreign)).status).toBe(404);
    expect((await remove(team.id, foreign)).status).toBe(404);
    expect((await send('POST', `${path}/staff`, { staff: [id] }, foreign)).status).toBe(404);
    expect((await foreign.call('DELETE', `${path}/staff/${id}`)).status).toBe(404);
    const { body } = await foreign.get<{ data: TeamAnswer[] }>('/v1/client-teams');
    expect(body.data.map((one) => one.id)).not.toContain(team.id);
    expect((await stack.api.get(path)).body).toEqual(team);
  });

  test.each(['/v1/client-teams', '/v1/staff', '/v1/clients', '/v1/organisation'])(
    'When %s is asked for without a key, then it is refused',
    async (path) => {
      expect(await createApiCaller(stack.url, '').get(path)).toMatchObject({ status: 401 });
    },
  );
});
