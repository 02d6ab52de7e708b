import { randomBytes } from 'node:crypto';
import type { Collections } from '../documents';
import { endOfPageBefore, NEWEST_FIRST, olderThan } from '../paging';
import type { WebhookEndpointDoc } from './documents';

/** Bytes of a secret; the Standard Webhooks allow 24 to 64, and 24 need no padding. */
const SECRET_BYTES = 24;
/** Secrets that count at once: more than two rotations in one overlap are a mistake of a program. */
const MOST_SECRETS = 3;

/** As the Standard Webhooks write a secret for signatures by HMAC. */
const createSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

interface EndpointsPage {
  organisationId: string;
  limit: number;
  /** Id of the last endpoint of the page before. */
  after?: string;
}

export type EndpointChange = Partial<Pick<WebhookEndpointDoc, 'url' | 'description' | 'isEnabled'>> & {
  /** `null` for all. */
  events?: WebhookEndpointDoc['events'] | null;
};

/** The endpoints of organisations. An organisation has few of them. */
export function createWebhookEndpoints({ webhookEndpoints }: Pick<Collections, 'webhookEndpoints'>) {
  const findIn = (organisationId: string, id: string): Promise<WebhookEndpointDoc | null> =>
    webhookEndpoints.findOne({ _id: id, organisationId });

  return {
    findIn,

    find: (id: string): Promise<WebhookEndpointDoc | null> => webhookEndpoints.findOne({ _id: id }),

    count: (organisationId: string): Promise<number> => webhookEndpoints.countDocuments({ organisationId }),

    /** Returns the endpoint, with the one secret that is shown to nobody again. */
    async create(
      fields: Pick<WebhookEndpointDoc, '_id' | 'organisationId' | 'url' | 'description' | 'events'>,
    ): Promise<WebhookEndpointDoc> {
      const endpoint = { ...fields, isEnabled: true, secrets: [{ secret: createSecret() }], createdAt: new Date() };
      await webhookEndpoints.insertOne(endpoint);
      return endpoint;
    },

    /** Newest first. Throws an `UnknownCursorError`. */
    async list({ organisationId, limit, after }: EndpointsPage): Promise<WebhookEndpointDoc[]> {
      const last = await endOfPageBefore(after, (id) => findIn(organisationId, id));
      return webhookEndpoints
        .find({ organisationId, ...(last && olderThan(last)) })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .toArray();
    },

    /** Those that get webhooks now. */
    enabled: (organisationId: string): Promise<WebhookEndpointDoc[]> =>
      webhookEndpoints.find({ organisationId, isEnabled: true }).toArray(),

    change: (
      organisationId: string,
      id: string,
      { events, ...fields }: EndpointChange,
    ): Promise<WebhookEndpointDoc | null> =>
      webhookEndpoints.findOneAndUpdate(
        { _id: id, organisationId },
        {
          $set: { ...fields, ...(events && { events }) },
          $unset: {
            ...(events === null && { events: '' as const }),
            ...(fields.isEnabled !== undefined && { disabledBy: '' as const }),
          },
        },
        { returnDocument: 'after' },
      ),

    /** Adds a new secret and returns it. The one before also signs for `overlapMs`; with 0 it ends now. */
    async rotate(organisationId: string, id: string, overlapMs: number): Promise<WebhookEndpointDoc | null> {
      const until = { $add: ['$$NOW', overlapMs] };
      const valid = {
        $filter: { input: '$secrets', cond: { $gt: [{ $ifNull: ['$$this.until', until] }, '$$NOW'] } },
      };
      // The earlier of both ends: a rotation prolongs no secret.
      const older = {
        $map: { input: valid, in: { secret: '$$this.secret', until: { $min: ['$$this.until', until] } } },
      };
      return webhookEndpoints.findOneAndUpdate(
        { _id: id, organisationId },
        [
          {
            $set: {
              secrets: {
                $slice: [
                  { $concatArrays: [[{ secret: { $literal: createSecret() } }], overlapMs > 0 ? older : []] },
                  MOST_SECRETS,
                ],
              },
            },
          },
        ],
        { returnDocument: 'after' },
      );
    },

    /** Disables an endpoint that has answered 410. */
    async disableGone(id: string): Promise<void> {
      await webhookEndpoints.updateOne(
        { _id: id, isEnabled: true },
        { $set: { isEnabled: false, disabledBy: 'gone' } },
      );
    },

    /** Returns whether it was there. Its deliveries stay on record. */
    remove: async (organisationId: string, id: string): Promise<boolean> =>
      (await webhookEndpoints.deleteOne({ _id: id, organisationId })).deletedCount > 0,
  };
}
