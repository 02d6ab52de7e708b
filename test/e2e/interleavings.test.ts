import { SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import type { Hold } from '../support/gate';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('When steps, retries and cancellations meet, then', () => {
  const gate = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, {
      workerStore: (store) => gate.around(store),
      // More faults in a row than a provider is taken for up with.
      breaker: { probeEveryMs: 100 },
    });
  });
  afterAll(() => stack.stop());

  /** Both views at rest, and the books: nothing open, everything adds up. */
  async function expectSettled(id: string) {
    const done = await stack.api.rest(id, 60_000);
    const open = await stack.db
      .collection('invitations')
      .countDocuments({ importId: id, state: { $in: ['pending', 'sending'] } });
    expect(open).toBe(0);
    expect(Object.values(done.rows).reduce((a, b) => a + b, 0)).toBe(done.lines);
    expect(await stack.caughtUp(id, done.status)).toMatchObject({
      lines: done.lines,
      rows: done.rows,
      invitations: done.invitations,
    });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    return done;
  }

  /**
   * A step under way hears of a cancellation by the answer to a heartbeat, once the workflow has asked for it: the one that comes after
   * the cancellation may be answered before.
   */
  async function cancelAndTell(id: string, held: Hold): Promise<void> {
    await stack.workflow(id).cancel();
    await held.heardOfCancellation();
  }

  /** Ten people, the SMS of line 4 refused as long as the fault stands. */
  async function withOneRefused(tag: string, from: number) {
    const rows = people(10, tag, () => ({}), from);
    const fault = await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'error',
      status: 400,
      code: 21612,
      to: rows[2]!.mobile,
    });
    return { csv: toCsv(rows), lift: () => stack.sandbox.lift(fault) };
  }

  test('a retry that comes while the step still reports the failure is sent, not overwritten', async () => {
    const { csv, lift } = await withOneRefused('report', 0);
    const held = gate.hold('ledger.record');
    const id = await stack.api.importId(csv);
    await held.arrival;
    // The outcomes of both channels are read before the retry and reported after it.
    held.release();
    const report = gate.hold('snapshots.find');
    await report.arrival;
    await until(
      'the failure',
      () => stack.store.invitations.find({ importId: id, states: ['failed'] }),
      (failed) => failed.length === 1,
    );
    await lift();
    const retried = await stack.api.retry(id);
    report.release();
    expect(retried).toMatchObject({ status: 202, body: { retrying: { sms: 1 } } });
    expect(await expectSettled(id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 10 } } });
  });

  test.each(['people.create', 'firstSends.claim', 'invitations.stage', 'rows.finish'] as const)(
    'a cancellation while clients are being created (after %s) leaves no client without its invitations in the books',
    async (method) => {
      const held = gate.hold(method);
      const id = await stack.api.importId(
        toCsv(people(20, `cut${method.replace('.', '')}`, () => ({}), 20 + method.length * 20)),
      );
      await held.arrival;
      await cancelAndTell(id, held);
      held.release();
      const done = await expectSettled(id);
      expect(done.status).toBe('cancelled');
      const clients = await stack.db.collection('people').countDocuments({ importId: id });
      expect(done.rows.created).toBe(clients);
      expect(done.invitations.sms.cancelled + done.invitations.sms.sent).toBe(clients);
    },
  );

  test('a cancellation that meets a failing step ends as a cancellation, with the books of what was begun', async () => {
    const held = gate.hold('people.create');
    const id = await stack.api.importId(toCsv(people(5, 'meets', () => ({}), 480)));
    await held.arrival;
    await cancelAndTell(id, held);
    gate.fail('invitations.stage', 1);
    held.release();
    const done = await expectSettled(id);
    expect(done).toMatchObject({ status: 'cancelled', rows: { created: 5, cancelled: 0 } });
    expect(done.invitations.email.cancelled).toBe(5);
    await expect(stack.workflow(id).result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  });

  test('a closing that wakes up after a later one changes nothing', async () => {
    const { csv } = await withOneRefused('late', 490);
    const id = await stack.api.importId(csv);
    await stack.api.rest(id);
    const { revision } = (await stack.store.imports.find(id))!;
    await stack.workflow(id).cancel();
    await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    expect(await stack.store.imports.close(id, 'needs-attention', revision)).toBeNull();
    expect(await stack.api.find(id)).toMatchObject({ status: 'cancelled' });
  });

  test('an import that was terminated half way is taken up again and comes to its end', async () => {
    const held = gate.hold('firstSends.claim');
    const id = await stack.api.importId(toCsv(people(60, 'halfway', () => ({}), 720)));
    await held.arrival;
    await stack.workflow(id).terminate('for the test');
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
    await until(
      'the next run',
      () => stack.workflow(id).describe(),
      ({ status }) => status.name === 'RUNNING',
    );
    held.release();
    const done = await expectSettled(id);
    expect(done).toMatchObject({ lines: 60, rows: { created: 60 } });
    expect(done.invitations.sms.sent + done.invitations.sms.unconfirmed).toBe(60);
  });

  test('a signal with the name of something every object has is refused like any other', async () => {
    const { csv, lift } = await withOneRefused('inherited', 780);
    const id = await stack.api.importId(csv);
    await stack.api.rest(id);
    await lift();
    await stack.workflow(id).signal('retryInvitations', { constructor: 1 });
    expect(await stack.api.retry(id)).toMatchObject({ status: 202 });
    expect(await expectSettled(id)).toMatchObject({ status: 'completed' });
  });

  test('a look-up that fails for some loses nobody else’s answer', async () => {
    const rows = people(40, 'lookup', () => ({}), 800);
    const lost = await stack.sandbox.plan({ provider: 'twilio', kind: 'reply-lost', times: 20 });
    const id = await stack.api.importId(toCsv(rows));
    const flaky = await stack.sandbox.planForLookUps(
      rows.map(({ mobile }) => mobile),
      6,
    );
    const done = await expectSettled(id);
    await Promise.all([lost, ...flaky].map((fault) => stack.sandbox.lift(fault)));
    expect(done).toMatchObject({ status: 'completed', invitations: { sms: { sent: 40 } } });
  });

  test('a cancellation while a retry is being opened ends the reopened invitation too', async () => {
    const { csv, lift } = await withOneRefused('openretry', 500);
    const id = await stack.api.importId(csv);
    await stack.api.rest(id);
    await lift();
    const held = gate.hold('generations.retry');
    const retried = stack
      .workflow(id)
      .executeUpdate('retryInvitations', { args: [{ all: true }] })
      .catch(() => undefined);
    await held.arrival;
    await stack.workflow(id).cancel();
    held.release();
    await retried;
    expect((await expectSettled(id)).status).toBe('cancelled');
  });

  test('a retry on a cancelled import changes nothing if nothing failed, and sends what did', async () => {
    const { csv, lift } = await withOneRefused('cancelled', 520);
    const id = await stack.api.importId(csv);
    await stack.api.rest(id);
    await stack.workflow(id).cancel();
    await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    await lift();

    expect(await stack.api.retry(id, { channels: ['email'] })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-retry' },
    });
    expect(await stack.api.find(id)).toMatchObject({ status: 'cancelled' });
    expect(await stack.api.retry(id)).toMatchObject({ status: 202, body: { retrying: { sms: 1 } } });
    expect(await expectSettled(id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 10 } } });
  });

  test('a ledger that is away for a moment after a provider has accepted forgets nothing', async () => {
    gate.fail('firstSends.add', 3);
    const id = await stack.api.importId(toCsv(people(60, 'away', () => ({}), 540)));
    expect(await expectSettled(id)).toMatchObject({
      status: 'completed',
      invitations: { email: { sent: 60 }, sms: { sent: 60 } },
    });
  });

  test('a claim whose answer was lost is given back and sent', async () => {
    gate.fail('firstSends.claim', 2);
    const id = await stack.api.importId(toCsv(people(60, 'claim', () => ({}), 600)));
    expect(await expectSettled(id)).toMatchObject({
      status: 'completed',
      invitations: { email: { sent: 60 }, sms: { sent: 60 } },
    });
  });

  test('a retry that comes while the books are being closed is not closed away', async () => {
    const { csv, lift } = await withOneRefused('closing', 660);
    const held = gate.hold('imports.close', 'before');
    const id = await stack.api.importId(csv);
    await held.arrival;
    await lift();
    const retried = await stack.api.retry(id);
    held.release();
    expect(retried).toMatchObject({ status: 202, body: { retrying: { sms: 1 } } });
    expect(await expectSettled(id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 10 } } });
  });

  test('an import whose file is gone ends as failed and says so', async () => {
    const id = await stack.api.importId(toCsv(people(2, 'gone', () => ({}), 680)));
    await stack.api.rest(id);
    const lost = crypto.randomUUID();
    const original = (await stack.store.imports.find(id))!;
    const { plannedAt, closedAt, ...queued } = original;
    expect(plannedAt && closedAt).toBeTruthy();
    const adrift = { ...queued, _id: lost, status: 'queued', checkAt: new Date(0) };
    await stack.db.collection<{ _id: string }>('imports').insertOne(adrift);
    const done = await stack.api.rest(lost);
    expect(done).toMatchObject({ status: 'failed', lines: 0, problems: [{ code: 'file.lost' }] });
    expect(await stack.api.retry(lost)).toMatchObject({ status: 409, body: { code: 'nothing-to-retry' } });
  });

  test('an import that was terminated before anything was done is started again by the outbox', async () => {
    const withoutWorker = await startStack({}, { worker: false });
    try {
      const id = await withoutWorker.api.importId(toCsv(people(2, 'terminated')));
      // An upload is answered before its start where that takes long.
      const { runId } = await until(
        'the first run',
        () => withoutWorker.workflow(id).describe(),
        () => true,
      );
      await withoutWorker.workflow(id).terminate('for the test');
      // A workflow that was just started is looked at after half a minute.
      await withoutWorker.db.collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
      const again = await until(
        'another run',
        () => withoutWorker.workflow(id).describe(),
        (description) => description.runId !== runId,
      );
      expect(again.status.name).toBe('RUNNING');
      expect(await withoutWorker.api.find(id)).toMatchObject({ status: 'queued', lines: 0 });
    } finally {
      await withoutWorker.stop();
    }
  });
});
