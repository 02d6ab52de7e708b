import { uniqueName } from '../../support/environment';
import { organisation, person, sentInvitation } from '../../support/scratch-store';
import { until } from '../../support/until';
import { MIGRATIONS } from '../../../store/migrations/migrations';
import { runCli, runHere, unwrapped } from '../cli';
import { onServer } from './server-commands';

describe('The commands on the server', () => {
  const server = onServer();

  const STAFF = ['--first-name', 'Ines', '--last-name', 'Almeida', '--email', 'ines@example.com'];
  const setUp = (id: string, change: string[] = []) => [
    ...['admin', 'organisation', 'create', '--id', id, '--name', 'Harbour Wealth', '--country', 'gb'],
    ...['--team', 'Mayfair', ...STAFF, '--mobile', '07911 123456', ...change],
  ];
  const works = async (secret: string) => (await server.scratch.store.apiKeys.find(secret.trim()))?.key;
  const keysOf = (organisationId: string) => server.scratch.store.apiKeys.list({ organisationId, limit: 10 });

  test('One command sets up an organisation, whose key alone is written to the standard output', async () => {
    const id = uniqueName('harbour-');
    const { code, out, err } = await runCli(setUp(id, ['--days', '30']), { env: server.settings });
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`Its id is ${id}.`) as string });
    expect(out).toMatch(/^ci_[0-9a-f]{48}\n$/);
    expect(err).not.toContain(out.trim());
    expect(await works(out)).toMatchObject({ organisationId: id, role: 'systemAdministrator', name: 'First key' });
    const [team] = await server.scratch.store.teams.list({ organisationId: id, limit: 2 });
    expect(team).toMatchObject({ name: 'Mayfair', ready: true, staff: [{ firstName: 'Ines', active: true }] });
    const organisation = await server.scratch.store.organisations.find(id);
    expect(organisation).toMatchObject({ name: 'Harbour Wealth', defaultCountry: 'GB', defaultTeamId: team!.id });
    const { mobile } = (await server.scratch.collections.people.findOne({ organisationId: id }))!;
    expect(mobile).toBe('+447911123456');
    const list = (...flags: string[]) => runHere(['admin', 'organisation', 'list', ...flags]);
    expect((await list()).out).toContain(`${id}  Harbour Wealth`);
    const found = (await list('--search', id.toUpperCase(), '--output', 'json')).out;
    expect(JSON.parse(found)).toEqual([{ id, name: 'Harbour Wealth' }]);
    expect(await list('--search', 'nobody', '--output', 'csv')).toMatchObject({
      ...{ out: expect.stringMatching(/^id,name\r?\n$/) as string },
      err: expect.stringContaining('No organisation has "nobody"') as string,
    });
  });

  test.each([
    ['an invalid mobile', ['--mobile', '12'], /Mobile: .*nothing was created|nothing was created.*Mobile: /],
    ['an invalid team', ['--team', 'May fair'], /May fair/],
    ['an invalid country', ['--country', 'XX'], /two letters/],
    ['an invalid id', ['--id', '../x'], /small letters/],
    ['a name of two lines', ['--name', 'Harbour\nWealth'], /one line/],
  ])('With %s nothing is set up, and the message says why', async (_name, change, message) => {
    const count = await server.scratch.collections.organisations.countDocuments();
    const failure = await runHere(setUp(uniqueName('bad-'), change)).then(String, (error: Error) => error.message);
    expect(unwrapped(failure)).toMatch(message);
    expect(await server.scratch.collections.organisations.countDocuments()).toBe(count);
  });

  test('Of two organisations with one id the second is refused, and leaves nothing behind', async () => {
    const id = uniqueName('twice-');
    await runHere(setUp(id));
    await expect(runHere(setUp(id))).rejects.toThrow('already');
    expect(await keysOf(id)).toHaveLength(1);
    expect(await server.scratch.collections.people.countDocuments({ organisationId: id })).toBe(1);
  });

  test('Keys are created, listed without their secrets, rotated and revoked', async () => {
    const organisation = uniqueName('keys-');
    await runHere(setUp(organisation));
    const run = (...args: string[]) =>
      runHere(['admin', 'keys', args[0]!, ...args.slice(1), '--organisation', organisation]);
    const created = await run('create', '--name', 'Payroll', '--role', 'support', '--rights', 'unmask');
    const key = await works(created.out);
    expect(key).toMatchObject({ name: 'Payroll', role: 'support', rights: ['unmask'] });
    await expect(run('create', '--name', 'payroll', '--role', 'support')).rejects.toThrow('already');

    const rotated = await run('rotate', key!._id, '--overlap-hours', '1');
    expect([await works(created.out), await works(rotated.out)]).toEqual([key && expect.anything(), expect.anything()]);
    const listed = (await run('list')).out;
    expect(listed).toMatch(new RegExp(`Payroll +support unmask .* never +never +${key!._id}`));
    const asJson = (await run('list', '--role', 'support', '--output', 'json')).out;
    expect(JSON.parse(asJson)).toEqual([expect.objectContaining({ id: key!._id, revokedAt: null, lastUsedAt: null })]);
    for (const form of [listed, asJson, (await run('list', '--output', 'csv')).out])
      expect(form).not.toMatch(new RegExp(`${rotated.out.trim()}|hash`));

    expect((await run('revoke', key!._id)).out).toContain('refused from now on');
    expect((await run('list', '--state', 'revoked', '--output', 'csv')).out).toMatch(/^name,.*\r?\nPayroll,/);
    expect((await run('list', '--state', 'active')).out).not.toContain('Payroll');
    expect((await run('list', '--state', 'expired')).err).toContain('no such key');
    // Another process revoked it, which ends it here within a second.
    const known = () => Promise.all([works(created.out), works(rotated.out)]);
    expect(await until('the revoked key to end', known, (keys) => !keys.some(Boolean), 1_000)).toEqual([
      undefined,
      undefined,
    ]);
    await expect(run('rotate', key!._id)).rejects.toThrow('for good');
    await expect(run('revoke', 'unknown')).rejects.toThrow('no key');
    await expect(run('rotate', key!._id, '--overlap-hours', '721')).rejects.toThrow('0 to 720');

    // Each has left an entry of the server, also where nothing was done.
    const { auditLog } = server.scratch.store;
    const entries = (await auditLog.list({ organisationId: organisation, limit: 20 })).reverse();
    expect(entries.map(({ action, actor, status, code }) => `${actor.kind} ${action} ${code ?? status}`)).toEqual([
      'server createOrganisation 200',
      'server createKey 200',
      'server createKey key-name-taken',
      'server rotateKey 200',
      'server revokeKey 200',
      'server rotateKey key-revoked',
      'server revokeKey not-found',
    ]);
    expect(entries[1]!.targets).toEqual([{ kind: 'key', id: key!._id }]);
  });

  test('An unknown organisation and a database that is away are named', async () => {
    const list = ['admin', 'keys', 'list', '--organisation', 'unknown'];
    await expect(runHere(list)).rejects.toThrow('no organisation "unknown"');
    process.env.MONGODB_URI = 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100';
    await expect(runHere(list)).rejects.toThrow('MONGODB_URI');
    process.env.MONGODB_URI = server.settings.MONGODB_URI;
  });

  test('The database is brought to what this build needs, and a newer one is refused in a sentence', async () => {
    const { out, err } = await runHere(['admin', 'migrate']);
    expect(out.trim().split('\n')).toHaveLength(MIGRATIONS.length + 1);
    for (const { name } of MIGRATIONS) expect(out).toContain(name);
    expect(err).toContain('all indexes and migrations of this build');
    const migrations = server.scratch.db.collection<{ _id: number }>('migrations');
    await migrations.insertOne({ _id: 99, name: 'from-the-future', endsOlderBuilds: true } as never);
    await expect(runHere(['admin', 'migrate'])).rejects.toThrow('a newer build has migrated it (99, from-the-future)');
    await migrations.deleteOne({ _id: 99 });
  });

  test('After a restore what is unsent is held back, and only on purpose', async () => {
    const { collections } = server.scratch;
    const organisationId = uniqueName('restored-');
    await collections.organisations.insertOne(organisation(organisationId));
    const to = person(organisationId);
    const importId = uniqueName('import-');
    const open = { _id: importId, organisationId, status: 'inviting', retries: [], revision: 1, checkAt: new Date() };
    await collections.imports.insertOne(open as never);
    const unsent = { importId, state: 'pending' as const, attempts: 0 };
    await collections.invitations.insertMany([
      sentInvitation(to, { ...unsent, channel: 'email' }),
      sentInvitation(to, { ...unsent, channel: 'sms' }),
      sentInvitation(to, { ...unsent, row: 3, state: 'sent' }),
    ]);
    const refused = await runCli(['admin', 'after-restore'], { env: server.settings });
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--yes') as string });
    expect(await collections.invitations.countDocuments({ importId, state: 'pending' })).toBe(2);

    const { err } = await runHere(['admin', 'after-restore', '--yes']);
    expect(err).toMatch(/backup: 1\n.*sent: 1\. .*\n.*sent: 1\. /);
    const states = await collections.invitations.find({ importId }).sort({ row: 1, channel: 1 }).toArray();
    expect(states.map(({ channel, state }) => `${channel} ${state}`)).toEqual([
      'email unconfirmed',
      'sms sending',
      'email sent',
    ]);
    const entries = await collections.auditEntries.find({ action: 'holdAfterRestore' }).toArray();
    const ids = (await collections.organisations.find().toArray()).map(({ _id }) => _id);
    expect(entries.map(({ organisationId }) => organisationId).sort()).toEqual(ids.sort());
    expect(entries.map(({ actor, status }) => `${actor.kind} ${status}`)).toEqual(ids.map(() => 'server 200'));
  });
});
