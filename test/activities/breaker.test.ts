import { createBreaker } from '../../activities/sending/breaker';
import type { Breaker } from '../../activities/sending/breaker';
import type { SendOutcome } from '../../providers/sender';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;

const ACCEPTED: SendOutcome = { kind: 'accepted', providerId: 'SM1' };
const REFUSED: SendOutcome = { kind: 'rejected', code: 'invitation.address-refused', providerCode: '21211' };
const STOPPED: SendOutcome = { kind: 'stopped', code: 'invitation.account-stopped', providerCode: '20003' };
const SERVER_ERROR: SendOutcome = { kind: 'ambiguous', cause: 'http-503' };
const NO_ANSWER: SendOutcome = { kind: 'ambiguous', cause: 'deadline' };
const UNREACHABLE: SendOutcome = { kind: 'busy', providerCode: 'ECONNREFUSED' };
const RATE_LIMITED: SendOutcome = { kind: 'busy', providerCode: 'http-429', retryAfterMs: 1000 };
const QUEUE_FULL: SendOutcome = { kind: 'busy', providerCode: '21611' };
const TOO_LATE: SendOutcome = { kind: 'busy', providerCode: 'too-late' };

/** So many requests of one message each. */
const requests = (count: number, outcome: SendOutcome): SendOutcome[][] =>
  Array.from({ length: count }, () => [outcome]);

/** Reports several requests, one after the other. */
async function report(one: Breaker, permit: 'full' | 'probe', answers: SendOutcome[][]): Promise<void> {
  for (const outcomes of answers) await one.report(permit, outcomes);
}

