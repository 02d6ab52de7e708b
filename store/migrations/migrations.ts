import { MongoServerError } from 'mongodb';
import type { Collection, Db, Document } from 'mongodb';
import { collectionsOf } from '../documents';
import { adoptOlderKeys } from '../access/api-keys';
import { leaveWaiting } from '../imports/rows';

/**
 * A change of stored data that a new build needs. It is run once in a database, by one process, but must do no harm when it is run
 * again, and while a build that does not know it is at work: a process may die, or be replaced, in the middle of it.
 */
export interface Migration {
  /** Rises by one from migration to migration. */
  id: number;
  /** In words with hyphens, for the list that operators see. */
  name: string;
  /**
   * Set where the data can no longer be read by builds that do not know it, so that they must not start any more. Such a migration comes
   * a release after the build that can read both forms.
   */
  endsOlderBuilds?: true;
  up: (db: Db) => Promise<void>;
}

/** All migrations in their order. Indexes are none: `indexes.ts` lists those that there are to be, and the missing are built. */
export const MIGRATIONS: readonly Migration[] = [
  { id: 1, name: 'keys-get-names', up: (db) => adoptOlderKeys(collectionsOf(db)) },
  { id: 2, name: 'reminders-are-found-by-import', up: findRemindersByImport },
  { id: 3, name: 'indexes-without-a-query-go', up: dropOlderIndexes },
  { id: 4, name: 'cancelled-rows-wait-no-longer', up: letCancelledRowsBe },
];

/** By which older builds find due reminders. */
const REMINDERS_BEFORE = 'organisationId_1_channel_1_reminders_1_changedAt_1_reminderSkippedAt_1';

async function findRemindersByImport(db: Db): Promise<void> {
  const { imports, invitations } = collectionsOf(db);
  if (!(await invitations.indexExists(REMINDERS_BEFORE))) return;
  const unlooked = { plannedAt: { $exists: true }, remindAt: { $exists: false } };
  await imports.updateMany(unlooked, { $currentDate: { remindAt: true } });
}

async function dropOlderIndexes(db: Db): Promise<void> {
  const { people, rows, invitations } = collectionsOf(db);
  await Promise.all([
    dropIndex(people, 'importId_1'),
    dropIndex(rows, 'importId_1_status_1_row_1'),
    dropIndex(invitations, 'importId_1_superseded_1_channel_1_state_1_row_1'),
    dropIndex(invitations, REMINDERS_BEFORE),
  ]);
}

/**
 * Older builds have left the warning to rows that they cancelled: with each look for those that wait these would be read, too. Of their
 * indexes one goes, since another serves them as well. The four that name the status of a row go with the release after this one, as they
 * are what older builds find rows by: `status_1_organisationId_1_person.teamIds_1` and `organisationId_1_cells.…_1`.
 */
async function letCancelledRowsBe(db: Db): Promise<void> {
  const { rows } = collectionsOf(db);
  await dropIndex(rows, 'organisationId_1_problems.code_1_importId_1');
  await rows.updateMany({ 'problems.code': 'group.waiting', status: 'cancelled' }, leaveWaiting('cancelled'));
}

const INDEX_NOT_FOUND = 27;

async function dropIndex<T extends Document>(collection: Collection<T>, name: string): Promise<void> {
  await collection.dropIndex(name).catch((error: unknown) => {
    if (!(error instanceof MongoServerError) || error.code !== INDEX_NOT_FOUND) throw error;
  });
}
