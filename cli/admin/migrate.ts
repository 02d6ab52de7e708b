import { formatTable } from '../output/table';
import type { Terminal } from '../commands/session';
import { withStore } from './with-store';

/** Brings the database to what this build needs, which any start does as well, and lists its migrations. */
export async function migrateDatabase({ out, err }: Terminal): Promise<void> {
  const migrations = await withStore((store) => store.listMigrations());
  const lines = migrations.map(({ _id, name, appliedAt }) => [String(_id), appliedAt.toISOString(), name]);
  out.write(`${formatTable([['ID', 'APPLIED', 'NAME'], ...lines])}\n`);
  err.write('The database has all indexes and migrations of this build.\n');
}
