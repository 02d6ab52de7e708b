import { randomBytes } from 'node:crypto';
import { createAcceptance } from './acceptance';
import { createApiKeys } from './api-keys';
import { collectionsOf } from './collections';
import { createCorrections } from './corrections';
import { createDirectory } from './directory';
import { createGenerations } from './generations';
import { createHolds } from './holds';
import { createImports } from './imports';
import { createIntake } from './intake';
import { createInvitations } from './invitations';
import { createLedger } from './ledger';
import { openStoreDatabase } from './mongo';
import type { Mongo } from './mongo';
import { createLineage } from './lineage';
import { createOrganisations } from './organisations';
import { createPeople } from './people';
import { createPlans } from './plans';
import { createProgress } from './progress';
import { createProviderReports } from './provider-reports';
import { createProviderHealth } from './provider-health';
import { createReminders } from './reminders';
import { createRows } from './rows';
import { createStaff } from './staff';
import { createTeamChanges } from './team-changes';
import { createTeams } from './teams';
import { createUploads } from './uploads';

/** 96 random bits: not to be guessed, and short enough for an SMS. */
export const createInvitationToken = (): string => randomBytes(12).toString('base64url');

/** Opens the database and everything that is kept in it. */
export async function openStore(uri: string, database: string) {
  const mongo = await openStoreDatabase(uri, database);
  const collections = collectionsOf(mongo.db);
  const transaction: Mongo['transaction'] = (work) => mongo.transaction(work);
  return {
    ping: () => mongo.ping(),
    close: () => mongo.close(),
    apiKeys: createApiKeys(collections),
    organisations: createOrganisations(collections, transaction),
    teams: createTeams(collections),
    teamChanges: createTeamChanges(collections, transaction),
    staff: createStaff(collections, transaction),
    directory: createDirectory(collections),
    acceptance: createAcceptance(collections, transaction),
    uploads: createUploads(mongo.db),
    intake: createIntake(collections, transaction),
    imports: createImports(collections),
    holds: createHolds(collections),
    progress: createProgress(collections),
    rows: createRows(collections),
    people: createPeople(collections),
    lineage: createLineage(collections),
    plans: createPlans(collections, transaction),
    invitations: createInvitations(collections),
    corrections: createCorrections(collections, transaction, createInvitationToken),
    ledger: createLedger(collections),
    reports: createProviderReports(collections),
    providerHealth: createProviderHealth(collections),
    generations: createGenerations(collections, transaction, createInvitationToken),
    reminders: createReminders(collections, transaction, createInvitationToken),
  };
}
export type Store = Awaited<ReturnType<typeof openStore>>;
