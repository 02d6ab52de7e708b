import type { Db } from 'mongodb';
import { ensureAuditIndexes } from './audit-log/audit-indexes';
import { collectionsOf } from './documents';
import { uploadCollections } from './imports/uploads';
import { NAME_COLLATION, REJECTED_AS_PLANNED } from './people/find-people';
import { rateLimitsOf } from './rate-limits';

/** How long a request is recognised by its key: longer than any client retries. */
const KEY_KEPT_SECONDS = 7 * 24 * 3600;

/** How long the logs of webhooks and notices reach back. */
const DELIVERY_KEPT_SECONDS = 30 * 24 * 3600;

/** Creates the missing indexes; none that stands is touched. The unique ones enforce rules of the product. */
export async function ensureIndexes(db: Db): Promise<void> {
  const collections = collectionsOf(db);
  const { clientTeams, imports, rows, people, invitations, pendingUploads, idempotencyKeys, apiKeys } = collections;
  const { webhookEndpoints, webhookDeliveries, eventTickets, sessions, erasures, notices, messageTexts } = collections;
  await Promise.all([
    // One person per address and organisation, client or staff, also for concurrent files.
    people.createIndex({ organisationId: 1, emailKey: 1 }, { unique: true }),
    people.createIndex({ 'updatedBy.importId': 1 }, { sparse: true }),
    people.createIndex({ organisationId: 1, kind: 1, teamIds: 1, active: 1 }),
    people.createIndex({ organisationId: 1, kind: 1, createdAt: -1, _id: -1 }),
    // A reply of STOP to an SMS names only its sender's number.
    people.createIndex({ mobile: 1 }),
    // People are looked up by either name. Two, since in a single one each last name would be read for a first name.
    people.createIndex({ organisationId: 1, lastName: 1 }, { collation: NAME_COLLATION }),
    people.createIndex({ organisationId: 1, firstName: 1 }, { collation: NAME_COLLATION }),
    // The few whom an identity provider keeps.
    people.createIndex(
      { organisationId: 1, 'provisioning.userNameKey': 1 },
      { unique: true, partialFilterExpression: { 'provisioning.userNameKey': { $exists: true } } },
    ),
    people.createIndex(
      { organisationId: 1, 'provisioning.externalId': 1 },
      { partialFilterExpression: { 'provisioning.externalId': { $exists: true } } },
    ),
    clientTeams.createIndex({ organisationId: 1, nameKey: 1 }, { unique: true }),
    imports.createIndex({ organisationId: 1, createdAt: -1, _id: -1 }),
    imports.createIndex({ organisationId: 1, batchId: 1 }),
    // The same file again.
    imports.createIndex({ organisationId: 1, sha256: 1, createdAt: -1 }),
    // The few to be signalled, and those that have not ended.
    imports.createIndex({ wakeAt: 1 }, { sparse: true }),
    imports.createIndex({ checkAt: 1 }, { sparse: true }),
    // Reminders are found by import: an index of invitations that holds their state is written twice for each message.
    imports.createIndex({ remindAt: 1 }, { sparse: true }),
    imports.createIndex({ 'corrects.rootId': 1, createdAt: 1 }, { sparse: true }),
    // What was kept for long enough.
    imports.createIndex({ expired: 1, closedAt: 1 }),
    apiKeys.createIndex({ 'secrets.hash': 1 }, { unique: true }),
    apiKeys.createIndex({ organisationId: 1, createdAt: -1, _id: -1 }),
    // Keys that are not revoked are told apart by their names.
    apiKeys.createIndex(
      { organisationId: 1, nameKey: 1 },
      { unique: true, partialFilterExpression: { nameKey: { $exists: true } } },
    ),
    messageTexts.createIndex({ organisationId: 1, channel: 1, language: 1, version: -1 }),
    pendingUploads.createIndex({ begunAt: 1 }),
    // The driver makes it only for a bucket that is empty when it first streams a file in.
    uploadCollections(db).chunks.createIndex({ files_id: 1, n: 1 }, { unique: true }),
    rateLimitsOf(db).createIndex({ key: 1 }, { unique: true }),
    rateLimitsOf(db).createIndex({ expire: 1 }, { expireAfterSeconds: 0 }),
    idempotencyKeys.createIndex({ usedAt: 1 }, { expireAfterSeconds: KEY_KEPT_SECONDS }),
    // No index of the rows names their status, in its key or its filter: at each change of it MongoDB would compute the index again.
    rows.createIndex({ importId: 1, row: 1 }),
    // The rows about people whom other rows have created, and those that have created nobody: a clean row is in none of these.
    rows.createIndex({ 'plan.personId': 1 }, { sparse: true }),
    ...['email', 'lastName', 'firstName'].map((cell) =>
      rows.createIndex(
        { organisationId: 1, [`cells.${cell}`]: 1 },
        // Older builds have the same key with another filter, under the name that it has by itself.
        { name: `rejected_${cell}`, collation: NAME_COLLATION, partialFilterExpression: REJECTED_AS_PLANNED },
      ),
    ),
    // Imports are found by what was wrong in them, and the rows that wait by their warning, also those of all organisations.
    // A clean row and its messages have no code.
    rows.createIndex(
      { 'problems.code': 1, organisationId: 1, importId: 1 },
      { partialFilterExpression: { 'problems.code': { $exists: true } } },
    ),
    invitations.createIndex(
      { organisationId: 1, code: 1, importId: 1 },
      { partialFilterExpression: { code: { $exists: true } } },
    ),
    invitations.createIndex({ importId: 1, row: 1, channel: 1 }),
    invitations.createIndex({ token: 1 }, { unique: true }),
    // The invitations of a person over all imports: on each channel only the newest link works.
    invitations.createIndex({ personId: 1, channel: 1, createdAt: -1 }),
    // The few of which their organisation has not been told.
    imports.createIndex({ 'unannounced.at': 1 }, { sparse: true }),
    erasures.createIndex({ checkAt: 1 }, { sparse: true }),
    // The few whose file was not read when somebody was erased.
    imports.createIndex({ erasures: 1 }, { sparse: true }),
    eventTickets.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }),
    sessions.createIndex({ endsAt: 1 }, { expireAfterSeconds: 0 }),
    webhookEndpoints.createIndex({ organisationId: 1, createdAt: -1, _id: -1 }),
    webhookDeliveries.createIndex({ endpointId: 1, createdAt: -1, _id: -1 }),
    webhookDeliveries.createIndex({ startAt: 1 }, { sparse: true }),
    webhookDeliveries.createIndex({ createdAt: 1 }, { expireAfterSeconds: DELIVERY_KEPT_SECONDS }),
    notices.createIndex({ startAt: 1 }, { sparse: true }),
    notices.createIndex({ createdAt: 1 }, { expireAfterSeconds: DELIVERY_KEPT_SECONDS }),
    ensureAuditIndexes(collections),
  ]);
}
