import { createAcceptance } from './invitations/acceptance';
import { createAuditLog } from './audit-log/audit-log';
import { createImportHistories } from './audit-log/import-histories';
import { createApiKeys } from './access/api-keys';
import { collectionsOf } from './documents';
import { createCorrections } from './corrections/corrections';
import { createFirstSends } from './invitations/first-sends';
import { createGenerations } from './invitations/generations';
import { createBacklog } from './imports/backlog';
import { createPauses } from './imports/pauses';
import { createBatches } from './imports/batches';
import { createFigures } from './imports/figures';
import { createImports } from './imports/imports';
import { createNewImports } from './imports/create-imports';
import { createUnsubscribes } from './provider-reports/unsubscribes';
import { createMessageTexts } from './message-texts/message-texts';
import { createInvitations } from './invitations/invitations';
import { createKnownInvitations } from './invitations/never-invited';
import { createLedger } from './invitations/ledger';
import { createErasureAsRead } from './erasure/erase-as-read';
import { createErasures } from './erasure/erasures';
import { createRetention } from './erasure/retention';
import { createSecretBox } from '../platform/secret-box';
import type { SecretBox } from '../platform/secret-box';
import { openStoreDatabase } from './mongo';
import type { Mongo } from './mongo';
import { listMigrations } from './migrations/migrate';
import { createRestores } from './restore/restores';
import { createWatermark } from './restore/watermark';
import { createLineage } from './imports/lineage';
import { createNotices } from './notices/notices';
import { createOutbox } from './imports/outbox';
import { createEventTickets } from './access/event-tickets';
import { createSessions } from './access/sessions';
import { createNewOrganisations } from './people/new-organisations';
import { createOrganisations } from './people/organisations';
import { createPeopleSearch } from './people/find-people';
import { createDirectory } from './people/directory';
import { createPeople } from './people/people';
import { createPeopleUpdates } from './people/people-updates';
import { createLatePeople } from './people/late-people';
import { createPlans } from './plans/plans';
import { createProgress } from './imports/progress';
import { createProviderReports } from './provider-reports/provider-reports';
import { createProviderHealth } from './invitations/provider-health';
import { createReminders } from './invitations/reminders';
import { createSchedules } from './invitations/schedules';
import { createSendRates } from './invitations/send-rates';
import { createSnapshots } from './imports/snapshots';
import { createRows } from './imports/rows';
import { createProvisioned } from './people/provisioned';
import { createStaff } from './people/staff';
import { createTeamChanges } from './people/team-changes';
import { createTeams } from './people/teams';
import { createRateLimits } from './rate-limits';
import { createInvitationToken } from './invitations/token';
import { createUndo } from './undo/undo';
import { createWithdrawals } from './people/withdrawals';
import { createUploads } from './imports/uploads';
import { createAnnouncements } from './webhooks/announcements';
import { createWebhookDeliveries } from './webhooks/deliveries';
import { createWebhookEndpoints } from './webhooks/endpoints';

export { createInvitationToken };

/** Without `secrets` no secret can be stored. */
export async function openStore(uri: string, database: string, secrets: SecretBox = createSecretBox([])) {
  const mongo = await openStoreDatabase(uri, database);
  const collections = collectionsOf(mongo.db);
  const transaction: Mongo['transaction'] = (work) => mongo.transaction(work);
  const uploads = createUploads(mongo.db);
  return {
    ping: () => mongo.ping(),
    close: () => mongo.close(),
    freeBytes: () => mongo.freeBytes(),
    /** All of this build are among them once the store is open. */
    listMigrations: () => listMigrations(mongo.db),
    /** Whether there is a key, without which no webhook endpoint can be created or get a new secret. */
    canKeepSecrets: () => secrets.canSeal,
    apiKeys: createApiKeys(collections),
    auditLog: createAuditLog(collections),
    importHistories: createImportHistories(collections),
    organisations: createOrganisations(collections, transaction),
    newOrganisations: createNewOrganisations(collections, transaction),
    teams: createTeams(collections),
    teamChanges: createTeamChanges(collections, transaction),
    staff: createStaff(collections, transaction),
    directory: createDirectory(collections),
    provisioned: createProvisioned(collections, transaction),
    acceptance: createAcceptance(collections, transaction),
    uploads,
    newImports: createNewImports(collections, transaction, uploads),
    imports: createImports(collections),
    batches: createBatches(collections),
    figures: createFigures(collections),
    outbox: createOutbox(collections),
    backlog: createBacklog(collections),
    pauses: createPauses(collections),
    schedules: createSchedules(collections),
    progress: createProgress(collections),
    rows: createRows(collections),
    snapshots: createSnapshots(mongo.db),
    people: {
      ...createPeople(collections),
      ...createPeopleUpdates(collections, transaction, createInvitationToken),
    },
    latePeople: createLatePeople(collections),
    peopleSearch: createPeopleSearch(collections),
    lineage: createLineage(collections),
    plans: createPlans(collections, transaction, createErasureAsRead(collections)),
    invitations: createInvitations(collections),
    knownInvitations: createKnownInvitations(collections, transaction),
    corrections: createCorrections(collections, transaction, createInvitationToken),
    ledger: createLedger(collections),
    firstSends: createFirstSends(collections, transaction),
    reports: createProviderReports(collections),
    providerHealth: createProviderHealth(collections),
    sendRates: createSendRates(collections),
    rateLimits: createRateLimits(mongo.db),
    generations: createGenerations(collections, transaction, createInvitationToken),
    reminders: createReminders(collections, transaction, createInvitationToken),
    withdrawals: createWithdrawals(collections, transaction, createInvitationToken),
    undo: createUndo(collections, transaction, createInvitationToken),
    unsubscribes: createUnsubscribes(collections),
    messageTexts: createMessageTexts(collections),
    erasures: createErasures(collections, transaction, uploads),
    restores: createRestores(collections, transaction),
    watermark: createWatermark(collections),
    retention: createRetention(collections, uploads),
    eventTickets: createEventTickets(collections),
    sessions: createSessions(collections),
    announcements: createAnnouncements(collections),
    webhookEndpoints: createWebhookEndpoints(collections, secrets),
    webhookDeliveries: createWebhookDeliveries(collections),
    notices: createNotices(collections),
  };
}
export type Store = Awaited<ReturnType<typeof openStore>>;
