import type { ImportProgress } from '../../contract/import';
import { QUERIES, REFRESH } from '../../contract/messages';
import { SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('When what holds an import back meets something else, then', () => {
  const gate = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { workerStore: (store) => gate.around(store) });
  });
  afterAll(() => stack.stop());

  const planned: string[] = [];
  const plan = async (fault: Parameters<Stack['sandbox']['plan']>[0]): Promise<string> => {
    const id = await stack.sandbox.plan(fault);
    planned.push(id);
    return id;
  };
  afterEach(() => Promise.all(planned.splice(0).map((fault) => stack.sandbox.lift(fault))));

  const keyIsRevoked = (provider: 'twilio' | 'sendgrid') =>
    plan({ provider, kind: 'error', status: 401, ...(provider === 'twilio' && { code: 20003 }) });
  const post = (id: string, action: string) =>
    stack.api.call<{ status?: string; code?: string; detail?: string }>('POST', `/v1/imports/${id}/${action}`);
  const seen = (what: string, id: string, accept: (found: Awaited<ReturnType<Stack['api']['find']>>) => boolean) =>
    until(what, () => stack.api.find(id), accept);
  const paused = (id: string) => seen('the pause', id, ({ status }) => status === 'paused');
  /** Activated as an administrator does it, so that the imports whose rows wait for the team are marked. */
  async function setRiverside(active: boolean): Promise<void> {
    const members = stack.db.collection<{ _id: string }>('people').find({ kind: 'staff', teamIds: 'demo:riverside' });
    for (const { _id } of await members.toArray()) {
      await (active ? stack.store.staff.activate('demo', _id) : stack.store.staff.deactivate('demo', _id));
    }
  }

  /** Both views at rest, and nobody invited twice. */
  async function expectSettled(id: string, status: string) {
    const done = await seen('its end', id, (found) => found.status === status);
    expect(await stack.caughtUp(id, done.status)).toMatchObject({ rows: done.rows, invitations: done.invitations });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    return done;
  }

  test('a retry on the channel that works leaves the other one held back, and it can be resumed', async () => {
    const rows = people(6, 'onechannel');
    await keyIsRevoked('sendgrid');
    const refused = await plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to: rows[2]!.mobile });
    const id = await stack.api.importId(toCsv(rows));
    await seen('one failure', id, ({ status, invitations }) => status === 'paused' && invitations.sms.failed === 1);

    await stack.sandbox.lift(refused);
    expect(await stack.api.retry(id)).toMatchObject({ status: 202, body: { retrying: { sms: 1 } } });
    const retried = await seen('the retry', id, ({ invitations }) => invitations.sms.sent === 6);
    expect(retried).toMatchObject({ status: 'paused', invitations: { email: { pending: 6 } } });

    await Promise.all(planned.splice(0).map((fault) => stack.sandbox.lift(fault)));
    expect(await post(id, 'resume')).toMatchObject({ status: 200 });
    expect(await expectSettled(id, 'completed')).toMatchObject({
      invitations: { email: { sent: 6 }, sms: { sent: 6 } },
    });
  });

  test('a cancellation that was written down is carried out, whatever becomes of the workflow that was asked for it', async () => {
    await keyIsRevoked('twilio');
    const id = await stack.api.importId(toCsv(people(3, 'cutshort', () => ({}), 20)));
    await seen('the pause', id, ({ status, invitations }) => status === 'paused' && invitations.email.sent === 3);
    const held = gate.hold('pauses.pause');
    const answer = stack.workflow(id).executeUpdate('cancel');
    answer.catch(() => undefined);
    await held.arrival;
    await stack.workflow(id).terminate('for the test');
    held.release();
    await expect(answer).rejects.toThrow();

    expect(await post(id, 'resume')).toMatchObject({ status: 409, body: { code: 'nothing-to-resume' } });
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
    expect(await expectSettled(id, 'cancelled')).toMatchObject({
      invitations: { email: { sent: 3 }, sms: { cancelled: 3 } },
    });
  });

  test('an import whose last ones on a broken channel have joined by the other is done', async () => {
    await keyIsRevoked('twilio');
    const id = await stack.api.importId(toCsv(people(1, 'joined', () => ({}), 30)));
    await seen('the pause', id, ({ status, invitations }) => status === 'paused' && invitations.email.sent === 1);
    const [{ token } = { token: '' }] = await stack.store.invitations.find({ importId: id, channel: 'email' });
    const accepted = await fetch(`${stack.url}/v1/invitations/accept`, {
      method: 'POST',
      body: JSON.stringify({ token }),
    });
    expect(accepted.status).toBe(200);
    expect(await expectSettled(id, 'completed')).toMatchObject({
      invitations: { email: { accepted: 1 }, sms: { suppressed: 1 } },
    });
  });

  test('a pause while the books are being closed is over with them, and a retry is sent', async () => {
    const rows = people(3, 'closing', () => ({}), 40);
    const refused = await plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to: rows[1]!.mobile });
    const closing = gate.hold('imports.close', 'before');
    const id = await stack.api.importId(toCsv(rows));
    await closing.arrival;
    expect(await post(id, 'pause')).toMatchObject({ status: 200, body: { status: 'paused' } });
    closing.release();
    await expectSettled(id, 'needs-attention');

    await stack.sandbox.lift(refused);
    expect(await stack.api.retry(id)).toMatchObject({ status: 202 });
    expect(await expectSettled(id, 'completed')).toMatchObject({ invitations: { sms: { sent: 3 } } });
  });

  test('a pause while the books are being closed holds rows back that still wait, also where something has failed', async () => {
    await setRiverside(false);
    try {
      const rows = people(4, 'waits', () => ({}), 50);
      await plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to: rows[0]!.mobile });
      const closing = gate.hold('imports.close', 'before');
      const id = await stack.api.importId(toCsv(rows));
      await closing.arrival;
      expect(await post(id, 'pause')).toMatchObject({ status: 200, body: { status: 'paused' } });
      closing.release();
      await stack.caughtUp(id, 'paused');

      await setRiverside(true);
      const woken = await seen('the team to be noticed', id, ({ rows }) => rows.waiting === 0);
      expect(woken).toMatchObject({ status: 'paused', rows: { created: 2, pending: 2 } });
      await until(
        'the workflow to hear of the team',
        () => stack.workflow(id).query<ImportProgress>(QUERIES.progress),
        ({ status, rows }) => status === 'paused' && rows.pending === woken.rows.pending,
      );

      expect(await post(id, 'resume')).toMatchObject({ status: 200 });
      expect(await expectSettled(id, 'needs-attention')).toMatchObject({
        rows: { created: 4 },
        invitations: { email: { sent: 4 }, sms: { sent: 3, failed: 1 } },
      });
    } finally {
      await setRiverside(true);
    }
  });

  test('a broken channel does not hold rows back whose team has become ready', async () => {
    await setRiverside(false);
    try {
      await keyIsRevoked('twilio');
      const id = await stack.api.importId(toCsv(people(4, 'ready', () => ({}), 60)));
      await seen('the pause', id, ({ status, rows, invitations }) => {
        return status === 'paused' && invitations.email.sent === 2 && rows.created === 2 && rows.waiting === 2;
      });
      await setRiverside(true);
      const after = await seen('the others', id, ({ invitations }) => invitations.email.sent === 4);
      expect(after).toMatchObject({ status: 'paused', rows: { created: 4 }, invitations: { sms: { pending: 4 } } });
      expect((await post(id, 'cancel')).status).toBeLessThan(300);
      await expectSettled(id, 'cancelled');
    } finally {
      await setRiverside(true);
    }
  });

  test('reports that come in while staff hold it back are seen in both views', async () => {
    await keyIsRevoked('twilio');
    const id = await stack.api.importId(toCsv(people(2, 'reports', () => ({}), 70)));
    await seen('the e-mails', id, ({ status, invitations }) => status === 'paused' && invitations.email.sent === 2);
    expect(await post(id, 'pause')).toMatchObject({ status: 200 });
    const sent = await stack.store.invitations.find({ importId: id, channel: 'email' });
    await stack.store.reports.apply(
      sent.map(({ _id }) => ({ eventId: _id, channel: 'email', kind: 'delivered', invitationId: _id })),
    );
    // A report alone costs it no event.
    await stack.workflow(id).signal(REFRESH);
    await until(
      'the workflow to hear of it',
      () => stack.caughtUp(id, 'paused'),
      ({ invitations }) => invitations.email.delivered === 2,
    );
    expect((await paused(id)).invitations.email.delivered).toBe(2);
    expect((await post(id, 'cancel')).status).toBeLessThan(300);
    await expectSettled(id, 'cancelled');
  });
});
