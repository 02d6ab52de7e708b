import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until';
import type { Product } from './product';
import type { SeededRandom } from './seeded-random';

export interface RandomKills {
  /** Number of kills so far. */
  count(): number;
  /** Resolves after so many kills. */
  reached(count: number): Promise<void>;
  /** Resolves after the last kill. Rejects if a program does not come back. */
  done: Promise<void>;
  /** Ends the kills early. */
  stop(): void;
}

/** Kills a random one of the programs with kill -9, again and again, but only after its restart has finished. */
export function killAtRandom(
  product: Product,
  random: SeededRandom,
  { names, times, everyMs }: { names: readonly string[]; times: number; everyMs: readonly [number, number] },
): RandomKills {
  let kills = 0;
  const stopping = new AbortController();
  const { signal } = stopping;
  const killsOf = new Map(names.map((name) => [name, product.startsOf(name) - 1]));
  const done = (async () => {
    while (kills < times && !signal.aborted) {
      await pause(random.between(...everyMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const name = random.pick(names);
      const before = killsOf.get(name)!;
      await product.untilReady(name, before + 1);
      product.kill(name);
      killsOf.set(name, before + 1);
      kills++;
    }
  })();
  // The test awaits `done` later; until then a failure must not end the process as an unhandled rejection.
  done.catch(() => undefined);
  return {
    count: () => kills,
    async reached(count) {
      const reached = until(
        `${count} kills`,
        async () => kills,
        (now) => now >= count,
        600_000,
      );
      // If a program does not come back, that error is the one to report.
      await Promise.race([reached, done.then(() => reached)]);
    },
    done,
    stop: () => stopping.abort(),
  };
}
