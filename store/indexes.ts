import type { Db } from 'mongodb';
import { collectionsOf } from './collections';

/** Creates the indexes that are missing. The unique ones are rules of the product, not only speed. */
export async function ensureIndexes(db: Db): Promise<void> {
  const { clientTeams, staff, imports, rows, clients, invitations } = collectionsOf(db);
  await Promise.all([
    // One client per address and organisation, whatever files arrive at the same moment.
    clients.createIndex({ organisationId: 1, emailKey: 1 }, { unique: true }),
    clientTeams.createIndex({ organisationId: 1, nameKey: 1 }, { unique: true }),
    staff.createIndex({ organisationId: 1, emailKey: 1 }, { unique: true }),
    imports.createIndex({ organisationId: 1, createdAt: -1, _id: -1 }),
    imports.createIndex({ organisationId: 1, batchId: 1 }),
    imports.createIndex({ status: 1, sweptAt: 1 }),
    rows.createIndex({ importId: 1, row: 1 }),
    // Counts of an import are answered from these two without reading a document.
    rows.createIndex({ importId: 1, status: 1, row: 1 }),
    invitations.createIndex({ importId: 1, superseded: 1, channel: 1, state: 1, row: 1 }),
  ]);
}
