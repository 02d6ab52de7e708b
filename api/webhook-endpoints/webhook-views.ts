import type { z } from 'zod';
import type { WebhookAttempt, WebhookDeliveryDoc, WebhookEndpointDoc } from '../../store/webhooks/documents';
import type {
  attemptSchema,
  deliveryDetailsSchema,
  deliverySchema,
  endpointSchema,
  endpointWithSecretSchema,
} from './webhook-schemas';

export function endpointView(endpoint: WebhookEndpointDoc): z.infer<typeof endpointSchema> {
  const { _id: id, url, description, events = null, isEnabled: enabled, disabledBy = null, createdAt } = endpoint;
  return { id, url, description, events, enabled, disabledBy, createdAt: createdAt.toISOString() };
}

export function endpointWithSecretView(endpoint: WebhookEndpointDoc): z.infer<typeof endpointWithSecretSchema> {
  const [newest, previous] = endpoint.secrets;
  return {
    ...endpointView(endpoint),
    secret: newest!.secret,
    previousSecretUntil: previous?.until?.toISOString() ?? null,
  };
}

export function deliveryView(delivery: WebhookDeliveryDoc): z.infer<typeof deliverySchema> {
  const { _id: id, eventId, event, state, failure = null, createdAt, attemptCount, attempts } = delivery;
  const last = attempts.at(-1);
  return {
    ...{ id, eventId, event, state, failure, attemptCount },
    createdAt: createdAt.toISOString(),
    lastAttempt: last ? attemptView(last) : null,
  };
}

export function deliveryDetails(delivery: WebhookDeliveryDoc): z.infer<typeof deliveryDetailsSchema> {
  const payload = JSON.parse(delivery.body) as z.infer<typeof deliveryDetailsSchema>['payload'];
  return { ...deliveryView(delivery), attempts: delivery.attempts.map(attemptView), payload };
}

const attemptView = ({ at, status, error, ms }: WebhookAttempt): z.infer<typeof attemptSchema> => ({
  at: at.toISOString(),
  status,
  error,
  ms,
});
