import { createAbandonInvitations } from './abandon-invitations';
import { createApprovePlan } from './approve-plan';
import { createCloseImport } from './close-import';
import type { ActivityDeps } from './deps';
import { createHoldImport } from './hold-import';
import { createFindReminders, createNoteReminded, createOpenReminders } from './open-reminders';
import { createOpenRetries } from './open-retries';
import { createPlanImport } from './plan-import';
import { createReleaseWaiting } from './release-waiting';
import { createResumeImport } from './resume-import';
import { createSendInvitations } from './send-invitations';
import { createSettleInvitations } from './settle-invitations';
import { createWritePeople } from './write-people';

/** Steps on MongoDB alone: they run on the queue of the workflows. */
export const createDatabaseActivities = (deps: ActivityDeps) => ({
  planImport: createPlanImport(deps),
  approvePlan: createApprovePlan(deps),
  writePeople: createWritePeople(deps),
  releaseWaiting: createReleaseWaiting(deps),
  openRetries: createOpenRetries(deps),
  findReminders: createFindReminders(deps),
  openReminders: createOpenReminders(deps),
  noteReminded: createNoteReminded(deps),
  holdImport: createHoldImport(deps),
  resumeImport: createResumeImport(deps),
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
