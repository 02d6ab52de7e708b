import { createApplyPlan } from './planning/apply-plan';
import { createCloseImport } from './lifecycle/close-import';
import type { ActivityDeps } from './deps';
import { createPauseImport, createResumeImport } from './lifecycle/pause-import';
import { createFindReminders, createOpenReminders } from './lifecycle/open-reminders';
import { createOpenRetries } from './lifecycle/open-retries';
import { createPlanImport } from './planning/plan-import';
import { createRefreshImport } from './lifecycle/refresh-import';
import { createImportPage } from './lifecycle/import-page';
import { createImportRows } from './lifecycle/import-rows';
import { givingWay, goingFirst } from './lifecycle/take-turns';
import { createSendInvitations } from './sending/send-invitations';
import { createAbandonInvitations, createSettleInvitations } from './sending/settle-invitations';
import { createUndoImport } from './undo/undo-import';
import { createWritePeople } from './people/write-people';
import { createAbandonNotice, createSendNotice } from './notices/send-notice';
import { createAbandonWebhook, createDeliverWebhook } from './webhooks/deliver-webhook';
import type { WebhookDeps } from './webhooks/deliver-webhook';

/** Activities on MongoDB alone, on the task queue of the workflows. */
export const createDatabaseActivities = (deps: ActivityDeps) => ({
  // As long as the steps for a file; the others are short, or carry out a command.
  planImport: givingWay(deps, createPlanImport),
  applyPlan: givingWay(deps, createApplyPlan),
  writePeople: givingWay(deps, createWritePeople),
  refreshImport: createRefreshImport(deps),
  openRetries: createOpenRetries(deps),
  findReminders: createFindReminders(deps),
  openReminders: createOpenReminders(deps),
  pauseImport: createPauseImport(deps),
  resumeImport: createResumeImport(deps),
  abandonInvitations: createAbandonInvitations(deps),
  closeImport: createCloseImport(deps),
  undoImport: createUndoImport(deps),
});

/** Activities that call a provider, on a task queue of their own. */
export const createProviderActivities = (deps: ActivityDeps) => ({
  sendInvitations: givingWay(deps, createSendInvitations),
  settleInvitations: createSettleInvitations(deps),
});

/** The activities that take a whole file, or a page of a large one, as far as it goes, on a task queue of their own: a database step never waits behind files. */
export const createFileActivities = (deps: ActivityDeps) => ({
  importRows: givingWay(deps, createImportRows),
  importPage: givingWay(deps, createImportPage),
});

/** The activity for a whole file, on a task queue of its own, for files of organisations that have nothing else under way. */
export const createFirstFileActivities = (deps: ActivityDeps) => ({
  importRows: goingFirst(deps, createImportRows),
});

/** Notices to administrators, and requests to the endpoints of organisations, on a task queue of their own: a slow endpoint holds up no import. */
export const createWebhookActivities = (
  deps: Omit<WebhookDeps, 'store'> & Pick<ActivityDeps, 'store' | 'sendNotice' | 'settings'>,
) => ({
  sendNotice: createSendNotice(deps),
  abandonNotice: createAbandonNotice(deps),
  deliverWebhook: createDeliverWebhook(deps),
  abandonWebhook: createAbandonWebhook(deps),
});

export type WebhookActivities = ReturnType<typeof createWebhookActivities>;
export type FileActivities = ReturnType<typeof createFileActivities>;
export type DatabaseActivities = ReturnType<typeof createDatabaseActivities>;
export type ProviderActivities = ReturnType<typeof createProviderActivities>;
