import { createHash } from 'node:crypto';
import type { DeliveryFailure, DeliveryState, WebhookEvent, WebhookInput } from '../../contract/webhooks/webhooks';
import type { Collections } from '../documents';
import { insertMissing } from '../duplicates';
import { endOfPageBefore, NEWEST_FIRST, olderThan } from '../paging';
import type { WebhookAttempt, WebhookDeliveryDoc } from './documents';

/** How soon another process starts a workflow that the one which took it has not started. In milliseconds. */
const LEASE_MS = 5_000;
/** How often to check that the workflow of a delivery still runs: somebody may terminate it. */
const CHECK_EVERY_MS = 10 * 60_000;
/** A day of attempts has some 30. */
const MOST_ATTEMPTS = 50;

/** An id that follows from a text, as a UUID of version 8 (RFC 9562). */
export function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

interface DeliveriesPage {
  endpointId: string;
  limit: number;
  state?: DeliveryState;
  event?: WebhookEvent;
  /** Id of the last delivery of the page before. */
  after?: string;
}

/** What an event tells, and whom. */
export type NewDelivery = Pick<WebhookDeliveryDoc, 'organisationId' | 'endpointId' | 'eventId' | 'event' | 'body'>;

/** The log of what was sent to endpoints, and the work of the outbox that starts it. */
export function createWebhookDeliveries({ webhookDeliveries }: Pick<Collections, 'webhookDeliveries'>) {
  const findIn = (endpointId: string, id: string): Promise<WebhookDeliveryDoc | null> =>
    webhookDeliveries.findOne({ _id: id, endpointId });

  /** Those of the round that are not at their end. */
  const inRound = ({ deliveryId, round }: WebhookInput) => ({ _id: deliveryId, round, state: 'pending' as const });

  return {
    findIn,

    /** The delivery of this round; `null` once it has ended or another round has begun. */
    findPending: (input: WebhookInput): Promise<WebhookDeliveryDoc | null> => webhookDeliveries.findOne(inRound(input)),

    /** Writes the deliveries that are not there yet. Idempotent. Returns their ids, in order. */
    async create(deliveries: NewDelivery[]): Promise<string[]> {
      const now = new Date();
      const documents = deliveries.map((delivery) => ({
        ...delivery,
        _id: idFrom(`${delivery.endpointId}:${delivery.eventId}`),
        ...{ state: 'pending' as const, round: 1, attempts: [], attemptCount: 0, createdAt: now, startAt: now },
      }));
      if (documents.length > 0) await insertMissing(webhookDeliveries, documents);
      return documents.map(({ _id }) => _id);
    },

    /** Newest first. Throws an `UnknownCursorError`. */
    async list({ endpointId, limit, state, event, after }: DeliveriesPage): Promise<WebhookDeliveryDoc[]> {
      const last = await endOfPageBefore(after, (id) => findIn(endpointId, id));
      return webhookDeliveries
        .find({ endpointId, ...(state && { state }), ...(event && { event }), ...(last && olderThan(last)) })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .toArray();
    },

    /** Takes a delivery whose workflow is to be started, or checked. No other process takes it until the lease ends. */
    takeStart: (): Promise<WebhookDeliveryDoc | null> =>
      webhookDeliveries.findOneAndUpdate(
        { startAt: { $exists: true }, $expr: { $lte: ['$startAt', '$$NOW'] } },
        [{ $set: { startAt: { $add: ['$$NOW', LEASE_MS] } } }],
        { sort: { startAt: 1 }, returnDocument: 'after' },
      ),

    /** Puts the next check off, once the workflow was started. */
    async markStarted({ _id, round, startAt }: WebhookDeliveryDoc): Promise<void> {
      if (!startAt) return;
      await webhookDeliveries.updateOne({ _id, round, startAt }, [
        { $set: { startAt: { $add: ['$$NOW', CHECK_EVERY_MS] } } },
      ]);
    },

    /** Writes an attempt down. With `ends`, the delivery has ended by it. */
    async record(
      input: WebhookInput,
      attempt: WebhookAttempt,
      ends?: { state: Exclude<DeliveryState, 'pending'>; failure?: DeliveryFailure },
    ): Promise<void> {
      await webhookDeliveries.updateOne(inRound(input), {
        $push: { attempts: { $each: [attempt], $slice: -MOST_ATTEMPTS } },
        $inc: { attemptCount: 1 },
        ...(ends && { $set: ends, $unset: { startAt: '' } }),
      });
    },

    /** Ends a delivery without another attempt. */
    async fail(input: WebhookInput, failure: DeliveryFailure): Promise<void> {
      await webhookDeliveries.updateOne(inRound(input), {
        $set: { state: 'failed', failure },
        $unset: { startAt: '' },
      });
    },

    /**
     * Begins another round, at once, whether the one before has ended or waits for its next attempt. Two requests for one round
     * begin one. Returns `null` if `round` is not the latest.
     */
    redeliver: (endpointId: string, id: string, round: number): Promise<WebhookDeliveryDoc | null> =>
      webhookDeliveries.findOneAndUpdate(
        { _id: id, endpointId, round },
        { $set: { state: 'pending', round: round + 1 }, $unset: { failure: '' }, $currentDate: { startAt: true } },
        { returnDocument: 'after' },
      ),
  };
}
