import type { Db } from 'mongodb';
import { MongoClient } from 'mongodb';
import { ConfigError } from '../../platform/config';
import { listMigrations, migrate } from '../../store/migrations/migrate';
import { MIGRATIONS } from '../../store/migrations/migrations';
import type { Migration } from '../../store/migrations/migrations';
import { NAME_COLLATION } from '../../store/people/find-people';
import { openStore } from '../../store/index';
import { ensureIndexes } from '../../store/indexes';
import { sharedServers } from '../support/environment';
import { openScratchStore, person, stagedRow, waits } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const NEWEST = MIGRATIONS.at(-1)!.id;

describe('Migrations', () => {
  let scratch: ScratchStore;
  let mongo: MongoClient;
  beforeEach(async () => {
    scratch = await openScratchStore();
    mongo = new MongoClient(sharedServers().mongodbUri);
  });
  afterEach(async () => {
    await mongo.close();
    await scratch.close();
  });

  const numbersOf = async (db: Db) => (await listMigrations(db)).map(({ _id }) => _id);
  /** Counts its runs in the database. */
  const counting = (id: number, change: Partial<Migration> = {}): Migration => ({
    ...{ id, name: `counting-${id}` },
    up: async (db) => {
      await db.collection<{ _id: number }>('runs').updateOne({ _id: id }, { $inc: { count: 1 } }, { upsert: true });
    },
    ...change,
  });
  const runs = () => scratch.db.collection('runs').find().sort({ _id: 1 }).toArray();

  test('of a build are all there once the store is open, numbered without a gap', async () => {
    expect(await numbersOf(scratch.db)).toEqual(MIGRATIONS.map((_, i) => i + 1));
    expect(MIGRATIONS.map(({ id }) => id)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  });

  test('are carried out once, in their order, by one of the processes that start at the same time', async () => {
    const order: number[] = [];
    const noting = (id: number) => counting(id, { up: async (db) => void (order.push(id), await counting(id).up(db)) });
    const migrations = [...MIGRATIONS, noting(NEWEST + 1), noting(NEWEST + 2)];
    const other = mongo.db(scratch.db.databaseName);
    await Promise.all([scratch.db, other, scratch.db, other].map((db) => migrate(db, migrations)));
    await migrate(other, migrations);
    expect(order).toEqual([NEWEST + 1, NEWEST + 2]);
    expect(await runs()).toEqual([
      { _id: NEWEST + 1, count: 1 },
      { _id: NEWEST + 2, count: 1 },
    ]);
  });

  test('are taken over from a process that has died in the middle, and nothing is recorded before it is done', async () => {
    const failing = counting(NEWEST + 1, { up: () => Promise.reject(new Error('killed')) });
    await expect(migrate(scratch.db, [...MIGRATIONS, failing])).rejects.toThrow('killed');
    expect(await numbersOf(scratch.db)).not.toContain(NEWEST + 1);
    // A lock that nobody renews.
    const lock = { _id: 'migrations' as never, holder: 'dead', until: new Date(Date.now() + 500) };
    await scratch.db.collection('migration_lock').insertOne(lock);
    await migrate(scratch.db, [...MIGRATIONS, counting(NEWEST + 1)]);
    expect(await runs()).toEqual([{ _id: NEWEST + 1, count: 1 }]);
    expect(Date.now()).toBeGreaterThan(lock.until.getTime());
    expect(await scratch.db.collection('migration_lock').countDocuments()).toBe(0);
  });

  test('of a newer build let an older one work on, unless they have ended it: then it is told and changes nothing', async () => {
    const open = () => openStore(sharedServers().mongodbUri, scratch.db.databaseName);
    await migrate(scratch.db, [...MIGRATIONS, counting(NEWEST + 1)]);
    await (await open()).close();

    await migrate(scratch.db, [...MIGRATIONS, counting(NEWEST + 1), counting(NEWEST + 2, { endsOlderBuilds: true })]);
    await scratch.collections.people.dropIndex('mobile_1');
    const refusal = await open().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ConfigError);
    expect((refusal as Error).message).toBe(
      'The start has failed:\n' +
        `  - MONGODB_DATABASE: a newer build has migrated it (${NEWEST + 2}, counting-${NEWEST + 2}), and this one knows the migrations up to ` +
        `${NEWEST} only. Start the newer build, or restore a backup from before.`,
    );
    expect(await scratch.collections.people.indexExists('mobile_1')).toBe(false);
  });

  describe('from indexes of rows by their status', () => {
    const CELLS = ['cells.email', 'cells.lastName', 'cells.firstName'];
    const SERVED_BY_ANOTHER = 'organisationId_1_problems.code_1_importId_1';
    /** As the build before makes them at its start. */
    async function buildOlderIndexes(): Promise<string[]> {
      const { rows } = scratch.collections;
      return Promise.all([
        rows.createIndex(
          { status: 1, organisationId: 1, 'person.teamIds': 1 },
          { partialFilterExpression: { status: 'waiting' } },
        ),
        ...CELLS.map((cell) =>
          rows.createIndex(
            { organisationId: 1, [cell]: 1 },
            { collation: NAME_COLLATION, partialFilterExpression: { status: 'rejected' } },
          ),
        ),
        rows.createIndex(
          { organisationId: 1, 'problems.code': 1, importId: 1 },
          { partialFilterExpression: { 'problems.code': { $exists: true } } },
        ),
      ]);
    }
    const namesOf = async () => (await scratch.collections.rows.indexes()).map(({ name }) => name!).sort();
    const rowsById = async () =>
      Object.fromEntries(
        (await scratch.collections.rows.find().toArray()).map(({ _id, status, problems }) => [
          _id,
          [status, ...problems.map(({ code }) => code)],
        ]),
      );

    test('the new ones are built beside those that older builds find rows by, and cancelled rows wait no longer', async () => {
      const { rows } = scratch.collections;
      const asNew = await namesOf();
      await rows.dropIndexes();
      const older = await buildOlderIndexes();
      await scratch.db.collection<{ _id: number }>('migrations').deleteOne({ _id: 4 });
      const by = person('org');
      const shared = { code: 'mobile.shared', column: null, letter: null, value: null } as const;
      await rows.insertMany([
        { ...stagedRow(by, { importId: 'open', row: 2 }), ...waits },
        { ...stagedRow(by, { importId: 'cut', row: 2 }), status: 'cancelled', problems: [shared, ...waits.problems] },
      ]);

      await migrate(scratch.db);

      const stay = older.filter((name) => name !== SERVED_BY_ANOTHER);
      expect(stay).toHaveLength(older.length - 1);
      expect(await namesOf()).toEqual([...asNew, ...stay].sort());
      expect(await rowsById()).toEqual({
        'open:2': ['waiting', 'group.waiting'],
        'cut:2': ['cancelled', 'mobile.shared'],
      });
    });

    test('a build of before that starts beside this one, or takes its place, finds no conflict', async () => {
      const older = await buildOlderIndexes();
      expect(await namesOf()).toEqual(expect.arrayContaining(older));
      await ensureIndexes(scratch.db);
      for (const { up } of MIGRATIONS) await up(scratch.db);
      expect(await namesOf()).not.toContain(SERVED_BY_ANOTHER);
    });
  });

  test('may be run again, and leave what they find', async () => {
    const { imports, invitations, olderApiKeys, apiKeys } = scratch.collections;
    const key = { _id: 'hash', organisationId: 'org', role: 'support' as const, createdAt: new Date(2026, 0, 1) };
    await olderApiKeys.insertOne(key);
    const importDoc = { _id: 'older', plannedAt: new Date(), status: 'completed' };
    await imports.insertOne(importDoc as never);
    const older = { organisationId: 1, channel: 1, reminders: 1, changedAt: 1, reminderSkippedAt: 1 } as const;
    const dropped = { importId: 1, superseded: 1, channel: 1, state: 1, row: 1 } as const;
    await invitations.createIndexes([{ key: older }, { key: dropped }]);

    const state = async () => ({
      indexes: (await invitations.indexes()).map((index) => index.key),
      keys: await apiKeys.find().toArray(),
      remindAt: (await imports.findOne({ _id: 'older' }))!.remindAt,
    });
    for (const { up } of MIGRATIONS) await up(scratch.db);
    const once = await state();
    for (const { up } of MIGRATIONS) await up(scratch.db);

    expect(await state()).toEqual(once);
    expect(once.indexes).not.toContainEqual(older);
    expect(once.indexes).not.toContainEqual(dropped);
    expect(once.keys).toEqual([expect.objectContaining({ organisationId: 'org', role: 'support' })]);
    expect(once.remindAt).toEqual(expect.any(Date));
  });
});
