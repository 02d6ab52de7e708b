import { randomInt } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface SeededRandom {
  /** From `min` to below `max`; whole numbers. */
  between(min: number, max: number): number;
  /** From 0 to below `limit`; whole numbers. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
}

/**
 * Makes every choice of a chaos suite from one seed, which is printed; `CHAOS_SEED=<seed>` repeats the choices. When they
 * take effect within the work of the processes depends on the machine.
 */
export function createSeededRandom(): SeededRandom {
  const seed = process.env.CHAOS_SEED ? Number(process.env.CHAOS_SEED) : randomInt(1_000_000_000);
  process.stdout.write(`CHAOS_SEED=${seed}\n`);
  const generator = xoroshiro128plus(seed);
  const between = (min: number, max: number): number => uniformInt(generator, min, max - 1);
  return {
    between,
    below: (limit) => between(0, limit),
    pick: (choices) => choices[between(0, choices.length)]!,
  };
}
