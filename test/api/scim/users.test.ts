import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { collectionsOf } from '../../../store/documents';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { createScimCaller, ENTERPRISE } from './scim-caller';
import type { List, ScimAnswer, ScimCaller } from './scim-caller';

describe('Clients as users of SCIM', () => {
  let stack: Stack;
  let identity: ScimCaller;
  beforeAll(async () => {
    stack = await startStack();
    identity = await createScimCaller(stack);
  });
  afterAll(() => stack.stop());
  const scim: ScimCaller['scim'] = (...request) => identity.scim(...request);
  const newUser: ScimCaller['newUser'] = (...user) => identity.newUser(...user);
  const patch: ScimCaller['patch'] = (...request) => identity.patch(...request);
  const find: ScimCaller['find'] = (...request) => identity.find(...request);

  test('A new user is checked as a line of a file is, created once and invited', async () => {
    const { status, headers, body } = await scim('POST', '/Users', newUser('created'));
    expect({ status, type: headers.get('content-type') }).toEqual({
      status: 201,
      type: 'application/scim+json; charset=utf-8',
    });
    expect(body).toMatchObject({ externalId: 'ext-created', active: true, phoneNumbers: [{ value: '+447911100000' }] });
    expect(headers.get('location')).toBe(body.meta.location);
    expect(headers.get('etag')).toBe(body.meta.version);
    expect((await scim('GET', `/Users/${body.id}`)).body).toEqual(body);
    const client = (await stack.api.get<{ import: { id: string } }>(`/v1/clients/${body.id}`)).body;
    const { invitations } = await stack.api.rest(client.import.id);
    expect(invitations).toMatchObject({ email: { sent: 1 }, sms: { sent: 1 } });
    const again = await scim('POST', '/Users', newUser('created'));
    expect(again).toMatchObject({ status: 409, body: { status: '409', scimType: 'uniqueness' } });
  });

  test.each([
    ['an invalid number', { phoneNumbers: [{ value: '12' }] }, 'number'],
    ['no number', { phoneNumbers: [] }, 'mobile'],
    ['no last name', { name: { givenName: 'Ann' } }, 'last name'],
    ['an unknown client team', { [ENTERPRISE]: { department: 'Nowhere' } }, 'no client team'],
    ['no address', { userName: 'ann', emails: [] }, 'address'],
    ['an end before the beginning', { active: 'False' }, 'active'],
  ])('A user with %s is refused, and nobody is created', async (name, change, reason) => {
    const userName = `bad-${name.replaceAll(' ', '-')}`;
    const { status, body } = await scim('POST', '/Users', { ...newUser(userName), ...change });
    expect({ status, scimType: body.scimType }).toEqual({ status: 400, scimType: 'invalidValue' });
    expect(body.detail).toMatch(new RegExp(reason, 'i'));
    expect(body.detail).not.toMatch(/upload|row/);
    expect((await find(`externalId eq "ext-${userName}"`)).body.totalResults).toBe(0);
  });

  test('A user whose client team has no active staff is refused, and does not wait', async () => {
    await stack.db
      .collection<{ _id: string }>('people')
      .updateMany({ kind: 'staff', teamIds: `${DEMO_ORGANISATION_ID}:riverside` }, { $set: { active: false } });
    const waiting = await scim('POST', '/Users', newUser('waits', { [ENTERPRISE]: { department: 'Riverside' } }));
    expect(waiting).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(waiting.body.detail).toMatch(/staff/i);
    const { imports } = collectionsOf(stack.db);
    const open = () => imports.countDocuments({ status: { $in: ['waiting', 'paused'] } });
    expect(await until('the import to be cancelled', open, (count) => count === 0)).toBe(0);
  });

  test('A user is found by name, address and external id, and by any other filter', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('found', { userName: 'Found@Contoso.example' }));
    for (const filter of [
      'userName eq "found@contoso.EXAMPLE"',
      'externalId eq "ext-found"',
      `id eq "${user.id}"`,
      'emails[type eq "work"].value eq "found@example.com"',
      'active eq true and emails.value sw "found@"',
    ])
      expect([filter, (await find(filter)).body.Resources.map(({ id }) => id)]).toEqual([filter, [user.id]]);
    // The name is that of the identity provider now.
    expect((await find('userName eq "found@example.com"')).body.totalResults).toBe(0);
    expect((await find('userName is 1')).body).toMatchObject({ scimType: 'invalidFilter' });
  });

  test('Users come page by page, the oldest first; a count of none tells how many there are', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await scim('POST', '/Users', newUser(name));
    const filter = 'userName sw "page-"';
    const names = ({ body }: ScimAnswer<List>) => body.Resources.map(({ userName }) => userName.slice(0, 6));
    expect(names(await find(filter, '&count=2'))).toEqual(['page-1', 'page-2']);
    const last = await find(filter, '&startIndex=3&count=2');
    expect(names(last)).toEqual(['page-3']);
    expect(last.body).toMatchObject({ totalResults: 3, startIndex: 3, itemsPerPage: 1 });
    expect((await scim<List>('GET', '/Users?count=0')).body).toMatchObject({ Resources: [], itemsPerPage: 0 });
    const all = (await scim<List>('GET', '/Users?startIndex=-1&count=1000')).body;
    expect(all.totalResults).toBe(all.Resources.length);
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter, count: 1 };
    for (const path of ['/Users/.search', '/.search'])
      expect(names(await scim<List>('POST', path, search))).toEqual(['page-1']);
    const some = (await find(filter, '&attributes=name.givenName&count=1')).body.Resources[0]!;
    expect(Object.keys(some).sort()).toEqual(['id', 'name', 'schemas', 'userName']);
  });

  test('Entra changes a name and a number in one request, and the same request again changes nothing', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('changed'));
    const operations = [
      { op: 'Add', path: 'preferredLanguage', value: 'fr-CH' },
      { op: 'Replace', path: 'name.familyName', value: 'Li' },
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+447911123457' },
    ];
    const changed = await patch(user.id, operations);
    expect(changed).toMatchObject({
      status: 200,
      body: { id: user.id, name: { familyName: 'Li' }, phoneNumbers: [{ value: '+447911123457' }] },
    });
    expect(changed.body).toMatchObject({ preferredLanguage: 'fr-CH' });
    expect(changed.body.meta.version).not.toBe(user.meta.version);
    const imports = () => collectionsOf(stack.db).imports.countDocuments();
    const before = await imports();
    expect((await patch(user.id, operations)).body).toEqual(changed.body);
    expect(await imports()).toBe(before);
  });

  test('When a user was changed last is told, whoever has changed it, and can be asked for', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('modified'));
    expect(user.meta.lastModified).toBe(user.meta.created);
    const metaNow = async () => (await scim('GET', `/Users/${user.id}`)).body.meta;
    let before = user.meta;
    const isLater = async (): Promise<void> => {
      const meta = await metaNow();
      expect(meta.created).toBe(before.created);
      expect(meta.lastModified > before.lastModified).toBe(true);
      before = meta;
    };
    await patch(user.id, [{ op: 'replace', path: 'name.familyName', value: 'Li' }]);
    await isLater();
    const same = newUser('modified', { name: { givenName: 'Ann', familyName: 'Li' } });
    expect((await scim('PUT', `/Users/${user.id}`, same)).status).toBe(200);
    expect(await metaNow()).toEqual(before);
    await patch(user.id, [{ op: 'replace', path: 'externalId', value: 'ext-of-another-directory' }]);
    await isLater();
    await patch(user.id, [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'ann.li@contoso.example' }]);
    await isLater();
    await patch(user.id, [{ op: 'replace', path: 'active', value: false }]);
    await isLater();
    await patch(user.id, [{ op: 'replace', path: 'active', value: true }]);
    await isLater();
    const { Resources } = (await find(`meta.lastModified ge "${before.lastModified}"`)).body;
    expect(Resources.map(({ id }) => id)).toEqual([user.id]);
  });

  test('A change of a version that is outdated is refused', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('versions'));
    const put = (version: string, familyName: string) =>
      scim('PUT', `/Users/${user.id}`, newUser('versions', { name: { givenName: 'Ann', familyName } }), {
        'If-Match': version,
      });
    const changed = await put(user.meta.version, 'Li');
    expect(changed).toMatchObject({ status: 200, body: { name: { familyName: 'Li' } } });
    expect((await put(user.meta.version, 'Lo')).status).toBe(412);
    expect((await put('*', 'Lo')).body.name.familyName).toBe('Lo');
    const { meta } = (await scim('GET', `/Users/${user.id}`)).body;
    expect((await scim('GET', `/Users/${user.id}`, undefined, { 'If-None-Match': meta.version })).status).toBe(304);
  });

  test('The name at the identity provider may change', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('kept'));
    const renamed = await patch(user.id, [{ op: 'replace', path: 'userName', value: 'ann.kept@contoso.example' }]);
    expect(renamed).toMatchObject({ status: 200, body: { userName: 'ann.kept@contoso.example' } });
    await scim('POST', '/Users', newUser('other-kept'));
    const taken = await patch(user.id, [{ op: 'replace', path: 'userName', value: 'other-kept@example.com' }]);
    expect(taken).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  });

  test('Who is deactivated cannot join by an open link, and can again once they are active', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('withdrawn'));
    const { invitations } = collectionsOf(stack.db);
    const [message] = await until(
      'the messages',
      () => invitations.find({ personId: user.id, state: 'sent' }).toArray(),
      (found) => found.length > 0,
    );
    const accept = () =>
      stack.api.call('POST', '/v1/invitations/accept', { body: JSON.stringify({ token: message!.token }) });
    const off = await patch(user.id, [{ op: 'Replace', path: 'active', value: 'False' }]);
    expect(off).toMatchObject({ status: 200, body: { active: false } });
    expect((await accept()).status).toBe(410);
    expect((await find('active eq false and userName eq "withdrawn@example.com"')).body.totalResults).toBe(1);
    expect((await patch(user.id, [{ op: 'replace', path: 'name.givenName', value: 'Anne' }])).body.scimType).toBe(
      'invalidValue',
    );
    const on = await patch(user.id, [{ op: 'replace', value: { active: true, name: { givenName: 'Anne' } } }]);
    expect(on).toMatchObject({ status: 200, body: { active: true, name: { givenName: 'Anne' } } });
    expect((await accept()).status).toBe(200);
  });

  test('A deleted user is erased, and may be created anew', async () => {
    const { body: user } = await scim('POST', '/Users', newUser('deleted'));
    expect((await scim('DELETE', `/Users/${user.id}`)).status).toBe(204);
    expect((await scim('GET', `/Users/${user.id}`)).body).toMatchObject({ status: '404' });
    expect((await scim('DELETE', `/Users/${user.id}`)).status).toBe(404);
    const anew = await scim('POST', '/Users', newUser('deleted'));
    expect(anew.status).toBe(201);
    expect(anew.body.id).not.toBe(user.id);
  });

  test('Staff are no users, and their addresses are taken', async () => {
    const [staff] = await collectionsOf(stack.db).people.find({ kind: 'staff' }).toArray();
    expect((await scim('GET', `/Users/${staff!._id}`)).status).toBe(404);
    const { status } = await scim('POST', '/Users', newUser('of-staff', { userName: staff!.email, emails: [] }));
    expect(status).toBe(409);
  });

  test('A body that is none is refused in the words of SCIM', async () => {
    const { status, headers, body } = await scim('POST', '/Users', { schemas: [] });
    expect({ status, type: headers.get('content-type') }).toEqual({
      status: 400,
      type: 'application/scim+json; charset=utf-8',
    });
    expect(body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], scimType: 'invalidSyntax' });
    expect((await scim('POST', '/Nothing', {})).status).toBe(404);
  });

  test('What is supported, and the schemas, are described', async () => {
    const config = (await scim<{ patch: object; bulk: { supported: boolean } }>('GET', '/ServiceProviderConfig')).body;
    expect(config).toMatchObject({ patch: { supported: true }, etag: { supported: true }, bulk: { supported: false } });
    for (const path of ['/ResourceTypes', '/Schemas']) {
      const { Resources } = (await scim<List>('GET', path)).body;
      for (const { id } of Resources) expect((await scim('GET', `${path}/${id}`)).body.id).toBe(id);
      expect((await scim('GET', `${path}/Nothing`)).status).toBe(404);
    }
  });
});
