import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../../platform/secret-box';
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

/** The endpoints of organisations. An organisation has few of them. Their secrets are sealed in the database, each for its endpoint. */
export function createWebhookEndpoints({ webhookEndpoints }: Pick<Collections, 'webhookEndpoints'>, box: SecretBox) {
  const ownerOf = (id: string): string => `webhook-endpoint:${id}`;
  const seal = (secret: string, id: string): string => box.seal(secret, ownerOf(id));
  const open = (secret: string, id: string): string => box.open(secret, ownerOf(id));
  const opened = (endpoint: WebhookEndpointDoc | null): WebhookEndpointDoc | null =>
    endpoint && {
      ...endpoint,
      secrets: endpoint.secrets.map((one) => ({ ...one, secret: open(one.secret, endpoint._id) })),
    };

  const findIn = (organisationId: string, id: string): Promise<WebhookEndpointDoc | null> =>
    webhookEndpoints.findOne({ _id: id, organisationId });

  return {
    findIn,

    /** With its secrets opened. */
    find: async (id: string): Promise<WebhookEndpointDoc | null> => opened(await webhookEndpoints.findOne({ _id: id })),

    count: (organisationId: string): Promise<number> => webhookEndpoints.countDocuments({ organisationId }),

    /** Returns the endpoint, with the one secret that is shown to nobody again. */
    async create(
      fields: Pick<WebhookEndpointDoc, '_id' | 'organisationId' | 'url' | 'description' | 'events'>,
    ): Promise<WebhookEndpointDoc> {
      const secret = createSecret();
      const endpoint = { ...fields, isEnabled: true, createdAt: new Date() };
      await webhookEndpoints.insertOne({ ...endpoint, secrets: [{ secret: seal(secret, fields._id) }] });
      return { ...endpoint, secrets: [{ secret }] };
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
      const secret = seal(createSecret(), id);
      const rotated = await webhookEndpoints.findOneAndUpdate(
        { _id: id, organisationId },
        [
          {
            $set: {
              secrets: {
                $slice: [
                  { $concatArrays: [[{ secret: { $literal: secret } }], overlapMs > 0 ? older : []] },
                  MOST_SECRETS,
                ],
              },
            },
          },
        ],
        { returnDocument: 'after' },
      );
      return opened(rotated);
    },

    /**
     * Seals secrets that an older build has stored as they are, and anew those under an older key. A rotation at the same moment wins;
     * what it leaves is sealed at the next start.
     */
    async sealAll(): Promise<void> {
      if (!box.canSeal) return;
      for await (const { _id, secrets } of webhookEndpoints.find({ _id: { $gt: '' } })) {
        if (secrets.every(({ secret }) => box.isCurrent(secret))) continue;
        const sealed = secrets.map((one) => ({ ...one, secret: seal(open(one.secret, _id), _id) }));
        await webhookEndpoints.updateOne({ _id, secrets }, { $set: { secrets: sealed } });
      }
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
