import { createBreaker } from '../../activities/sending/breaker';
import { createRequestSlots } from '../../activities/sending/request-slots';
import { sendBatches } from '../../activities/sending/send-batches';
import type { Sending } from '../../activities/sending/send-batches';
import type { InvitationMessage, SendOutcome } from '../../providers/sender';
import type { InvitationDoc } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
const ACCEPTED: SendOutcome = { kind: 'accepted', providerId: 'SM1' };

/** A crash leaves in doubt what is claimed and not recorded, so these look at the ledger in the middle of a file. */
describe('The claims of a file', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  /** Begins to send by a provider that answers when the test says so. */
  async function begin({ people, slots, batchSize = 1 }: { people: number; slots: number; batchSize?: number }) {
    const importId = uniqueName('import-');
    const staged = Array.from({ length: people }, (_, i) => {
      const invitation = sentInvitation(person('demo'), { importId, row: i + 2, state: 'pending', attempts: 0 });
      delete invitation.attempt;
      return invitation;
    });
    await scratch.store.invitations.stage(staged);
    const messages = staged.map(({ _id: id, token }): InvitationMessage => {
      return { id, token, to: '', firstName: '', organisationName: '', link: '' };
    });
    const begun: string[] = [];
    const open: (() => void)[] = [];
    const { ledger } = scratch.store;
    const claim = jest.fn((...given: Parameters<typeof ledger.claim>) => ledger.claim(...given));
    const record = jest.fn((...given: Parameters<typeof ledger.record>) => ledger.record(...given));
    const findHolds = jest.fn(() => Promise.resolve({ pauses: {}, erased: new Set<string>() }));
    const sending: Sending = {
      attempt: {
        id: uniqueName('attempt-'),
        channel: 'email',
        ledger: { ...ledger, claim, record },
        sender: {
          channel: 'email',
          batchSize,
          async send(request) {
            begun.push(...request.map(({ id }) => id));
            await new Promise<void>((resolve) => open.push(resolve));
            return request.map(() => ACCEPTED);
          },
        },
        windows: { fenceMs: 60_000, deadlineMs: 120_000, settleWindowMs: 60_000 },
        findHolds,
      },
      breaker: createBreaker({ health: scratch.store.providerHealth, channel: 'email' }),
      slots: createRequestSlots(slots),
      signal: new AbortController().signal,
      onOptOut: () => Promise.resolve(),
    };
    const answer = (count: number): void => open.splice(0, count).forEach((reply) => reply());
    return {
      calls: { claim, record, findHolds },
      begun,
      open,
      answer,
      answersAtOnce: () => Object.assign(open, { push: (reply: () => void) => void setTimeout(reply, 20) }),
      send: () => sendBatches(sending, messages),
      /** Has the time for it be over when the test says so. */
      sendUntil: () => {
        const timers = jest.spyOn(global, 'setTimeout');
        const sent = sendBatches({ ...sending, budgetMs: HOUR_MS }, messages);
        const [end] = timers.mock.calls.find(([, ms]) => ms === HOUR_MS)!;
        timers.mockRestore();
        return { sent, end };
      },
      inState: async (state: InvitationDoc['state']): Promise<string[]> =>
        (await scratch.store.invitations.find({ importId, states: [state] })).map(({ _id }) => _id).sort(),
    };
  }

  const untilOpen = (open: unknown[], count: number) =>
    until(
      `${count} requests in flight`,
      async () => open.length,
      (length) => length >= count,
    );

  test('What is claimed has begun, and as much is claimed as may be in flight', async () => {
    const { open, begun, answer, send, inState } = await begin({ people: 40, slots: 8 });
    const sent = send();
    for (let left = 40; left > 0; left -= 8) {
      await untilOpen(open, 8);
      // The slot of a request is free before its outcome is recorded.
      await until(
        'all outcomes so far to be recorded',
        () => inState('sent'),
        ({ length }) => length === 40 - left,
      );
      expect(await inState('sending')).toEqual(begun.slice(-8).sort());
      answer(8);
    }
    await sent;
    expect(await inState('sent')).toHaveLength(40);
  });

  test.each([
    ['500 SMS, 256 at once', { people: 500, slots: 256 }, { claims: 5, records: 6 }],
    ['500 mails in requests of 25, 8 at once', { people: 500, slots: 8, batchSize: 25 }, { claims: 5, records: 6 }],
  ])('%s take a handful of commands', async (_, size, most) => {
    const { calls, answersAtOnce, send, inState } = await begin(size);
    answersAtOnce();
    await send();
    expect(await inState('sent')).toHaveLength(size.people);
    expect(calls.claim.mock.calls.length).toBeLessThanOrEqual(most.claims);
    expect(calls.findHolds.mock.calls.length).toBe(calls.claim.mock.calls.length);
    expect(calls.record.mock.calls.length).toBeLessThanOrEqual(most.records);
  });

  test('When one request hangs, then the others are recorded and their slots are used', async () => {
    const { open, answer, send, inState } = await begin({ people: 30, slots: 4 });
    const sent = send();
    await untilOpen(open, 4);
    const [hung] = open.splice(0, 1);
    await until(
      'all others to be sent',
      async () => {
        answer(4);
        return inState('sent');
      },
      ({ length }) => length === 29,
    );
    expect(await inState('sending')).toHaveLength(1);
    hung!();
    await sent;
    expect(await inState('sent')).toHaveLength(30);
  });

  test('When its time is over, then nothing more is claimed, what is in flight is recorded, and the rest stays pending', async () => {
    const { open, answer, sendUntil, inState } = await begin({ people: 20, slots: 4 });
    const { sent, end } = sendUntil();
    await untilOpen(open, 4);
    end();
    answer(4);
    expect(await sent).toEqual({ kind: 'out-of-time' });
    expect([(await inState('sent')).length, (await inState('pending')).length]).toEqual([4, 16]);
  });

  test('When its time is over with the last messages in flight, then nothing is left to be said', async () => {
    const { open, answer, sendUntil } = await begin({ people: 4, slots: 4 });
    const { sent, end } = sendUntil();
    await untilOpen(open, 4);
    end();
    answer(4);
    expect(await sent).toBeUndefined();
  });
});
