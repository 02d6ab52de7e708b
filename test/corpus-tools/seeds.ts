import { CORPUS } from '../corpus/corpus';
import { isRefusal } from '../corpus/case';
import { committed } from './committed';
import type { Seed } from './mutate';

const LARGEST = 20_000;

/**
 * The files of the corpus that are small enough to be damaged by the thousand. Those that can be read count three times:
 * there is more to be broken in them.
 */
export const SEEDS: readonly Seed[] = CORPUS.filter((file) => !file.isMadeAtRunTime).flatMap((file) => {
  const seed = { name: file.name, bytes: committed(file) };
  if (seed.bytes.length > LARGEST) return [];
  return isRefusal(file.expected) || file.expected.rows.length === 0 ? [seed] : [seed, seed, seed];
});
