import { collectionsOf } from '../../../store/documents';
import type { PersonDoc } from '../../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { createScimCaller, ENTERPRISE } from './scim-caller';
import type { List, ScimCaller, User } from './scim-caller';

/** As many clients as a filter without an index may look at, and one more. */
const MANY = 10_001;

describe('What Entra ID and Okta send', () => {
  let stack: Stack;
  let identity: ScimCaller;
  let user: User;
  beforeAll(async () => {
    stack = await startStack();
    identity = await createScimCaller(stack);
    // With what each of them sends beside the attributes that are kept.
    const whole = identity.newUser('quirk', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
      ...{ password: 'Kn0wnByNobody', groups: [], roles: [], locale: 'en-US', timezone: 'Europe/Berlin' },
      ...{ displayName: 'Ann Lee', title: 'Director', addresses: [{ type: 'work', country: 'DE' }] },
      meta: { resourceType: 'User' },
      [ENTERPRISE]: { department: 'Mayfair', employeeNumber: '7', manager: { value: 'x' } },
    });
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    const { status, body } = await identity.scim('POST', '/Users', whole, headers);
    expect(status).toBe(201);
    user = body;
    await stack.api.rest((await stack.api.get<{ import: { id: string } }>(`/v1/clients/${user.id}`)).body.import.id);
  });
  afterAll(() => stack.stop());

  test('Entra tries a connection by the filter of a name that nobody has: the answer is an empty list', async () => {
    const { status, body } = await identity.find(`userName eq "${'f'.repeat(8)}-0000-4000-8000-000000000000"`);
    expect({ status, ...body }).toMatchObject({ status: 200, totalResults: 0, Resources: [] });
  });

  test('Okta tries a connection by a page of one, and asks for a name with the bounds of a page', async () => {
    expect((await identity.scim<List>('GET', '/Users?startIndex=1&count=1')).body).toMatchObject({ itemsPerPage: 1 });
    const found = await identity.find('userName eq "quirk@example.com"', '&startIndex=1&count=100');
    expect(found.body.Resources).toMatchObject([{ id: user.id }]);
  });

  test.each<[string, object[], object]>([
    [
      'Entra writes operations in capitals and a truth as text',
      [{ op: 'Replace', path: 'active', value: 'False' }],
      { active: false },
    ],
    ['Entra takes that back', [{ op: 'Replace', path: 'active', value: 'True' }], { active: true }],
    [
      'Entra sends paths as names, without a path of its own',
      [{ op: 'Add', value: { 'name.givenName': 'Anna', [`${ENTERPRISE}:organization`]: 'Contoso' } }],
      { name: { givenName: 'Anna' }, [ENTERPRISE]: { organization: 'Contoso' } },
    ],
    [
      'Entra adds to an element that it names by its type',
      [{ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+44 7911 200123' }],
      { phoneNumbers: [{ value: '+447911200123' }] },
    ],
    [
      'a provider names the one address by that it is the primary one',
      [{ op: 'replace', path: 'emails[primary eq true].value', value: 'primary@example.com' }],
      { emails: [{ value: 'primary@example.com', type: 'work', primary: true }] },
    ],
    [
      'and another one takes its place by being the primary one then',
      [{ op: 'add', path: 'emails', value: [{ value: 'quirk@example.com', type: 'home', primary: true }] }],
      { emails: [{ value: 'quirk@example.com', type: 'work', primary: true }] },
    ],
    [
      'Entra sends attributes that are not kept, and removes them',
      [
        { op: 'Add', path: 'title', value: 'Head' },
        { op: 'Remove', path: `${ENTERPRISE}:manager` },
        { op: 'Add', path: 'roles', value: [{ value: 'x' }] },
      ],
      { name: { givenName: 'Anna' } },
    ],
    ['Okta sends an object without a path', [{ op: 'replace', value: { active: false } }], { active: false }],
    ['Okta takes that back', [{ op: 'replace', value: { active: true } }], { active: true }],
  ])('%s', async (_quirk, operations, expected) => {
    const { status, body } = await identity.patch(user.id, operations);
    expect({ status, body }).toMatchObject({ status: 200, body: expected });
  });

  test('Parameters that are not known are passed over: no provider is refused for asking in an order', async () => {
    for (const path of ['/Users?count=1&sortBy=userName&sortOrder=ascending', `/Users/${user.id}?cursor=&more=x`])
      expect([path, (await identity.scim('GET', path)).status]).toEqual([path, 200]);
    const { status } = await identity.scim('PATCH', `/Users/${user.id}?sortBy=id`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: true }],
    });
    expect(status).toBe(200);
  });

  test('What describes the service takes no filter: nobody may take it for filtered (RFC 7644, section 4)', async () => {
    const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
    for (const path of ['ServiceProviderConfig', 'ResourceTypes', 'ResourceTypes/User', 'Schemas', `Schemas/${core}`]) {
      expect([path, (await identity.scim('GET', `/${path}?startIndex=2`)).status]).toEqual([path, 200]);
      const { status, body } = await identity.scim('GET', `/${path}?filter=${encodeURIComponent('id eq "User"')}`);
      expect([path, status, body.status]).toEqual([path, 403, '403']);
    }
  });

  test('Okta repeats the id among the values, and may not change it', async () => {
    const replace = (value: object) => identity.patch(user.id, [{ op: 'replace', value }]);
    expect((await replace({ id: user.id, active: true })).status).toBe(200);
    expect(await replace({ id: 'another' })).toMatchObject({ status: 400, body: { scimType: 'mutability' } });
  });

  test('Okta puts a whole user with what it was given, also what is ours to set', async () => {
    const { body: known } = await identity.scim('GET', `/Users/${user.id}`);
    const whole = { ...known, groups: [], name: { givenName: 'Anne', familyName: 'Lee' } };
    const { status, body } = await identity.scim('PUT', `/Users/${user.id}`, whole);
    expect({ status, body }).toMatchObject({ status: 200, body: { id: user.id, name: { givenName: 'Anne' } } });
  });

  test('Entra empties a number that is required: the answer says what is missing, and nothing changes', async () => {
    const { status, body } = await identity.patch(user.id, [
      { op: 'Remove', path: 'phoneNumbers[type eq "mobile"].value' },
    ]);
    expect({ status, scimType: body.scimType }).toEqual({ status: 400, scimType: 'invalidValue' });
    expect(body.detail).toMatch(/mobile/i);
    expect((await identity.scim('GET', `/Users/${user.id}`)).body.phoneNumbers).toHaveLength(1);
  });

  test('Among very many clients a filter has to name one, by whatever is unique; any other one is refused in words', async () => {
    const { people } = collectionsOf(stack.db);
    const like = (await people.findOne({ _id: user.id }, { projection: { provisioning: 0 } }))!;
    await people.insertMany(
      Array.from({ length: MANY }, (_, i): PersonDoc => {
        const email = `many${i}@example.com`;
        return { ...like, _id: `${DEMO_ORGANISATION_ID}:many-${i}`, email, emailKey: email, mobile: `+999${i}` };
      }),
    );
    for (const filter of [
      'userName eq "quirk@example.com"',
      'externalId eq "ext-quirk"',
      `id eq "${user.id}"`,
      'emails eq "Quirk@example.com"',
      'emails.value eq "quirk@example.com"',
      'emails[type eq "work"].value eq "quirk@example.com"',
      'emails[primary eq true].value eq "quirk@example.com"',
      'emails[type eq "work" and value eq "quirk@example.com"] and active eq true',
      'phoneNumbers.value eq "+447911200123"',
    ])
      expect([filter, (await identity.find(filter)).body.Resources?.map(({ id }) => id)]).toEqual([filter, [user.id]]);
    for (const filter of [
      'active eq false',
      'userName sw "q"',
      'name.familyName eq "Lee"',
      'userName eq "quirk@example.com" or externalId eq "x"',
      'not (userName eq "quirk@example.com")',
    ]) {
      const { status, body } = await identity.find(filter);
      expect([filter, status, body.scimType]).toEqual([filter, 400, 'tooMany']);
      expect(body.detail).toContain('"userName eq"');
    }
    // Without a filter pages are read.
    expect((await identity.scim<List>('GET', '/Users?count=2')).body).toMatchObject({ itemsPerPage: 2 });
  });
});
