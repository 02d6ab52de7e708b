import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import { ConfigError } from '../../platform/settings/config-error';
import { ensureIndexes } from '../indexes';
import { MIGRATIONS } from './migrations';
import type { Migration } from './migrations';

/** A migration that was carried out. */
export interface AppliedMigration extends Pick<Migration, 'name' | 'endsOlderBuilds'> {
  _id: number;
  appliedAt: Date;
}

interface MigrationLock {
  _id: 'migrations';
  holder: string;
  /** By the database's clock. */
  until: Date;
}

/** How long a process that has died keeps the others waiting. */
const LEASE_MS = 10_000;
const RENEW_MS = 3_000;
const LOOK_EVERY_MS = 100;

const appliedIn = (db: Db): Collection<AppliedMigration> => db.collection('migrations');
const locksIn = (db: Db): Collection<MigrationLock> => db.collection('migration_lock');

/** The migrations of a database, in their order. */
export const listMigrations = (db: Db): Promise<AppliedMigration[]> => appliedIn(db).find().sort({ _id: 1 }).toArray();

/**
 * Brings a database to what this build needs: builds the missing indexes, and carries out the migrations that were not. Safe in several
 * processes at once, of which one migrates and the others wait; safe to repeat. Throws a `ConfigError`, and changes nothing, where a
 * newer build has ended the work of this one.
 */
export async function migrate(db: Db, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  if ((await findPending(db, migrations)).length === 0) return ensureIndexes(db);
  const holder = randomUUID();
  for (;;) {
    if (await takeLock(db, holder)) {
      try {
        return await migrateAlone(db, migrations, holder);
      } finally {
        await locksIn(db).deleteOne({ holder });
      }
    }
    await pause(LOOK_EVERY_MS);
    if ((await findPending(db, migrations)).length === 0) return ensureIndexes(db);
  }
}

async function migrateAlone(db: Db, migrations: readonly Migration[], holder: string): Promise<void> {
  // An index may take hours to build. A renewal that fails is none of its failures: without the lease, another process repeats the work.
  const renewal = setInterval(() => void takeLock(db, holder).catch(() => undefined), RENEW_MS);
  try {
    // Before the migrations, whose queries may need them.
    await ensureIndexes(db);
    for (const { id: _id, name, endsOlderBuilds, up } of await findPending(db, migrations)) {
      await up(db);
      const applied = { name, ...(endsOlderBuilds && { endsOlderBuilds }) };
      await appliedIn(db).updateOne({ _id }, [{ $set: { ...applied, appliedAt: '$$NOW' } }], { upsert: true });
    }
  } finally {
    clearInterval(renewal);
  }
}

/** Throws a `ConfigError` if this build must not work on the database. */
async function findPending(db: Db, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = await listMigrations(db);
  const known = new Set(migrations.map(({ id }) => id));
  const ending = applied.filter(({ _id, endsOlderBuilds }) => endsOlderBuilds && !known.has(_id)).at(-1);
  if (ending) throw new ConfigError(tooNew(ending, Math.max(0, ...known)));
  const done = new Set(applied.map(({ _id }) => _id));
  return migrations.filter(({ id }) => !done.has(id));
}

const tooNew = ({ _id, name }: AppliedMigration, newest: number): string =>
  'The start has failed:\n' +
  `  - MONGODB_DATABASE: a newer build has migrated it (${_id}, ${name}), and this one knows the migrations up to ${newest} only. ` +
  'Start the newer build, or restore a backup from before.';

/** Takes the lock, or keeps it. Resolves with `false` if another process has it. */
async function takeLock(db: Db, holder: string): Promise<boolean> {
  const _id = 'migrations' as const;
  // MongoDB takes no comparison with its clock in an upsert.
  await locksIn(db).updateOne({ _id }, { $setOnInsert: { holder: '', until: new Date(0) } }, { upsert: true });
  const taken = await locksIn(db).updateOne({ _id, $or: [{ holder }, { $expr: { $lte: ['$until', '$$NOW'] } }] }, [
    { $set: { holder, until: { $add: ['$$NOW', LEASE_MS] } } },
  ]);
  return taken.matchedCount === 1;
}
