import type { PersonDoc, RowDoc } from '../../store/documents';
import { rowId } from '../../store/documents';
import { openScratchStore, organisation, person, staffMember } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { uniqueName } from '../support/environment';

describe('Client teams', () => {
  let scratch: ScratchStore;
  let org: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    org = uniqueName('org-');
    await scratch.collections.organisations.insertOne(organisation(org));
  });
  afterAll(() => scratch.close());

  const add = async (...people: PersonDoc[]): Promise<string[]> => {
    await scratch.collections.people.insertMany(people);
    return people.map(({ _id }) => _id);
  };
  const create = async (name: string, staffIds: string[]): Promise<string> => {
    const _id = uniqueName('team-');
    expect(await scratch.store.teamChanges.create({ _id, organisationId: org, name }, staffIds)).toBe(true);
    return _id;
  };

  test('When a team is created, then its staff are in it, and it is ready as soon as one of them is active', async () => {
    const [ines, tom] = await add(
      staffMember(org, { firstName: 'Ines', lastName: 'Almeida' }),
      staffMember(org, { firstName: 'Tom', lastName: 'Okafor' }),
    );
    const id = await create('Mayfair', [tom!, ines!]);
    expect(await scratch.store.teams.find(org, id)).toEqual({
      id,
      name: 'Mayfair',
      ready: false,
      staff: [
        { id: ines, firstName: 'Ines', lastName: 'Almeida', active: false },
        { id: tom, firstName: 'Tom', lastName: 'Okafor', active: false },
      ],
      clients: 0,
    });
    await scratch.store.staff.activate(org, tom!);
    await add(person(org, { teamIds: [id] }), person(org, { teamIds: [id] }), person(org, { teamIds: ['other'] }));
    expect(await scratch.store.teams.find(org, id)).toMatchObject({ ready: true, clients: 2 });
  });

  test('When teams are listed page by page, then each comes once, by name and not by capital letters', async () => {
    const [ines] = await add(staffMember(org));
    for (const name of ['beta', 'Delta', 'Alpha', 'gamma']) await create(name, [ines!]);
    const first = await scratch.store.teams.list({ organisationId: org, limit: 3 });
    const second = await scratch.store.teams.list({ organisationId: org, limit: 3, after: first.at(-1)!.id });
    expect([...first, ...second].map(({ name }) => name)).toEqual(['Alpha', 'beta', 'Delta', 'gamma']);
  });

  test('When ten create a team of one name at once, however written, then there is one and nobody is in another', async () => {
    const [ines] = await add(staffMember(org));
    const names = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'Mayfair' : 'MAYFAIR'));
    const created = await Promise.all(
      names.map((name, i) =>
        scratch.store.teamChanges.create({ _id: `${org}:${i}`, organisationId: org, name }, [ines!]),
      ),
    );
    expect(created.filter(Boolean)).toHaveLength(1);
    const [team, ...others] = await scratch.store.teams.list({ organisationId: org, limit: 10 });
    expect(others).toEqual([]);
    expect((await scratch.store.staff.find(org, ines!))!.teamIds).toEqual([team!.id]);
  });

  test('When a team is renamed to the name of another, then it keeps its own; its own may be written otherwise', async () => {
    const [ines] = await add(staffMember(org));
    await create('Riverside', [ines!]);
    const id = await create('Mayfair', [ines!]);
    const rename = (where: string, name: string) => scratch.store.teamChanges.rename(where, id, name);
    expect(await rename(org, 'RIVERSIDE')).toBe('name-taken');
    expect((await scratch.store.teams.find(org, id))!.name).toBe('Mayfair');
    expect(await rename(org, 'MayFair')).toBe('renamed');
    expect((await scratch.store.teams.find(org, id))!.name).toBe('MayFair');
    expect(await rename('another', 'Taken')).toBe('unknown');
  });

  test('When a team is named by id or by name, then it is found in its own organisation only', async () => {
    const [ines] = await add(staffMember(org));
    const id = await create('Mayfair', [ines!]);
    expect(await scratch.store.teams.named(org, id, 'nobody')).toBe(id);
    expect(await scratch.store.teams.named(org, 'nobody', 'mayfair')).toBe(id);
    expect(await scratch.store.teams.named(org, 'nobody', 'nobody')).toBeNull();
    expect(await scratch.store.teams.named('another', id, 'mayfair')).toBeNull();
  });

  test('When all members are taken out of a team at once, then one of them stays', async () => {
    const members = await add(...Array.from({ length: 6 }, () => staffMember(org)));
    const id = await create('Mayfair', members);
    const results = await Promise.all(members.map((member) => scratch.store.teamChanges.removeStaff(org, id, member)));
    expect(results.filter((result) => result === 'last')).toHaveLength(1);
    expect((await scratch.store.teams.find(org, id))!.staff).toHaveLength(1);
  });

  test('When somebody is taken out who is not in the team, or put in twice, then nothing changes', async () => {
    const [ines, tom] = await add(staffMember(org), staffMember(org));
    const id = await create('Mayfair', [ines!]);
    expect(await scratch.store.teamChanges.removeStaff(org, id, tom!)).toBe('not-a-member');
    expect(await scratch.store.teamChanges.removeStaff('another', id, ines!)).toBe('unknown');
    expect(await scratch.store.teamChanges.addStaff(org, id, [ines!, tom!])).toBe('added');
    expect(await scratch.store.teamChanges.addStaff(org, id, [ines!, tom!])).toBe('added');
    expect((await scratch.store.staff.find(org, tom!))!.teamIds).toEqual([id]);
  });

  test('When nothing leans on a team, then it is removed, and its staff are in it no more', async () => {
    const [ines] = await add(staffMember(org));
    const id = await create('Mayfair', [ines!]);
    expect(await scratch.store.teamChanges.remove('another', id)).toBe('unknown');
    expect(await scratch.store.teamChanges.remove(org, id)).toBe('removed');
    expect(await scratch.store.teams.find(org, id)).toBeNull();
    expect((await scratch.store.staff.find(org, ines!))!.teamIds).toEqual([]);
    expect(await scratch.store.teamChanges.remove(org, id)).toBe('unknown');
  });

  const row = (importId: string, line: number, teamId: string, status: RowDoc['status']): RowDoc => ({
    _id: rowId(importId, line),
    organisationId: org,
    importId,
    row: line,
    status,
    person: person(org, { teamIds: [teamId] }),
    plan: { action: 'create', channels: [] },
    problems: [],
    repairs: [],
  });

  test.each([
    ['waiting', 'waiting', { isDefault: false, clients: 0, rows: 1 }],
    ['creating', 'pending', { isDefault: false, clients: 0, rows: 1 }],
    ['awaiting-approval', 'pending', { isDefault: false, clients: 0, rows: 1 }],
    ['waiting', 'created', 'removed'],
    ['cancelled', 'pending', 'removed'],
  ] as const)(
    'When an import that is %s has a row that is %s for a team, then its removal ends so: %j',
    async (importStatus, rowStatus, expected) => {
      const [ines] = await add(staffMember(org));
      const id = await create('Mayfair', [ines!]);
      const importId = uniqueName('import-');
      await scratch.collections.imports.insertOne({
        _id: importId,
        organisationId: org,
        status: importStatus,
      } as never);
      await scratch.collections.rows.insertOne(row(importId, 2, id, rowStatus));
      expect(await scratch.store.teamChanges.remove(org, id)).toEqual(expected);
    },
  );

  test('When a team has clients or is the default, then it stays', async () => {
    const [ines] = await add(staffMember(org));
    const id = await create('Mayfair', [ines!]);
    await add(person(org, { teamIds: [id] }));
    expect(await scratch.store.organisations.change(org, { defaultTeamId: id })).toBe(true);
    expect(await scratch.store.teamChanges.remove(org, id)).toEqual({ isDefault: true, clients: 1, rows: 0 });
    expect(await scratch.store.teams.find(org, id)).not.toBeNull();
  });

  test('When a team is removed while it is made the default, then one of the two is refused', async () => {
    const [ines] = await add(staffMember(org));
    for (let i = 0; i < 20; i++) {
      const id = await create(`Team${i}`, [ines!]);
      const [isDefault, removal] = await Promise.all([
        scratch.store.organisations.change(org, { defaultTeamId: id }),
        scratch.store.teamChanges.remove(org, id),
      ]);
      const standing = await scratch.store.organisations.find(org);
      const team = await scratch.store.teams.find(org, id);
      expect(isDefault).toBe(removal !== 'removed');
      expect(team !== null).toBe(isDefault);
      expect(standing!.defaultTeamId === id).toBe(isDefault);
    }
  });

  test('When staff are named by id or address, however spelled, then they are found, and strangers are told', async () => {
    const [ines, tom] = await add(
      staffMember(org, { email: 'Ines@Example.com', emailKey: 'ines@example.com' }),
      staffMember(org),
    );
    const [client] = await add(person(org));
    const [foreigner] = await add(staffMember('another'));
    const named = await scratch.store.staff.named(org, [
      ' INES@example.com',
      tom!,
      client!,
      foreigner!,
      'nobody@example.com',
    ]);
    expect(named.ids.sort()).toEqual([ines, tom].sort());
    expect(named.unknown).toEqual([client, foreigner, 'nobody@example.com']);
  });

  test('When an organisation was written before a setting existed, then the setting has its default', async () => {
    const old = uniqueName('org-');
    await scratch.collections.organisations.insertOne({ _id: old, name: 'Old', defaultCountry: 'GB' } as never);
    expect(await scratch.store.organisations.find(old)).toEqual({
      _id: old,
      name: 'Old',
      defaultCountry: 'GB',
      defaultTeamId: null,
      channels: ['email', 'sms'],
      failover: null,
      strict: false,
      waitingDays: 30,
      invitationDays: 30,
      reminders: { everyHours: 24, atMost: 5 },
      headerAliases: {},
      language: 'en',
      senderName: null,
      replyTo: null,
      texts: {},
    });
  });
});
