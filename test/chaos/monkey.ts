import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice';
import type { Product } from './product';
import { until } from '../support/until';

export interface Rampage {
  /** How many it has killed so far. */
  kills(): number;
  /** Resolves once it has killed so many. */
  reached(kills: number): Promise<void>;
  /** Resolves after the last kill. Rejects if a program does not come back. */
  done: Promise<void>;
  /** Ends it before its time. */
  stop(): void;
}

/**
 * Kills a random one of the programs with kill -9, again and again. One that is still on its way back is left alone: each kill
 * is to hit something that works.
 */
export function killAtRandom(
  product: Product,
  dice: Dice,
  { names, times, everyMs }: { names: readonly string[]; times: number; everyMs: readonly [number, number] },
): Rampage {
  let kills = 0;
  const stopping = new AbortController();
  const { signal } = stopping;
  const killsOf = new Map(names.map((name) => [name, product.startsOf(name) - 1]));
  const done = (async () => {
    while (kills < times && !signal.aborted) {
      await pause(dice.between(...everyMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const name = dice.pick(names);
      const before = killsOf.get(name)!;
      await product.untilReady(name, before + 1);
      product.kill(name);
      killsOf.set(name, before + 1);
      kills++;
    }
  })();
  // Whoever waits for it hears of a failure; until then nobody may.
  done.catch(() => undefined);
  return {
    kills: () => kills,
    async reached(count) {
      const reached = until(
        `${count} kills`,
        async () => kills,
        (now) => now >= count,
        600_000,
      );
      // Where a program does not come back, that is what is to be told.
      await Promise.race([reached, done.then(() => reached)]);
    },
    done,
    stop: () => stopping.abort(),
  };
}
