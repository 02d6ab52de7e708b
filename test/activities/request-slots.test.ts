import { createRequestSlots } from '../../activities/sending/request-slots';
import type { RequestSlots } from '../../activities/sending/request-slots';

describe('The slots for requests', () => {
  const never = new AbortController().signal;
  const isOpen = async (taken: Promise<number>): Promise<boolean> =>
    Promise.race([taken.then(() => false), new Promise<boolean>((resolve) => setImmediate(() => resolve(true)))]);
  async function allTaken(total: number): Promise<RequestSlots> {
    const slots = createRequestSlots(total);
    expect(await slots.take(total, never)).toBe(total);
    return slots;
  }

  test('As many as wanted are taken at once while they are free, and no more than there are', async () => {
    const slots = createRequestSlots(10);
    expect(await slots.take(3, never)).toBe(3);
    expect(await slots.take(100, never)).toBe(7);
  });

  test('When half of them become free one by one, then they are taken as one group', async () => {
    const slots = await allTaken(10);
    const taken = slots.take(10, never);
    for (let i = 0; i < 4; i++) slots.giveBack(1);
    expect(await isOpen(taken)).toBe(true);
    slots.giveBack(1);
    expect(await taken).toBe(5);
  });

  test('When only one becomes free, then it does not wait for half of them', async () => {
    const slots = await allTaken(10);
    const taken = slots.take(10, never);
    slots.giveBack(1);
    expect(await taken).toBe(1);
  });

  test('Who wants fewer than half waits for no more than that', async () => {
    const slots = await allTaken(10);
    const taken = slots.take(2, never);
    slots.giveBack(2);
    expect(await isOpen(taken)).toBe(false);
  });

  test('A new process opens them slowly: each that is given back opens another, up to their number', async () => {
    const slots = createRequestSlots(10, 2);
    const taken: number[] = [];
    for (let i = 0; i < 5; i++) {
      taken.push(await slots.take(100, never));
      slots.giveBack(taken.at(-1)!);
    }
    expect(taken).toEqual([2, 4, 8, 10, 10]);
  });

  test('Several files take them in turn', async () => {
    const slots = await allTaken(4);
    const order: string[] = [];
    const drain = async (file: string): Promise<void> => {
      for (let i = 0; i < 3; i++) {
        await slots.take(2, never);
        order.push(file);
        setImmediate(() => slots.giveBack(2));
      }
    };
    const drained = Promise.all([drain('a'), drain('b'), drain('c')]);
    slots.giveBack(2);
    await drained;
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('Who stops waiting gets none, and those behind get theirs', async () => {
    const slots = await allTaken(4);
    const leaving = new AbortController();
    const [left, next] = [slots.take(4, leaving.signal), slots.take(1, never)];
    slots.giveBack(1);
    leaving.abort();
    expect(await left).toBe(0);
    expect(await next).toBe(1);
    expect(await slots.take(1, AbortSignal.abort())).toBe(0);
  });
});
