import { randomBytes } from 'node:crypto';
import { createApiKeys } from './api-keys';
import { createClients } from './clients';
import { collectionsOf } from './collections';
import { createGenerations } from './generations';
import { createImports } from './imports';
import { createInvitations } from './invitations';
import { createLedger } from './ledger';
import { openStoreDatabase } from './mongo';
import { createOrganisations } from './organisations';
import { createProgress } from './progress';
import { createRows } from './rows';
import { createUploads } from './uploads';

/** 96 random bits: not to be guessed, and short enough for an SMS. */
export const createInvitationToken = (): string => randomBytes(12).toString('base64url');

/** Opens the database and everything that is kept in it. */
export async function openStore(uri: string, database: string) {
  const mongo = await openStoreDatabase(uri, database);
  const collections = collectionsOf(mongo.db);
  return {
    ping: () => mongo.ping(),
    close: () => mongo.close(),
    apiKeys: createApiKeys(collections),
    organisations: createOrganisations(collections),
    uploads: createUploads(mongo.db),
    imports: createImports(collections),
    progress: createProgress(collections),
    rows: createRows(collections),
    clients: createClients(collections),
    invitations: createInvitations(collections),
    ledger: createLedger(collections),
    generations: createGenerations(collections, (work) => mongo.transaction(work), createInvitationToken),
  };
}
export type Store = Awaited<ReturnType<typeof openStore>>;
