import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { organisation, person, sentInvitation, staffMember } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { collectionsOf } from '../../store/documents';
import type { Collections, InvitationDoc } from '../../store/documents';
import { INVITED } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';

interface PersonAnswer {
  id: string;
  firstName: string;
  email: string;
  mobile: string;
  active: boolean;
  activeSince: string | null;
}
interface Page {
  data: PersonAnswer[];
  next: string | null;
}

describe('The people of an organisation', () => {
  let stack: Stack;
  let collections: Collections;
  let foreign: ApiCaller;
  const teamIds = [`${DEMO_ORGANISATION_ID}:mayfair`];
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    collections = collectionsOf(stack.db);
    await collections.organisations.insertOne(organisation('another'));
    const key = 'ci_key-of-another-organisation-000000';
    await stack.store.apiKeys.save(key, 'another', 'systemAdministrator');
    foreign = createApiCaller(stack.url, key);
    await collections.people.insertMany([
      ...[1, 2, 3, 4, 5].map((i) =>
        person(DEMO_ORGANISATION_ID, {
          _id: `client-${i}`,
          teamIds: i % 2 === 0 ? teamIds : [`${DEMO_ORGANISATION_ID}:riverside`],
          active: i > 3,
          company: 'Example Ltd',
          importId: 'an-import',
          row: i + 1,
          createdAt: new Date(2026, 0, i),
          ...(i === 1 && { optedOut: ['sms'] }),
        }),
      ),
      person('another', { _id: 'their-client' }),
      staffMember('another', { _id: 'their-staff' }),
      staffMember(DEMO_ORGANISATION_ID, { _id: 'staff-1', active: true }),
    ]);
  });
  afterAll(() => stack.stop());

  const ids = async (path: string, by = stack.api): Promise<string[]> =>
    (await by.get<Page>(path)).body.data.map(({ id }) => id);

  test('When clients are listed page by page, then each comes once, the newest first, and no staff', async () => {
    const first = (await stack.api.get<Page>('/v1/clients?limit=3')).body;
    const second = (await stack.api.get<Page>(`/v1/clients?limit=3&after=${first.next}`)).body;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([5, 4, 3, 2, 1].map((i) => `client-${i}`));
    expect(second.next).toBeNull();
  });

  test.each([
    ['team=Mayfair', ['client-4', 'client-2']],
    ['team=MAYFAIR', ['client-4', 'client-2']],
    [`team=${DEMO_ORGANISATION_ID}:riverside`, ['client-5', 'client-3', 'client-1']],
    ['active=true', ['client-5', 'client-4']],
    ['active=false&team=Mayfair', ['client-2']],
    ['since=2026-01-03T12:00:00%2B00:00', ['client-5', 'client-4']],
    ['until=2026-01-02T12:00:00Z', ['client-2', 'client-1']],
    ['optedOut=sms', ['client-1']],
  ])('When clients are filtered by %s, then only those come', async (query, expected) => {
    expect(await ids(`/v1/clients?${query}`)).toEqual(expected);
  });

  test('When clients are filtered by their invitation, then the best of their newest messages decides', async () => {
    const to = async (id: string) => (await collections.people.findOne({ _id: id }))!;
    const message = async (id: string, state: InvitationState, change: Partial<InvitationDoc> = {}) =>
      sentInvitation(await to(id), { _id: `${id}:${state}`, state, ...change });
    await collections.invitations.insertMany([
      await message('client-1', 'bounced'),
      await message('client-1', 'failed', { channel: 'sms' }),
      await message('client-2', 'delivered'),
      await message('client-2', 'bounced', { channel: 'sms' }),
      // A newer one has replaced it.
      await message('client-3', 'bounced', { superseded: true }),
      await message('client-3', 'sent'),
      await message('client-4', 'bounced'),
    ]);
    const found = Object.fromEntries(
      await Promise.all(INVITED.map(async (one) => [one, await ids(`/v1/clients?invitation=${one}`)] as const)),
    );
    expect(found).toEqual({
      pending: ['client-3'],
      delivered: ['client-2'],
      bounced: ['client-1'],
      accepted: ['client-5', 'client-4'],
    });
    const page = (await stack.api.get<Page>('/v1/clients?invitation=accepted&limit=1')).body;
    expect(page.next).toBe('client-5');
    expect(await ids('/v1/clients?invitation=accepted&limit=1&after=client-5')).toEqual(['client-4']);
    expect(await ids('/v1/clients?invitation=bounced&team=Mayfair')).toEqual([]);
    await collections.invitations.deleteMany({});
  });

  test.each([
    ['active=perhaps', 'invalid-request', 'active'],
    ['team=Nowhere', 'team-unknown', 'Nowhere'],
    ['colour=blue', 'invalid-request', 'colour'],
    ['limit=501', 'invalid-request', 'limit'],
  ])('When clients are filtered by %s, then it is refused as %s', async (query, code, named) => {
    const answer = await stack.api.get<{ code: string; detail: string }>(`/v1/clients?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(answer.body.detail).toContain(named);
  });

  test('When one client is asked for, then all that is known comes', async () => {
    const found = await collections.people.findOne({ _id: 'client-2' });
    expect((await stack.api.get('/v1/clients/client-2')).body).toEqual({
      id: 'client-2',
      firstName: 'Given',
      lastName: 'Family',
      email: found!.email,
      mobile: '+447911123456',
      company: 'Example Ltd',
      team: { id: teamIds[0], name: 'Mayfair' },
      active: false,
      activeSince: null,
      createdAt: found!.createdAt.toISOString(),
      import: { id: 'an-import', row: 3 },
      messages: [],
    });
  });

  test('When support looks at people, then their addresses are masked', async () => {
    const support = stack.as('support');
    for (const path of ['/v1/clients', '/v1/staff', '/v1/clients/client-1', '/v1/staff/staff-1']) {
      const [masked, whole] = [await support.get(path), await stack.api.get(path)];
      const shown = JSON.stringify(masked.body);
      expect(masked.status).toBe(200);
      for (const found of await collections.people.find({ _id: /^(client|staff)-/ }).toArray()) {
        expect(shown).not.toContain(found.email);
        expect(shown).not.toContain(found.mobile);
      }
      expect(shown).toContain('•••@•••.com');
      expect(JSON.stringify(whole.body)).toContain('@');
    }
  });

  test('When staff are listed, then they come with role and teams', async () => {
    const { body } = await stack.api.get<Page>('/v1/staff?team=Mayfair');
    expect(body.data).toMatchObject([
      { firstName: 'Ines', role: 'Staff', active: true, teams: [{ id: teamIds[0], name: 'Mayfair' }] },
    ]);
  });

  test('When an administrator activates and deactivates staff, then it holds however often it is done', async () => {
    const member = staffMember(DEMO_ORGANISATION_ID);
    await collections.people.insertOne(member);
    const path = `/v1/staff/${member._id}/activation`;
    const first = await stack.api.call<PersonAnswer>('POST', path);
    const second = await stack.api.call<PersonAnswer>('POST', path);
    expect(first).toMatchObject({ status: 200, body: { id: member._id, active: true } });
    expect(Date.now() - Date.parse(first.body.activeSince!)).toBeLessThan(60_000);
    expect(second.body).toEqual(first.body);
    for (let i = 0; i < 2; i++)
      expect(await stack.api.call('DELETE', path)).toMatchObject({
        status: 200,
        body: { active: false, activeSince: null },
      });
    expect((await stack.api.get(`/v1/staff/${member._id}`)).body).toMatchObject({ active: false });
  });

  test('When support would activate or invite somebody, then it is forbidden', async () => {
    const support = stack.as('support');
    for (const [method, path] of [
      ['POST', '/v1/clients'],
      ['POST', '/v1/staff'],
      ['POST', '/v1/staff/staff-1/activation'],
      ['DELETE', '/v1/staff/staff-1/activation'],
    ] as const)
      expect(await support.call(method, path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('When somebody is of another organisation or of the other kind, then there is nobody', async () => {
    for (const [by, method, path] of [
      [stack.api, 'GET', '/v1/clients/their-client'],
      [stack.api, 'GET', '/v1/staff/their-staff'],
      [stack.api, 'GET', '/v1/staff/client-1'],
      [stack.api, 'GET', '/v1/clients/staff-1'],
      [stack.api, 'POST', '/v1/staff/client-1/activation'],
      [stack.api, 'POST', '/v1/staff/their-staff/activation'],
      [foreign, 'DELETE', '/v1/staff/staff-1/activation'],
    ] as const)
      expect(await by.call(method, path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await ids('/v1/clients', foreign)).toEqual(['their-client']);
    expect((await stack.api.get('/v1/staff/staff-1')).body).toMatchObject({ active: true });
    expect(await collections.people.countDocuments({ _id: { $in: ['client-1', 'their-staff'] }, active: true })).toBe(
      0,
    );
  });
});
