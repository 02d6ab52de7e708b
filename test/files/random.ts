/** Numbers that are the same for the same seed on every machine. */
export interface Random {
  /** From 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
}

/** By mulberry32, which passes the usual tests of randomness and takes four lines. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (choices) => {
      if (choices.length === 0) throw new RangeError('There is nothing to pick from');
      return choices[below(choices.length)]!;
    },
    chance: (probability) => next() < probability,
  };
}
