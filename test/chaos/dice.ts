import { randomInt } from 'node:crypto';
import { createRandom } from '../corpus-tools/random';
import type { Random } from '../corpus-tools/random';

export interface Dice extends Random {
  /** Gives it again: `CHAOS_SEED=<seed>`. */
  seed: number;
  /** From `min` to below `max`. */
  between(min: number, max: number): number;
}

/**
 * Every choice that chaos makes, from one seed, which is printed. The same seed gives the same choices in the same order; how
 * they fall together with what the processes do is up to the machine.
 */
export function throwDice(): Dice {
  const seed = process.env.CHAOS_SEED ? Number(process.env.CHAOS_SEED) : randomInt(1_000_000_000);
  process.stdout.write(`CHAOS_SEED=${seed}\n`);
  const random = createRandom(seed);
  return { ...random, seed, between: (min, max) => min + random.below(max - min) };
}
