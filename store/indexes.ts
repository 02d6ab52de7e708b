import type { Db } from 'mongodb';
import { collectionsOf } from './documents';

/** How long a request is recognised by its key: longer than any client retries by itself. */
const KEY_KEPT_SECONDS = 7 * 24 * 3600;

/** Creates the indexes that are missing. The unique ones are rules of the product, not only speed. */
export async function ensureIndexes(db: Db): Promise<void> {
  const { clientTeams, imports, rows, people, invitations, pendingUploads, idempotencyKeys } = collectionsOf(db);
  await Promise.all([
    // One person per address and organisation, client or staff, whatever files arrive at the same moment.
    people.createIndex({ organisationId: 1, emailKey: 1 }, { unique: true }),
    people.createIndex({ importId: 1 }),
    people.createIndex({ 'updatedBy.importId': 1 }, { sparse: true }),
    people.createIndex({ organisationId: 1, kind: 1, teamIds: 1, active: 1 }),
    people.createIndex({ organisationId: 1, kind: 1, createdAt: -1, _id: -1 }),
    // A reply of STOP to an SMS names only its sender's number.
    people.createIndex({ mobile: 1 }),
    clientTeams.createIndex({ organisationId: 1, nameKey: 1 }, { unique: true }),
    imports.createIndex({ organisationId: 1, createdAt: -1, _id: -1 }),
    imports.createIndex({ organisationId: 1, batchId: 1 }),
    // The few that are to be signalled, and those that have not ended.
    imports.createIndex({ wakeAt: 1 }, { sparse: true }),
    imports.createIndex({ checkAt: 1 }, { sparse: true }),
    imports.createIndex({ 'corrects.rootId': 1, createdAt: 1 }, { sparse: true }),
    pendingUploads.createIndex({ begunAt: 1 }),
    idempotencyKeys.createIndex({ usedAt: 1 }, { expireAfterSeconds: KEY_KEPT_SECONDS }),
    rows.createIndex({ importId: 1, row: 1 }),
    // Counts of an import are answered from these two without reading a document.
    rows.createIndex({ importId: 1, status: 1, row: 1 }),
    // The few rows of all imports that wait for a team.
    rows.createIndex(
      { status: 1, organisationId: 1, 'person.teamIds': 1 },
      { partialFilterExpression: { status: 'waiting' } },
    ),
    invitations.createIndex({ importId: 1, superseded: 1, channel: 1, state: 1, row: 1 }),
    invitations.createIndex({ token: 1 }, { unique: true }),
    // Those that may be due for a reminder, and none of the many others.
    invitations.createIndex(
      { organisationId: 1, channel: 1, reminders: 1, changedAt: 1, reminderSkippedAt: 1 },
      { partialFilterExpression: { superseded: false, state: { $in: ['sent', 'delivered'] } } },
    ),
    // All invitations of a person, over all imports: of those on one channel only the newest link works.
    invitations.createIndex({ personId: 1, channel: 1, createdAt: -1 }),
  ]);
}
