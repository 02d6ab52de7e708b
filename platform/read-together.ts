import DataLoader from 'dataloader';

/** Of one read. Its cost stays that of a page. */
const MOST_KEYS = 50;

/**
 * Turns a read of many keys into one of a single key: what is asked for while a read runs goes together into the next one. So many
 * callers at once cost little more than one, and a lone caller waits for nobody. No read begins before it is asked for, and nothing is
 * kept: what a caller has written before, it reads. `read` gets each key once for each caller, and returns the values in that order;
 * if it fails, it fails for all whose keys it had.
 */
export function readTogether<Key, Value>(
  read: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  let running: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<Key, Value>(
    (keys) => {
      const values = read(keys);
      running = values.catch(() => undefined);
      return values;
    },
    { cache: false, maxBatchSize: MOST_KEYS, batchScheduleFn: (begin) => void running.then(begin) },
  );
  return (key) => loader.load(key);
}
