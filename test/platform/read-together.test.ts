import { setTimeout as pause } from 'node:timers/promises';
import { readTogether } from '../../platform/read-together';

/** A read whose answers come when the test lets them. */
function heldRead() {
  const reads: { keys: readonly string[]; answer: (error?: Error) => void }[] = [];
  const read = readTogether(
    (keys: readonly string[]) =>
      new Promise<string[]>((resolve, reject) =>
        reads.push({
          keys,
          answer: (error) => (error ? reject(error) : resolve(keys.map((key) => key.toUpperCase()))),
        }),
      ),
  );
  /** Until no promise is left that nothing holds. */
  const settled = (): Promise<void> => pause(0);
  return { read, reads, settled };
}

describe('Reads of many callers', () => {
  test('A lone caller is read for at once, and by itself', async () => {
    const { read, reads, settled } = heldRead();
    const value = read('a');
    await settled();
    expect(reads.map(({ keys }) => keys)).toEqual([['a']]);
    reads[0]!.answer();
    expect(await value).toBe('A');
  });

  test('What is asked for during a read goes into the next one together, also a key that is being read', async () => {
    const { read, reads, settled } = heldRead();
    const first = read('a');
    await settled();
    const rest = Promise.all([read('b'), read('a')]);
    await settled();
    expect(reads).toHaveLength(1);
    reads[0]!.answer();
    expect(await first).toBe('A');
    await settled();
    expect(reads[1]!.keys).toEqual(['b', 'a']);
    reads[1]!.answer();
    expect(await rest).toEqual(['B', 'A']);
  });

  test('A read that fails fails for its callers alone; the next one goes on', async () => {
    const { read, reads, settled } = heldRead();
    const first = read('a').catch(({ message }: Error) => message);
    await settled();
    const second = read('b');
    reads[0]!.answer(new Error('MongoDB is away'));
    expect(await first).toBe('MongoDB is away');
    await settled();
    reads[1]!.answer();
    expect(await second).toBe('B');
  });

  test('More than a page of keys is read in several reads', async () => {
    const sizes: number[] = [];
    const read = readTogether((keys: readonly number[]) => {
      sizes.push(keys.length);
      return Promise.resolve(keys);
    });
    const keys = Array.from({ length: 120 }, (_, i) => i);
    expect(await Promise.all(keys.map(read))).toEqual(keys);
    expect(sizes).toEqual([50, 50, 20]);
  });
});
