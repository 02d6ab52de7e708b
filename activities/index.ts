import { createAbandonInvitations } from './abandon-invitations';
import { createCloseImport } from './close-import';
import { createCreateClients } from './create-clients';
import type { ActivityDeps } from './deps';
import { createOpenRetries } from './open-retries';
import { createPlanImport } from './plan-import';
import { createSendInvitations } from './send-invitations';
import { createSettleInvitations } from './settle-invitations';

/** Steps on MongoDB alone: they run on the queue of the workflows. */
export const createDatabaseActivities = (deps: ActivityDeps) => ({
  planImport: createPlanImport(deps),
  createClients: createCreateClients(deps),
  openRetries: createOpenRetries(deps),
  abandonInvitations: createAbandonInvitations(deps),
  closeImport: createCloseImport(deps),
});

/** Steps that call a provider: they run on a queue of their own. */
export const createProviderActivities = (deps: ActivityDeps) => ({
  sendInvitations: createSendInvitations(deps),
  settleInvitations: createSettleInvitations(deps),
});

export type DatabaseActivities = ReturnType<typeof createDatabaseActivities>;
export type ProviderActivities = ReturnType<typeof createProviderActivities>;
