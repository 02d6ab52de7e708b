import { collectionsOf } from '../../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { createGate } from '../../support/gate';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { createScimCaller, ENTERPRISE } from './scim-caller';
import type { ScimCaller, User } from './scim-caller';

const addressOf = (value: string) => ({ op: 'Replace', path: 'emails[type eq "work"].value', value });

describe('What an identity provider changes of a client', () => {
  const gate = createGate();
  let stack: Stack;
  let identity: ScimCaller;
  beforeAll(async () => {
    stack = await startStack({}, { workerStore: (store) => gate.around(store) });
    identity = await createScimCaller(stack);
  });
  afterAll(() => stack.stop());

  const create = async (name: string, change: object = {}): Promise<User> => {
    const { status, body } = await identity.scim('POST', '/Users', identity.newUser(name, change));
    expect({ status, detail: body.detail }).toEqual({ status: 201, detail: undefined });
    return body;
  };
  const importOf = async ({ id }: User): Promise<string> =>
    (await stack.api.get<{ import: { id: string } }>(`/v1/clients/${id}`)).body.import.id;
  /** Once all that is to be sent is sent. */
  const invited = async (user: User): Promise<string> => {
    const id = await importOf(user);
    await stack.api.rest(id);
    return id;
  };
  const tokenTo = async (address: string): Promise<string> => {
    const [mail] = await until(
      'a message',
      async () => (await stack.sandbox.messages()).filter(({ to }) => to === address),
      (messages) => messages.length > 0,
    );
    return /\/join\/([\w-]+)/.exec(mail!.body)![1]!;
  };
  const join = async (token: string): Promise<number> =>
    (await stack.api.call('POST', '/v1/invitations/accept', { body: JSON.stringify({ token }) })).status;
  const imports = () => collectionsOf(stack.db).imports.countDocuments();
  const countTo = async (address: string): Promise<number> =>
    (await stack.sandbox.messages()).filter(({ to }) => to === address).length;

  test('Another address is invited anew by e-mail alone, once; the link that went to the former one ends', async () => {
    const user = await create('moved');
    await invited(user);
    const former = await tokenTo('moved@example.com');
    const operations = [
      addressOf('moved.on@example.com'),
      { op: 'Replace', path: 'userName', value: 'moved.on@example.com' },
    ];
    const moved = await identity.patch(user.id, operations);
    expect(moved).toMatchObject({
      status: 200,
      body: { id: user.id, userName: 'moved.on@example.com', emails: [{ value: 'moved.on@example.com' }] },
    });
    const token = await tokenTo('moved.on@example.com');
    expect((await identity.patch(user.id, operations)).body).toEqual(moved.body);
    await invited(user);
    expect(await countTo('moved@example.com')).toBe(1);
    expect(await countTo('moved.on@example.com')).toBe(1);
    expect(await countTo(user.phoneNumbers[0]!.value)).toBe(1);
    expect([await join(former), await join(token)]).toEqual([410, 200]);
  });

  test('A client who has joined gets the address changed without a message, and the audit log has it', async () => {
    const user = await create('joined');
    await invited(user);
    expect(await join(await tokenTo('joined@example.com'))).toBe(200);
    const before = (await stack.sandbox.messages()).length;
    const { status, body } = await identity.patch(user.id, [addressOf('joined.since@example.com')]);
    expect({ status, emails: body.emails }).toEqual({
      status: 200,
      emails: [{ value: 'joined.since@example.com', type: 'work', primary: true }],
    });
    await invited(user);
    expect(await stack.sandbox.messages()).toHaveLength(before);
    const { body: log } = await stack.api.get<{ data: { action: string; status: number }[] }>('/v1/events?limit=5');
    const changes = log.data.filter(({ action }) => action === 'patchScimUser');
    expect(JSON.stringify(changes[0])).toContain(user.id);
  });

  test('An address that somebody has is refused, and so is one that is none; nothing changes', async () => {
    const user = await create('refused');
    await create('holder');
    expect(await identity.patch(user.id, [addressOf('holder@example.com')])).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
    const invalid = await identity.patch(user.id, [addressOf('nowhere')]);
    expect(invalid).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(invalid.body.detail).toMatch(/e-mail/i);
    expect((await identity.scim('GET', `/Users/${user.id}`)).body.emails).toEqual(user.emails);
  });

  test('The address of a client whose rows are kept no more is corrected by a row of its own', async () => {
    const user = await create('expired');
    await collectionsOf(stack.db).rows.deleteMany({ importId: await invited(user) });
    const moved = await identity.patch(user.id, [
      addressOf('expired.since@example.com'),
      { op: 'replace', path: 'name.givenName', value: 'Anna' },
    ]);
    expect(moved).toMatchObject({ status: 200, body: { id: user.id, name: { givenName: 'Anna' } } });
    await tokenTo('expired.since@example.com');
    expect(await countTo('expired.since@example.com')).toBe(1);
  });

  test('A company and a language are removed where that is asked for, and stay where nothing is said of them', async () => {
    const user = await create('company', {
      ...{ preferredLanguage: 'fr' },
      [ENTERPRISE]: { department: 'Mayfair', organization: 'Acme' },
    });
    await invited(user);
    const before = await imports();
    const put = await identity.scim(
      'PUT',
      `/Users/${user.id}`,
      identity.newUser('company', { phoneNumbers: user.phoneNumbers }),
    );
    expect(put.body).toMatchObject({ preferredLanguage: 'fr', [ENTERPRISE]: { organization: 'Acme' } });
    expect(await imports()).toBe(before);
    const removed = await identity.patch(user.id, [
      { op: 'Remove', path: `${ENTERPRISE}:organization` },
      { op: 'Remove', path: 'preferredLanguage' },
    ]);
    expect(removed).toMatchObject({ status: 200 });
    expect(removed.body[ENTERPRISE]).toEqual({ department: 'Mayfair' });
    expect(removed.body.preferredLanguage).toBeUndefined();
    const person = await collectionsOf(stack.db).people.findOne({ _id: user.id });
    expect(person!.company).toBeNull();
  });

  test('Who is taken out of a client team is in the default one, and stays where there is none', async () => {
    const inTeam = async (department: string) => (await create(department.toLowerCase())).id;
    const id = await inTeam('Mayfair');
    const takeOut = () => identity.patch(id, [{ op: 'remove', path: `${ENTERPRISE}:department` }]);
    expect((await takeOut()).body[ENTERPRISE]).toEqual({ department: 'Mayfair' });
    await stack.store.organisations.change(DEMO_ORGANISATION_ID, {
      defaultTeamId: `${DEMO_ORGANISATION_ID}:riverside`,
    });
    expect((await takeOut()).body[ENTERPRISE]).toEqual({ department: 'Riverside' });
    await stack.store.organisations.change(DEMO_ORGANISATION_ID, { defaultTeamId: null });
  });

  test('A creation that was broken off is ended by the same request, with all names, and nobody is invited twice', async () => {
    const user = identity.newUser('broken', { userName: 'broken@login.example.com' });
    const held = gate.hold('people.create', 'before');
    const begun = jest.spyOn(stack.store.newImports, 'createOnce');
    // As an identity provider that gives up, and asks again.
    const first = identity.scim('POST', '/Users', user);
    await held.arrival;
    const again = identity.scim('POST', '/Users', user);
    await until(
      'the second request to find the first',
      () => Promise.resolve(begun.mock.calls.length),
      (calls) => calls >= 2,
    );
    begun.mockRestore();
    held.release();
    const answers = await Promise.all([first, again]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201]);
    expect(answers[0].body).toEqual(answers[1].body);
    expect((await identity.scim('POST', '/Users', user)).status).toBe(409);
    await invited(answers[0].body);
    expect(await countTo('broken@example.com')).toBe(1);
  });

  test('A creation that ends between two looks of the API is seen at its end', async () => {
    const { rows } = stack.store;
    const readPage = rows.page.bind(rows);
    const seen: (string | undefined)[] = [];
    const page = jest.spyOn(rows, 'page').mockImplementationOnce(async (importId, query) => {
      const read = await readPage(importId, query);
      seen.push(read[0]?.status);
      await stack.api.rest(importId);
      return read;
    });
    const { status, body } = await identity.scim('POST', '/Users', identity.newUser('late'));
    page.mockRestore();
    expect(seen).not.toContain('created');
    expect({ status, detail: body.detail }).toEqual({ status: 201, detail: undefined });
  });

  test('A creation whose names were not kept any more is ended by the same request', async () => {
    const user = identity.newUser('unnamed', { userName: 'unnamed@login.example.com' });
    const name = jest.spyOn(stack.store.provisioned, 'name').mockRejectedValueOnce(new Error('the API has died'));
    expect((await identity.scim('POST', '/Users', user)).status).toBe(500);
    name.mockRestore();
    expect((await identity.find('userName eq "unnamed@login.example.com"')).body.totalResults).toBe(0);
    const ended = await identity.scim('POST', '/Users', user);
    expect(ended).toMatchObject({
      status: 201,
      body: { userName: 'unnamed@login.example.com', externalId: 'ext-unnamed' },
    });
    expect((await identity.scim('POST', '/Users', user)).status).toBe(409);
    await invited(ended.body);
    expect(await countTo('unnamed@example.com')).toBe(1);
    // And whoever is erased in between is created anew.
    expect((await identity.scim('DELETE', `/Users/${ended.body.id}`)).status).toBe(204);
    const anew = await identity.scim('POST', '/Users', user);
    expect(anew.status).toBe(201);
    expect(anew.body.id).not.toBe(ended.body.id);
  });
});
