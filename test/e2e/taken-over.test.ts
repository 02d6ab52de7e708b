import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import type { StoreCall } from '../support/gate';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const ROWS = 20;

describe('When a step is taken over by another, and goes on to its end all the same, then', () => {
  const gate = createGate();
  let stack: Stack;
  let stopWorker: () => Promise<void>;
  let endedSteps = 0;
  const countEnds: ActivityInterceptorsFactory = () => ({
    inbound: { execute: (input, next) => next(input).finally(() => void endedSteps++) },
  });
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { worker: false, workerStore: (store) => gate.around(store) });
    stopWorker = await stack.startWorker({ observers: [countEnds] });
  });
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
  });

  /** Ends the run of a workflow, and has the outbox begin the next. */
  async function beginAgain(id: string): Promise<void> {
    await stack.workflow(id).terminate('for the test');
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
  }

  const cases: [StoreCall, 'before' | 'after'][] = [
    ['firstSends.closeImport', 'after'],
    ['rows.page', 'after'],
    ['people.create', 'after'],
    ['invitations.stage', 'before'],
    ['rows.finish', 'before'],
  ];
  test.each(cases.map(([call, when], i) => [call, when, i] as const))(
    'everybody is invited on both channels, also where the other has come to %s (%s)',
    async (call, when, i) => {
      const rows = people(ROWS, `over${i}`, () => ({}), i * ROWS);
      // One channel waits before its claim, and the other sends.
      const first = gate.hold('firstSends.claim', 'before');
      const id = await stack.api.importId(toCsv(rows));
      await first.arrival;
      await until(
        'the messages of the other channel',
        () => stack.store.invitations.find({ importId: id, states: ['sent'] }),
        ({ length }) => length === ROWS,
      );
      const second = gate.hold(call, when);
      await beginAgain(id);
      await second.arrival;
      const before = endedSteps;
      first.release();
      await until(
        'the first step to end',
        () => Promise.resolve(endedSteps),
        (count) => count > before,
      );
      second.release();

      const done = await stack.api.rest(id, 60_000);
      expect(done).toMatchObject({ status: 'completed', lines: ROWS, rows: { created: ROWS } });
      expect(done.invitations).toMatchObject({ email: { sent: ROWS }, sms: { sent: ROWS } });
      const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
      const messages = (await stack.sandbox.messages()).filter(({ to }) => addresses.has(to));
      expect(messages).toHaveLength(2 * ROWS);
      expect(invitedTwice(messages)).toEqual([]);
    },
  );
});
