import type { Channel } from '../../contract/invitation';
import type { Collections } from '../collections';

/** What a worker may do that has found a provider down. */
export type ProbeAnswer = { kind: 'up' } | { kind: 'probe' } | { kind: 'wait'; forMs: number };

/** What all workers know together of a provider that is down; all times are of the database's clock. */
export function createProviderHealth({ providerHealth }: Pick<Collections, 'providerHealth'>) {
  return {
    /** Writes down that a provider is down; where that is known already, the next probe stays when it is. */
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
     * Takes the next probe, if it is due. Of all who ask exactly one gets it; should that one die with it, the next is due
     * as if it had failed.
     */
    async takeProbe(channel: Channel, probeEveryMs: number): Promise<ProbeAnswer> {
      const { modifiedCount } = await providerHealth.updateOne(
        { _id: channel, $expr: { $lte: ['$nextProbeAt', '$$NOW'] } },
        [{ $set: { nextProbeAt: { $add: ['$$NOW', probeEveryMs] } } }],
      );
      if (modifiedCount === 1) return { kind: 'probe' };
      const [found] = await providerHealth
        .aggregate<{ forMs: number }>([
          { $match: { _id: channel } },
          { $project: { forMs: { $max: [0, { $subtract: ['$nextProbeAt', '$$NOW'] }] } } },
        ])
        .toArray();
      return found ? { kind: 'wait', forMs: found.forMs } : { kind: 'up' };
    },

    async up(channel: Channel): Promise<void> {
      await providerHealth.deleteOne({ _id: channel });
    },
  };
}
export type ProviderHealth = ReturnType<typeof createProviderHealth>;
