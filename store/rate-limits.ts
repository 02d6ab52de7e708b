import type { Db } from 'mongodb';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';

const COLLECTION = 'rate_limits';

/** A limit that all processes keep together: so many points a key and window. */
export interface SharedLimit {
  name: string;
  limit: number;
  windowMs: number;
}

export interface Taken {
  /** All that the fleet has taken of the key in this window, above the limit too. */
  total: number;
  /** Until the window ends, in milliseconds. */
  resetMs: number;
}

export const rateLimitsOf = (db: Db) => db.collection<{ key: string; points: number; expire: Date }>(COLLECTION);

export function createRateLimits(db: Db) {
  // A count that a failover forgets lets a few requests more through, so none waits for the majority.
  const storeClient = { collection: (name: string) => db.collection(name, { writeConcern: { w: 1, journal: false } }) };

  return {
    /** The counter of a limit. A window of a key begins with its first call, by the clock of the process that makes it. */
    open({ name, limit, windowMs }: SharedLimit): (key: string, points: number) => Promise<Taken> {
      const limiter = new RateLimiterMongo({
        ...{ storeClient, tableName: COLLECTION, keyPrefix: name, points: limit, duration: windowMs / 1000 },
        // They are ours, beside the others.
        disableIndexesCreation: true,
      });
      return async (key, points) => {
        const { consumedPoints, msBeforeNext } = await limiter.consume(key, points).catch((error: unknown) => {
          if (error instanceof RateLimiterRes) return error;
          throw error;
        });
        return { total: consumedPoints, resetMs: msBeforeNext };
      };
    },
  };
}
export type RateLimits = ReturnType<typeof createRateLimits>;