describe('The breaker', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(() => scratch.collections.providerHealth.deleteMany({}));
  afterAll(() => scratch.close());

  const breaker = (probeEveryMs = HOUR_MS): Breaker =>
    createBreaker({ health: scratch.store.providerHealth, channel: 'sms', probeEveryMs });
  /** The breaker of a worker that has found the provider down. */
  async function opened(probeEveryMs?: number): Promise<Breaker> {
    const one = breaker(probeEveryMs);
    await report(one, 'full', requests(8, SERVER_ERROR));
    return one;
  }
  const permitOf = async (one: Breaker) => (await one.requestPermit()).kind;
  /** The database's clock decides when a probe is due, so that is what is put forward. */
  const makeProbeDue = () =>
    scratch.collections.providerHealth.updateOne({ _id: 'sms' }, { $set: { nextProbeAt: new Date(0) } });

  test.each([
    ['server errors', SERVER_ERROR],
    ['requests without an answer', NO_ANSWER],
    ['connections that are refused', UNREACHABLE],
  ])(
    'When there are eight %s in a row, however they are reported, then nothing more is sent at once',
    async (_, outcome) => {
      const one = breaker();
      await report(one, 'full', requests(4, outcome));
      await report(one, 'full', requests(3, outcome));
      expect(await permitOf(one)).toBe('full');
      await report(one, 'full', requests(1, outcome));
      expect(await permitOf(one)).toBe('wait');
    },
  );

  test.each([
    ['accepts one', ACCEPTED],
    ['refuses a recipient', REFUSED],
    ['refuses the account', STOPPED],
    ['limits the rate', RATE_LIMITED],
    ['has a full queue', QUEUE_FULL],
  ])('When a provider %s among failures, then it is not down', async (_, clear) => {
    const one = breaker();
    await report(one, 'full', requests(7, SERVER_ERROR));
    await report(one, 'full', [[clear], ...requests(7, SERVER_ERROR)]);
    expect(await permitOf(one)).toBe('full');
  });

  test('When we were too late ourselves to begin requests, then that says nothing of the provider either way', async () => {
    const one = breaker();
    await report(one, 'full', requests(20, TOO_LATE));
    expect(await permitOf(one)).toBe('full');
    await report(one, 'full', [...requests(7, SERVER_ERROR), [TOO_LATE], [SERVER_ERROR]]);
    expect(await permitOf(one)).toBe('wait');
  });

  test('When a request of 25 people gets no answer, then it counts once', async () => {
    const one = breaker();
    const request = Array.from({ length: 25 }, () => NO_ANSWER);
    await report(
      one,
      'full',
      Array.from({ length: 7 }, () => request),
    );
    expect(await permitOf(one)).toBe('full');
    // Some of its recipients were refused before it fell silent: what counts is how it ended.
    await report(one, 'full', [[REFUSED, NO_ANSWER, NO_ANSWER]]);
    expect(await permitOf(one)).toBe('wait');
  });

  test('As long as the provider is up, the breaker does not ask the database', async () => {
    const asked = jest.fn();
    const health = new Proxy(scratch.store.providerHealth, { get: () => asked });
    const one = createBreaker({ health, channel: 'sms' });
    await one.requestPermit();
    await report(one, 'full', [...requests(7, SERVER_ERROR), ...requests(50, ACCEPTED)]);
    await one.requestPermit();
    expect(asked).not.toHaveBeenCalled();
  });

  test('When a permit is requested while the breaker is still writing down that it has opened, then the answer is to wait', async () => {
    const one = breaker();
    await report(one, 'full', requests(7, SERVER_ERROR));
    const reporting = one.report('full', [SERVER_ERROR]);
    expect(await permitOf(one)).toBe('wait');
    await reporting;
  });

  test('When opening cannot be written down, then the step fails, and the next failure opens the breaker', async () => {
    const away = new Error('the database is away');
    const { providerHealth } = scratch.store;
    const down = jest
      .fn((...args: Parameters<typeof providerHealth.down>) => providerHealth.down(...args))
      .mockRejectedValueOnce(away);
    const one = createBreaker({ health: { ...providerHealth, down }, channel: 'sms', probeEveryMs: HOUR_MS });
    await expect(report(one, 'full', requests(8, SERVER_ERROR))).rejects.toBe(away);
    expect(await permitOf(one)).toBe('full');
    await report(one, 'full', requests(1, SERVER_ERROR));
    expect(await permitOf(one)).toBe('wait');
  });

  test('When a provider is down for five workers, then each probe goes to one of them and the others wait for the next', async () => {
    const fleet = await Promise.all(Array.from({ length: 5 }, () => opened()));
    for (let probe = 0; probe < 3; probe++) {
      await makeProbeDue();
      const permits = await Promise.all(fleet.flatMap((one) => [one.requestPermit(), one.requestPermit()]));
      expect(permits.filter(({ kind }) => kind === 'probe')).toHaveLength(1);
      for (const permit of permits) {
        if (permit.kind !== 'wait') continue;
        expect(permit.waitMs).toBeGreaterThan(HOUR_MS / 2);
        expect(permit.waitMs).toBeLessThanOrEqual(HOUR_MS * 1.1);
      }
    }
  });

  test('When a provider is down, then probes come no more often than the interval, whoever asks how often', async () => {
    const fleet = await Promise.all(Array.from({ length: 3 }, () => opened(400)));
    const nextProbes: number[] = [];
    await until(
      'three probes',
      async () => {
        const permits = await Promise.all(fleet.map((one) => one.requestPermit()));
        const taken = permits.filter(({ kind }) => kind === 'probe').length;
        const health = await scratch.collections.providerHealth.findOne({ _id: 'sms' });
        nextProbes.push(...Array.from({ length: taken }, () => health!.nextProbeAt.getTime()));
        return nextProbes.length;
      },
      (count) => count >= 3,
    );
    // By the database's clock, so that it does not matter how late this process hears of them.
    expect(nextProbes[1]! - nextProbes[0]!).toBeGreaterThanOrEqual(400);
    expect(nextProbes[2]! - nextProbes[1]!).toBeGreaterThanOrEqual(400);
  });

  test('When a probe fails, then all wait for the next; when one gets a clear answer, then all go on at full rate', async () => {
    const [one, other] = [await opened(), await opened()];
    await makeProbeDue();
    expect(await permitOf(one)).toBe('probe');
    await report(one, 'probe', requests(1, UNREACHABLE));
    expect([await permitOf(one), await permitOf(other)]).toEqual(['wait', 'wait']);

    await makeProbeDue();
    expect(await permitOf(other)).toBe('probe');
    await report(other, 'probe', requests(1, REFUSED));
    expect([await permitOf(one), await permitOf(other)]).toEqual(['full', 'full']);
    // It takes another eight to open again.
    await report(one, 'full', requests(7, SERVER_ERROR));
    expect(await permitOf(one)).toBe('full');
  });

  test('When answers come in late that were asked for before it went down, then they neither close nor prolong it', async () => {
    const one = await opened();
    const before = await scratch.collections.providerHealth.findOne({ _id: 'sms' });
    await report(one, 'full', [...requests(3, ACCEPTED), ...requests(20, NO_ANSWER)]);
    expect(await permitOf(one)).toBe('wait');
    expect(await scratch.collections.providerHealth.findOne({ _id: 'sms' })).toEqual(before);
  });

  test('When the worker that got the probe dies with it, then the next probe is handed out all the same', async () => {
    const [dead, alive] = [await opened(), await opened()];
    await makeProbeDue();
    expect(await permitOf(dead)).toBe('probe');
    await makeProbeDue();
    expect(await permitOf(alive)).toBe('probe');
  });

  test('When one provider is down, then the other is none the worse', async () => {
    await opened();
    const email = createBreaker({ health: scratch.store.providerHealth, channel: 'email' });
    await report(email, 'full', requests(7, SERVER_ERROR));
    expect(await permitOf(email)).toBe('full');
    await report(email, 'full', requests(1, ACCEPTED));
    expect(await scratch.collections.providerHealth.distinct('_id')).toEqual(['sms']);
  });
});
