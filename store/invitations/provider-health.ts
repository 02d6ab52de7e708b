import type { Channel } from '../../contract/invitation';
import type { Collections } from '../documents';

/** Permission for a worker whose breaker is open. `forMs` is the time until the next probe. */
type ProbeAnswer = { kind: 'up' } | { kind: 'probe' } | { kind: 'wait'; forMs: number };

/** The shared knowledge of all workers about providers that are down. All times are of the database's clock. */
export function createProviderHealth({ providerHealth }: Pick<Collections, 'providerHealth'>) {
  return {
    /** Records that a provider is down. If that is known already, the next probe keeps its time. */
    async down(channel: Channel, probeEveryMs: number): Promise<void> {
      await providerHealth.updateOne(
        { _id: channel },
        [
          {
            $set: {
              openedAt: { $ifNull: ['$openedAt', '$$NOW'] },
              nextProbeAt: { $ifNull: ['$nextProbeAt', { $add: ['$$NOW', probeEveryMs] }] },
            },
          },
        ],
        { upsert: true },
      );
    },

    /**
     * Takes the next probe, if it is due. Exactly one of several concurrent workers gets it. If that worker dies, the next
     * probe is due as if this one had failed.
     */
    async takeProbe(channel: Channel, probeEveryMs: number): Promise<ProbeAnswer> {
      const { modifiedCount } = await providerHealth.updateOne(
        { _id: channel, $expr: { $lte: ['$nextProbeAt', '$$NOW'] } },
        [{ $set: { nextProbeAt: { $add: ['$$NOW', probeEveryMs] } } }],
      );
      if (modifiedCount === 1) return { kind: 'probe' };
      const [health] = await providerHealth
        .aggregate<{ forMs: number }>([
          { $match: { _id: channel } },
          { $project: { forMs: { $max: [0, { $subtract: ['$nextProbeAt', '$$NOW'] }] } } },
        ])
        .toArray();
      return health ? { kind: 'wait', forMs: health.forMs } : { kind: 'up' };
    },

    async up(channel: Channel): Promise<void> {
      await providerHealth.deleteOne({ _id: channel });
    },
  };
}
export type ProviderHealth = ReturnType<typeof createProviderHealth>;
