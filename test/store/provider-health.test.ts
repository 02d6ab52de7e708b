import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const HOUR_MS = 3_600_000;

describe('The health of the providers', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(() => scratch.collections.providerHealth.deleteMany({}));
  afterAll(() => scratch.close());

  const probes = (times: number) =>
    Promise.all(Array.from({ length: times }, () => scratch.store.providerHealth.takeProbe('sms', HOUR_MS)));

  test('When nothing is known of a provider, then it is up', async () => {
    await scratch.store.providerHealth.down('email', HOUR_MS);
    expect(await probes(1)).toEqual([{ kind: 'up' }]);
  });

  test('When twenty ask for the probe that is due, then one gets it and the others are told to wait for the next', async () => {
    await scratch.store.providerHealth.down('sms', 0);
    const answers = await probes(20);
    expect(answers.filter(({ kind }) => kind === 'probe')).toHaveLength(1);
    const waits = answers.flatMap((answer) => (answer.kind === 'wait' ? [answer.forMs] : []));
    expect(waits).toHaveLength(19);
    for (const forMs of waits) {
      expect(forMs).toBeGreaterThan(HOUR_MS / 2);
      expect(forMs).toBeLessThanOrEqual(HOUR_MS);
    }
  });

  test('When a provider has just gone down, then its first probe is due after the interval and not at once', async () => {
    await scratch.store.providerHealth.down('sms', HOUR_MS);
    expect((await probes(1))[0]!.kind).toBe('wait');
  });

  test('When another worker finds the same provider down, then neither its time nor its next probe moves', async () => {
    const { store, collections } = scratch;
    await store.providerHealth.down('sms', HOUR_MS);
    const first = await collections.providerHealth.findOne({ _id: 'sms' });
    await store.providerHealth.down('sms', 2 * HOUR_MS);
    expect(await collections.providerHealth.findOne({ _id: 'sms' })).toEqual(first);
    expect(first!.nextProbeAt.getTime() - first!.openedAt.getTime()).toBe(HOUR_MS);
  });

  test('When a provider is up again, then everybody is told so', async () => {
    await scratch.store.providerHealth.down('sms', HOUR_MS);
    await scratch.store.providerHealth.up('sms');
    expect(await probes(2)).toEqual([{ kind: 'up' }, { kind: 'up' }]);
  });
});
