import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers that are the same for the same seed on every machine. */
export interface Random {
  /** From 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const below = (limit: number): number => uniformInt(generator, 0, limit - 1);
  return {
    below,
    pick: (choices) => {
      if (choices.length === 0) throw new RangeError('There is nothing to pick from');
      return choices[below(choices.length)]!;
    },
    chance: (probability) => uniformFloat64(generator) < probability,
  };
}
