import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { FAILURES } from '../../contract/failures';
import type { WebhookInput } from '../../contract/webhooks/webhooks';
import type { WebhookSender } from '../../providers/webhook-endpoints/webhook-sender';
import type { Store } from '../../store/index';
import type { WebhookEndpointDoc } from '../../store/webhooks/documents';

export interface WebhookDeps {
  store: Pick<Store, 'webhookDeliveries' | 'webhookEndpoints'>;
  sendWebhook: WebhookSender;
}

const GONE = 410;
const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/**
 * One attempt of a delivery. Any answer but a 2xx makes it fail, and Temporal tries again. A crash between the answer and its
 * record repeats the request under the same `webhook-id`.
 */
export function createDeliverWebhook({ store, sendWebhook }: WebhookDeps) {
  const { webhookDeliveries, webhookEndpoints } = store;
  return async (input: WebhookInput): Promise<void> => {
    const delivery = await webhookDeliveries.findPending(input);
    if (!delivery) return;
    const endpoint = await webhookEndpoints.find(delivery.endpointId);
    if (!endpoint) return webhookDeliveries.fail(input, 'endpoint-removed');
    if (!endpoint.isEnabled) return webhookDeliveries.fail(input, 'endpoint-disabled');
    const at = new Date();
    const { eventId, body } = delivery;
    const answer = await sendWebhook({ url: endpoint.url, secrets: secretsOf(endpoint, at), eventId, body });
    const { status, error } = answer;
    const attempt = { at, status, error, ms: Date.now() - at.getTime() };
    if (isTaken(status)) return webhookDeliveries.record(input, attempt, { state: 'delivered' });
    if (status === GONE) {
      await webhookEndpoints.disableGone(endpoint._id);
      return webhookDeliveries.record(input, attempt, { state: 'failed', failure: 'endpoint-gone' });
    }
    await webhookDeliveries.record(input, attempt);
    throw notTaken(status === null ? error! : `http-${status}`, answer.retryAfterMs);
  };
}

/** Ends a delivery that was tried for a day. */
export const createAbandonWebhook =
  ({ store }: WebhookDeps) =>
  (input: WebhookInput): Promise<void> =>
    store.webhookDeliveries.fail(input, 'gave-up');

const secretsOf = ({ secrets }: WebhookEndpointDoc, now: Date): string[] =>
  secrets.filter(({ until }) => !until || until > now).map(({ secret }) => secret);

/** The fault of an endpoint is no failure of the worker. */
const notTaken = (reason: string, retryAfterMs: number | undefined): ApplicationFailure =>
  ApplicationFailure.create({
    message: `The endpoint did not take the webhook (${reason})`,
    type: FAILURES.webhookNotTaken,
    category: ApplicationFailureCategory.BENIGN,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
  });
