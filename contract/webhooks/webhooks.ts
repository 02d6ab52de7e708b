import { hasComeToRest } from '../import-status';
import type { ImportStatus } from '../import-status';

/** Sends one webhook of an organisation until its endpoint takes it, for a day. */
export const DELIVER_WEBHOOK_WORKFLOW_TYPE = 'deliverWebhook';

export const webhookWorkflowId = ({ deliveryId, round }: WebhookInput): string =>
  `client-import-webhook:${deliveryId}:${round}`;

/** The task queue of requests to the endpoints of organisations, so that a slow one holds up nothing else. */
export const webhooksTaskQueue = (taskQueue: string): string => `${taskQueue}-webhooks`;

/** How long a delivery is tried, in hours. */
export const WEBHOOK_HOURS = 24;

/** Input of the workflow: ids only, no personal data. */
export interface WebhookInput {
  deliveryId: string;
  /** 1, and one more for each redelivery by hand. */
  round: number;
}

/**
 * What an organisation can be told of: an import has come to rest, all files of an upload have, or an administrator tries an
 * endpoint. The names are stable; new ones may be added.
 */
export const WEBHOOK_EVENTS = [
  /** A preview, or an import with questions, waits for its plan to be applied. */
  'import.awaiting-approval',
  /** Only rows whose client team has no active staff are left. */
  'import.waiting',
  'import.paused',
  /** Some invitations failed and can be retried. */
  'import.needs-attention',
  /** Everything is done, with or without rejected rows: `data.status` tells. */
  'import.completed',
  'import.cancelled',
  /** It was undone, as far as that was possible. */
  'import.undone',
  'import.failed',
  'batch.rested',
  'endpoint.test',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The event of an import that comes to this status; `null` for one in which it goes on by itself. */
export function webhookEventOf(status: ImportStatus): WebhookEvent | null {
  if (!hasComeToRest(status)) return null;
  return status === 'completed-with-problems' ? 'import.completed' : (`import.${status}` as WebhookEvent);
}

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why a delivery ended without success. */
export const DELIVERY_FAILURES = [
  /** No attempt of a day succeeded. */
  'gave-up',
  /** The endpoint answered 410: it wants no more webhooks, and was disabled. */
  'endpoint-gone',
  'endpoint-disabled',
  'endpoint-removed',
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];
