import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const UNIT_MS = 10_000;

describe('The rates of sends', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(() => scratch.collections.sendRates.deleteMany({}));
  afterAll(() => scratch.close());

  const reserve = (change: object = {}, channel: 'email' | 'sms' = 'sms') =>
    scratch.store.sendRates.reserve(channel, {
      intervalMs: UNIT_MS,
      longestWaitMs: 100 * UNIT_MS,
      creditMs: 0,
      ...change,
    });
  const units = (ms: number): number => Math.round(ms / UNIT_MS);

  test('When twenty reserve at once, then each has a turn of its own, one interval after the other', async () => {
    const turns = await Promise.all(Array.from({ length: 20 }, () => reserve()));
    expect(turns.map(({ waitMs }) => units(waitMs)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  test('An interval is not rounded to milliseconds', async () => {
    for (let i = 0; i < 30; i++) await reserve({ intervalMs: UNIT_MS + 0.1 });
    const { freeAt, beginsAt } = (await scratch.collections.sendRates.findOne({ _id: 'sms' }))!;
    expect(freeAt - beginsAt - UNIT_MS).toBeCloseTo(0.1, 3);
  });

  test('When a turn would be too far away, then nothing is reserved, and the wait is told', async () => {
    await reserve({ intervalMs: 5 * UNIT_MS });
    const far = await reserve({ longestWaitMs: 2 * UNIT_MS });
    expect({ ...far, waitMs: units(far.waitMs) }).toEqual({ isReserved: false, waitMs: 5 });
    expect(units((await reserve()).waitMs)).toBe(5);
  });

  test('When nothing was reserved for a while, then that time is not made up for, but for the credit', async () => {
    await scratch.collections.sendRates.updateOne({ _id: 'sms' }, { $set: { freeAt: 1 } }, { upsert: true });
    expect(await reserve({ creditMs: UNIT_MS })).toEqual({ isReserved: true, waitMs: 0 });
    expect(await reserve({ creditMs: UNIT_MS })).toEqual({ isReserved: true, waitMs: 0 });
    expect(units((await reserve({ creditMs: UNIT_MS })).waitMs)).toBe(1);
  });

  test('When the clock of the database was set back, then nobody waits for what was reserved before', async () => {
    const { sendRates } = scratch.collections;
    await sendRates.updateOne({ _id: 'sms' }, { $set: { freeAt: Date.now() + 3_600_000 } }, { upsert: true });
    expect((await reserve()).waitMs).toBe(0);
  });

  test('The channels have nothing to do with each other', async () => {
    await reserve();
    expect((await reserve({}, 'email')).waitMs).toBe(0);
  });
});
