import { createBreaker } from '../../activities/sending/breaker';
import type { Breaker } from '../../activities/sending/breaker';
import { createRequestSlots } from '../../activities/sending/request-slots';
import { sendBatches } from '../../activities/sending/send-batches';
import type { Sending } from '../../activities/sending/send-batches';
import type { InvitationMessage, SendOutcome } from '../../providers/sender';
import { uniqueName } from '../support/environment';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const HOUR_MS = 3_600_000;
const PEOPLE = 40;
const CONCURRENCY = 4;
const ACCEPTED: SendOutcome = { kind: 'accepted', providerId: 'SM1' };
const IN_DOUBT: SendOutcome = { kind: 'ambiguous', cause: 'http-503' };
const UNREACHABLE: SendOutcome = { kind: 'busy', providerCode: 'ECONNREFUSED' };
const STOPPED: SendOutcome = { kind: 'stopped', code: 'invitation.account-stopped', providerCode: '20003' };
const RATE_LIMITED: SendOutcome = { kind: 'busy', providerCode: 'http-429', retryAfterMs: 7_000 };

describe('The sends of a chunk', () => {
  let scratch: ScratchStore;
  let importId: string;
  let breaker: Breaker;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    importId = uniqueName('import-');
    await scratch.collections.providerHealth.deleteMany({});
    breaker = createBreaker({ health: scratch.store.providerHealth, channel: 'sms', probeEveryMs: HOUR_MS });
  });
  afterAll(() => scratch.close());

  /** Sends to forty people by a provider that gives this answer to the n-th request. */
  async function send(
    answer: (n: number) => SendOutcome,
    change: Partial<Sending> = {},
    { count = PEOPLE, answersOnceFull = false } = {},
  ) {
    const staged = Array.from({ length: count }, (_, i) =>
      sentInvitation(person('demo'), { importId, row: i + 2, channel: 'sms', state: 'pending', attempts: 0 }),
    );
    await scratch.store.invitations.stage(staged);
    const messages = staged.map(({ _id: id, token }): InvitationMessage => ({
      id,
      token,
      to: '+12055550100',
      firstName: '',
      organisationName: '',
      link: '',
    }));
    /** How many were under way as each request began, itself included. */
    const underWay: number[] = [];
    let open = 0;
    /** Resolves once as many requests are under way as may be. */
    let full!: () => void;
    const isFull = new Promise<void>((resolve) => (full = resolve));
    const stopReason = await sendBatches(
      {
        attempt: {
          id: uniqueName('attempt-'),
          channel: 'sms',
          ledger: scratch.store.ledger,
          sender: {
            channel: 'sms',
            batchSize: 1,
            send: async () => {
              underWay.push(++open);
              if (open === CONCURRENCY) full();
              // The first one is the probe.
              if (answersOnceFull && underWay.length > 1) await isFull;
              try {
                return [answer(underWay.length)];
              } finally {
                await new Promise(setImmediate);
                open--;
              }
            },
            lookUp: () => Promise.resolve({ kind: 'not-found' }),
          },
          windows: { fenceMs: 60_000, deadlineMs: 120_000, settleWindowMs: 0 },
          findHolds: () => Promise.resolve({ pauses: {}, erased: new Set() }),
        },
        slots: createRequestSlots(CONCURRENCY),
        breaker,
        signal: new AbortController().signal,
        onOptOut: () => Promise.resolve(),
        ...change,
      },
      messages,
    );
    const states = { pending: 0, sending: 0, sent: 0 };
    for (const { state } of await scratch.store.invitations.find({ importId })) states[state as keyof typeof states]++;
    return { stopReason, underWay, states };
  }
  /** Opens the breaker; another worker may have done so just as well, for this one asks the database from now on. */
  async function open({ probeIsDue }: { probeIsDue: boolean }): Promise<void> {
    for (let i = 0; i < 8; i++) await breaker.report('full', [IN_DOUBT]);
    if (probeIsDue) {
      await scratch.collections.providerHealth.updateOne({ _id: 'sms' }, { $set: { nextProbeAt: new Date(0) } });
    }
  }

  test('When a provider goes down on the way, then no more is begun than what was under way, and the rest stays pending', async () => {
    const { stopReason, underWay, states } = await send((n) => (n <= 10 ? ACCEPTED : IN_DOUBT));
    expect(stopReason).toMatchObject({ kind: 'busy', providerCode: 'no-answer' });
    expect(underWay.length).toBeGreaterThanOrEqual(18);
    expect(underWay.length).toBeLessThanOrEqual(18 + CONCURRENCY);
    expect(states).toEqual({ pending: PEOPLE - underWay.length, sending: underWay.length - 10, sent: 10 });
  });

  test('When a provider is down and no probe is due, then nothing is claimed, and the step comes back for the next probe', async () => {
    await open({ probeIsDue: false });
    const { stopReason, underWay, states } = await send(() => ACCEPTED);
    expect(underWay).toEqual([]);
    expect(states).toMatchObject({ pending: PEOPLE });
    if (stopReason?.kind !== 'busy') throw new Error('expected a wait');
    expect(stopReason.retryAfterMs).toBeGreaterThan(HOUR_MS / 2);
    expect(stopReason.retryAfterMs).toBeLessThanOrEqual(HOUR_MS * 1.1);
  });

  test.each([
    ['no connection', UNREACHABLE, { pending: PEOPLE, sending: 0, sent: 0 }],
    ['a server error', IN_DOUBT, { pending: PEOPLE - 1, sending: 1, sent: 0 }],
  ])(
    'When a probe finds %s, then it was one message, and everything waits for the next probe',
    async (_, outcome, expected) => {
      await open({ probeIsDue: true });
      const { stopReason, underWay, states } = await send(() => outcome);
      expect(underWay).toEqual([1]);
      expect(states).toEqual(expected);
      // Not the growing pauses of a step that failed, which would let a recovery go unnoticed.
      expect(stopReason).toMatchObject({
        kind: 'busy',
        providerCode: 'no-answer',
        retryAfterMs: expect.any(Number) as number,
      });
    },
  );

  test('a single message whose probe finds no connection waits for the next probe, too', async () => {
    await open({ probeIsDue: true });
    const { stopReason, states } = await send(() => UNREACHABLE, {}, { count: 1 });
    expect(states).toEqual({ pending: 1, sending: 0, sent: 0 });
    // Without a reason to stop the step would succeed, and the next one would begin another day of patience.
    expect(stopReason).toMatchObject({ kind: 'busy', providerCode: 'no-answer' });
  });

  test('When a probe is answered, then the rest follows at once and at full rate', async () => {
    await open({ probeIsDue: true });
    const { stopReason, underWay, states } = await send(() => ACCEPTED, {}, { answersOnceFull: true });
    expect(stopReason).toBeUndefined();
    expect(states).toEqual({ pending: 0, sending: 0, sent: PEOPLE });
    expect(underWay[0]).toBe(1);
    expect(Math.max(...underWay)).toBe(CONCURRENCY);
  });

  test('When a probe is rate-limited, then the provider’s own wish counts', async () => {
    await open({ probeIsDue: true });
    const { stopReason, underWay } = await send(() => RATE_LIMITED);
    expect(underWay.length).toBeLessThanOrEqual(1 + CONCURRENCY);
    expect(stopReason).toEqual(RATE_LIMITED);
  });

  test('When what was found out cannot be written down, then the step fails instead of going on', async () => {
    const lost = new Error('the database is away');
    await expect(send(() => RATE_LIMITED, { onOptOut: () => Promise.reject(lost) })).rejects.toBe(lost);
  });

  test('When a request fails in a way that nobody has foreseen, then it is in doubt, and no other outcome is lost', async () => {
    const foreseen = new Error('a bug');
    const sending = send((n) => {
      if (n === 10) throw foreseen;
      return ACCEPTED;
    });
    await expect(sending).rejects.toBe(foreseen);
    const states = (await scratch.store.invitations.find({ importId })).map(({ state }) => state);
    expect(states.filter((state) => state === 'sending')).toHaveLength(1);
    const sent = states.filter((state) => state === 'sent').length;
    expect(sent).toBeGreaterThanOrEqual(9);
    expect(sent).toBeLessThanOrEqual(9 + CONCURRENCY - 1);
  });

  test('When the step is cancelled on the way, then nothing more begins and what was in flight is written down', async () => {
    const cancellation = new AbortController();
    const { underWay, states } = await send(
      (n) => {
        if (n === 10) cancellation.abort();
        return ACCEPTED;
      },
      { signal: cancellation.signal },
    );
    expect(underWay).toHaveLength(10);
    expect(states).toEqual({ pending: PEOPLE - 10, sending: 0, sent: 10 });
  });

  test('When the account is stopped on the way, then nothing more begins, and that outweighs a busy provider', async () => {
    const { stopReason, underWay, states } = await send((n) =>
      n < 10 ? ACCEPTED : n % 2 === 0 ? STOPPED : RATE_LIMITED,
    );
    expect(stopReason).toEqual(STOPPED);
    expect(underWay.length).toBeLessThan(10 + CONCURRENCY);
    expect(states).toEqual({ pending: PEOPLE - 9, sending: 0, sent: 9 });
  });
});
