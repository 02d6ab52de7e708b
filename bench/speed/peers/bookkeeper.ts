import { Binary } from 'mongodb';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Channel } from '../../../contract/invitation';
import { pagesOf } from '../../../domain/long-list';
import type { PersonValues } from '../../../domain/person';
import { collectionsOf, rowId } from '../../../store/documents';
import type { ImportDoc, RowDoc } from '../../../store/documents';
import { uploadCollections } from '../../../store/imports/uploads';
import { ensureIndexes } from '../../../store/indexes';
import { claimedInvitation, withStep } from '../../../store/invitations/first-sends';
import { newInvitation } from '../../../store/invitations/generations';
import { createInvitationToken } from '../../../store/invitations/token';
import { openMongo } from '../../../store/mongo';
import { createCalls, createLimit, linkOf } from './calls';
import type { Client } from './calls';
import { obey, setting } from './protocol';
import { readClients } from './read-clients';

/**
 * What the product's promises cost by themselves: a script that keeps the product's books, in its documents and indexes, and does nothing
 * else. No engine, no web server, no checks beyond those of the other script, no texts, pauses or audit log. Its CPU is a floor; its wall
 * time is near one: a little more of what waits could overlap, as some of it does in the product.
 *
 * A file is on record before anything is done with it; each row before its person is created; each message is claimed before its request
 * begins, and stored with its outcome; then the rows end, and the import. Every write waits for the journal, as the product's do.
 */
const SMS_IN_FLIGHT = 256;
const EMAIL_REQUESTS_IN_FLIGHT = 8;
const EMAILS_A_REQUEST = 25;
/** Claimed together, and stored together: as many as may be in flight of e-mails, and half of the SMS. */
const EMAILS_A_CLAIM = EMAIL_REQUESTS_IN_FLIGHT * EMAILS_A_REQUEST;
const SMS_A_CLAIM = SMS_IN_FLIGHT / 2;
/** The next files are read and written while messages of the ones before are on their way. */
const FILES_AT_ONCE = 4;
const ORGANISATION = 'bench';

const mongo = openMongo(setting('MONGODB_URI'), setting('PEER_DATABASE'));
const { rows, people, invitations, firstSends } = collectionsOf(mongo.db);
const imports = mongo.db.collection<ImportOfBooks>(collectionsOf(mongo.db).imports.collectionName);
const { chunks } = uploadCollections(mongo.db);
const calls = createCalls(setting('SANDBOX_URL'), SMS_IN_FLIGHT + EMAIL_REQUESTS_IN_FLIGHT);
const files = createLimit(FILES_AT_ONCE);
const smsSlots = createLimit(SMS_IN_FLIGHT);
const emailSlots = createLimit(EMAIL_REQUESTS_IN_FLIGHT);

/** An import, as far as it is needed to know what was begun. */
type ImportOfBooks = Pick<ImportDoc, '_id' | 'organisationId' | 'status' | 'plannedAt' | 'closedAt'>;

interface Invited {
  row: number;
  client: Client;
  token: string;
}

async function importFile(path: string): Promise<void> {
  const importId = randomUUID();
  await mongo.transaction(async (session) => {
    await chunks.insertOne({ files_id: importId, n: 0, data: new Binary(readFileSync(path)) }, { session });
    await imports.insertOne({ _id: importId, organisationId: ORGANISATION, status: 'queued' }, { session });
  });
  const clients = readClients(path);
  const persons = clients.map((client) => personOf(client));
  await mongo.transaction(async (session) => {
    await imports.updateOne({ _id: importId }, { $set: { status: 'inviting', plannedAt: new Date() } }, { session });
    await firstSends.insertOne({ _id: importId, claims: [] }, { session });
    await rows.insertMany(
      persons.map((person, i) => rowOf(importId, i + 2, person)),
      { session },
    );
  });
  const createdAt = new Date();
  await people.insertMany(
    persons.map((person, i) => ({
      ...person,
      ...{ _id: rowId(importId, i + 2), organisationId: ORGANISATION, importId, row: i + 2, createdAt, active: false },
    })),
    { ordered: false },
  );
  await Promise.all([
    send(importId, clients, 'email', EMAILS_A_CLAIM, (group) =>
      Promise.all(
        [...pagesOf(group, EMAILS_A_REQUEST)].map((part) => emailSlots(() => calls.sendEmails(part.map(addressed)))),
      ),
    ),
    send(importId, clients, 'sms', SMS_A_CLAIM, (group) =>
      Promise.all(group.map((one) => smsSlots(() => calls.sendSms(addressed(one))))),
    ),
  ]);
  const ids = clients.map((_, i) => rowId(importId, i + 2));
  await Promise.all([
    rows.updateMany({ _id: { $in: ids }, status: 'pending' }, { $set: { status: 'created' } }),
    firstSends.deleteOne({ _id: importId }),
  ]);
  await imports.updateOne({ _id: importId }, { $set: { status: 'completed', closedAt: new Date() } });
}

/** Claims a group of messages, sends them, and stores them with their outcomes; the groups at the same time, as far as slots are free. */
async function send(
  importId: string,
  clients: readonly Client[],
  channel: Channel,
  size: number,
  sendAll: (group: readonly Invited[]) => Promise<unknown>,
): Promise<void> {
  const invited = clients.map((client, i) => ({ row: i + 2, client, token: createInvitationToken() }));
  await Promise.all(
    [...pagesOf(invited, size)].map(async (group) => {
      const claim = {
        ...{ attemptId: randomUUID(), channel, claimedAt: new Date() },
        rows: group.map(({ row }) => row),
        tokens: group.map(({ token }) => token).join(''),
      };
      await firstSends.updateOne({ _id: importId }, { $push: { claims: claim } });
      await sendAll(group);
      const sentAt = new Date();
      await invitations.insertMany(
        group.map(({ row, token }) => {
          const key = { organisationId: ORGANISATION, importId, row, channel, personId: rowId(importId, row) };
          const first = newInvitation({ ...key, personKind: 'client' }, 1, token, {}, claim.claimedAt);
          const providerId = randomBytes(16).toString('hex');
          return withStep(claimedInvitation(first, claim), { state: 'sent', providerId }, sentAt);
        }),
        { ordered: false },
      );
    }),
  );
}

const addressed = ({ client, token }: Invited) => ({ client, link: linkOf(token) });

const personOf = ({ firstName, lastName, email, mobile, company }: Client): PersonValues => ({
  ...{ kind: 'client' as const, firstName, lastName, email, emailKey: email.toLowerCase(), mobile },
  ...{ mobileType: 'mobile' as const, company: company || null, role: null, teamIds: ['bench:team'] },
});

const rowOf = (importId: string, row: number, person: PersonValues): RowDoc => ({
  ...{ _id: rowId(importId, row), organisationId: ORGANISATION, importId, row, status: 'pending', person },
  ...{ plan: { action: 'create', channels: ['email', 'sms'] }, smsSegments: 1, problems: [], repairs: [] },
});

async function main(): Promise<void> {
  await ensureIndexes(mongo.db);
  obey(async ({ files: paths }) => {
    await Promise.all(paths.map((path) => files(() => importFile(path))));
  });
}

void main();
