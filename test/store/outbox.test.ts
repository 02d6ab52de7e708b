import { markToWake } from '../../store/imports/outbox';
import { uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const MINUTES = 60_000;

describe('The lag of the outbox', () => {
  let scratch: ScratchStore;
  let importId: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    await scratch.collections.imports.deleteMany({});
    importId = uniqueName('import-');
    await scratch.collections.imports.insertOne({ _id: importId, status: 'inviting', revision: 0 } as never);
  });
  afterAll(() => scratch.close());

  const find = async () => (await scratch.collections.imports.findOne({ _id: importId }))!;
  const mark = () => markToWake(scratch.collections, [importId]);
  /** Has the database see its marks as so much older. */
  const minutesPass = (minutes: number, ...fields: ('wakeAt' | 'wakeDueAt')[]) =>
    scratch.collections.imports.updateOne({ _id: importId }, [
      { $set: Object.fromEntries(fields.map((field) => [field, { $subtract: [`$${field}`, minutes * MINUTES] }])) },
    ]);
  const lag = async (): Promise<number> => (await scratch.store.backlog.count()).outboxLagSeconds;

  test('is counted from the moment when the mark was due at first, however often it is tried', async () => {
    await mark();
    const { wakeAt: due } = await find();
    const first = (await scratch.store.outbox.takeSignal())!;
    expect(first.wakeDueAt).toEqual(due);
    // The lease, which a try without success lets pass.
    expect(first.wakeAt!.getTime()).toBeGreaterThan(due!.getTime());
    await minutesPass(2, 'wakeAt', 'wakeDueAt');
    const second = (await scratch.store.outbox.takeSignal())!;
    expect(second.wakeDueAt!.getTime()).toBe(due!.getTime() - 2 * MINUTES);
    expect(await lag()).toBeGreaterThan(119);
  });

  test('ends with the signal', async () => {
    await mark();
    await scratch.store.outbox.clearSignal((await scratch.store.outbox.takeSignal())!);
    expect(await find()).not.toHaveProperty('wakeAt');
    expect(await find()).not.toHaveProperty('wakeDueAt');
    expect(await lag()).toBe(0);
  });

  test('begins anew for a mark that was set while the one before it was signalled', async () => {
    await mark();
    await scratch.store.outbox.takeSignal();
    await minutesPass(2, 'wakeDueAt');
    const taken = await find();
    await mark();
    await scratch.store.outbox.clearSignal(taken);
    expect(await find()).not.toHaveProperty('wakeDueAt');
    expect((await find()).wakeAt).toBeInstanceOf(Date);
    expect(await lag()).toBeLessThan(60);
  });

  test('does not count a mark that is due later', async () => {
    await markToWake(scratch.collections, [importId], { delayMs: 5 * MINUTES });
    expect(await lag()).toBe(0);
    expect(await scratch.store.outbox.takeSignal()).toBeNull();
  });
});

describe('The next check of a queued import', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  test('is put off, and no call that comes late brings it nearer', async () => {
    const { collections, store } = scratch;
    const _id = uniqueName('import-');
    const checkAt = new Date();
    await collections.imports.insertOne({ _id, status: 'queued', checkAt, revision: 0 } as never);
    const checkIn = async () => (await collections.imports.findOne({ _id }))!.checkAt!.getTime() - checkAt.getTime();
    await store.outbox.putOff([_id], 4_000);
    expect(await checkIn()).toBeGreaterThanOrEqual(4_000);
    await store.outbox.putOff([_id]);
    const started = await checkIn();
    expect(started).toBeGreaterThanOrEqual(30_000);
    await store.outbox.putOff([_id], 4_000);
    expect(await checkIn()).toBe(started);
  });
});
