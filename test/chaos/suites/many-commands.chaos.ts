import { PAUSE, REFRESH, RESUME } from '../../../contract/messages';
import { people, toCsv } from '../../support/people';
import { invitedTwice } from '../../support/sandbox-control';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

/** Temporal lets a run have 2,000 updates and 10,000 signals. */
const UPDATES = 2_300;
const SIGNALS = 6_000;
const AT_ONCE = 6;
/** The server suggests a new run from 4,096 on; a few more come while the run hands over. */
const MOST_EVENTS = 4_700;

describe('More messages than a run may have', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  async function inTurn(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
    let next = 0;
    const one = async (): Promise<void> => {
      while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }
  const runOf = async (id: string) => (await stack.workflow(id).describe()).runId;

  test('Updates at rest are all answered, by one run after the other', async () => {
    const fault = await stack.sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 401 });
    const id = await stack.api.importId(toCsv(people(3, 'updates')));
    await stack.api.rest(id);
    const first = await runOf(id);
    let answered = 0;
    await inTurn(UPDATES, async (i) => {
      const update = () => stack.workflow(id).executeUpdate(i % 2 ? PAUSE : RESUME);
      await until(
        'an answer',
        () =>
          update().then(
            () => true,
            () => false,
          ),
        Boolean,
        60_000,
      );
      answered += 1;
    });
    expect(answered).toBe(UPDATES);
    expect(await runOf(id)).not.toBe(first);
    expect((await stack.workflow(id, first).describe()).historyLength).toBeLessThan(MOST_EVENTS);
    await stack.sandbox.lift(fault);
    await stack.workflow(id).executeUpdate(RESUME);
    expect(await stack.api.rest(id, 60_000)).toMatchObject({ status: 'completed' });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('Signals while a provider is away are all taken, and everybody is invited once', async () => {
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 20 });
    const id = await stack.api.importId(toCsv(people(3, 'signals', () => ({}), 10)));
    await until(
      'the e-mails',
      () => stack.api.find(id),
      ({ invitations }) => invitations.email.sent === 3,
    );
    const first = await runOf(id);
    await inTurn(SIGNALS, () => stack.workflow(id).signal(REFRESH));
    await until(
      'another run',
      () => runOf(id),
      (runId) => runId !== first,
      60_000,
    );
    await stack.sandbox.lift(fault);
    expect(await stack.api.rest(id, 120_000)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 3 } } });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });
});
