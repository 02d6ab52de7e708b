import type { Person } from '../support/people';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('People whom no import has invited', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const again = async (rows: Person[], options: Record<string, string>) => {
    const id = await stack.api.importIdWith(options, toCsv(rows));
    return { id, done: await stack.api.rest(id), rows: await stack.api.rows(id) };
  };
  const messagesTo = async (...persons: Person[]) =>
    (await stack.sandbox.messages()).filter(({ to }) =>
      persons.some(({ email, mobile }) => to === email || to === mobile),
    );

  /** An import that both providers stop before its first message, and that is cancelled then. */
  async function cancelled(rows: Person[]): Promise<string> {
    const faults = await Promise.all([
      stack.sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 401 }),
      stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 401, code: 20003 }),
    ]);
    const id = await stack.api.importId(toCsv(rows));
    await until(
      'the pause of both channels',
      () => stack.api.get<{ pausedBy: unknown[] }>(`/v1/imports/${id}`),
      ({ body }) => body.pausedBy.length === 2,
    );
    await stack.api.call('POST', `/v1/imports/${id}/cancel`);
    const { invitations } = await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    expect(invitations).toMatchObject({ email: { cancelled: rows.length }, sms: { cancelled: rows.length } });
    await Promise.all(faults.map((fault) => stack.sandbox.lift(fault)));
    return id;
  }

  test('When their import was cancelled before it sent, then the next one that names them invites them once, whatever is to be done with people who exist', async () => {
    const rows = people(4, 'next', () => ({ group: 'Mayfair' }));
    const older = await cancelled(rows);
    for (const [i, onExisting] of ['error', 'update', 'invite', 'skip'].entries()) {
      const { done, rows: told } = await again([rows[i]!], { onExisting });
      expect(done).toMatchObject({ status: 'completed', rows: { unchanged: 1 }, invitations: { email: { sent: 1 } } });
      expect(told[0]).toMatchObject({
        plan: { channels: ['email', 'sms'] },
        problems: [{ code: 'person.never-invited' }],
      });
      expect(told[0]!.problems[0]!.message).toContain(`row ${i + 2} of import ${older}`);
    }
    expect(await messagesTo(...rows)).toHaveLength(8);
    expect(await stack.api.retry(older)).toMatchObject({ status: 409, body: { code: 'nothing-to-retry' } });
    expect((await again(rows, { onExisting: 'update' })).done).toMatchObject({ rows: { unchanged: 4 } });
    expect((await again(rows, {})).done).toMatchObject({ rows: { rejected: 4 } });
    expect(await messagesTo(...rows)).toHaveLength(8);
  });

  test('When the providers had refused them, then the next file invites them at its own numbers and by its own names', async () => {
    const rows = people(2, 'values', (_, i) => ({ email: `sandbox-rejected.values${i}@example.com` }), 10);
    const refused = await Promise.all(
      rows.map(({ mobile: to }) =>
        stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to }),
      ),
    );
    const older = await stack.api.importId(toCsv(rows));
    expect(await stack.api.rest(older)).toMatchObject({ invitations: { email: { failed: 2 }, sms: { failed: 2 } } });
    await Promise.all(refused.map((fault) => stack.sandbox.lift(fault)));

    const [{ mobile }] = people(1, '', () => ({}), 15) as [Person];
    const corrected = [{ ...rows[0]!, firstName: 'Иван', mobile }, rows[1]!];
    const preview = await again(corrected, { mode: 'preview' });
    expect(preview.done.plan).toMatchObject({ actions: { update: 1, unchanged: 1 }, messages: { email: 2, sms: 2 } });
    expect((await stack.api.apply(preview.id, preview.done.plan!.hash)).status).toBe(202);
    const done = await stack.api.rest(preview.id);
    expect(done).toMatchObject({
      rows: { updated: 1, unchanged: 1 },
      invitations: { email: { failed: 2 }, sms: { sent: 2 } },
    });
    const sent = await messagesTo(...corrected, ...rows);
    expect(sent.map(({ to }) => to).sort()).toEqual([mobile, rows[1]!.mobile].sort());
    expect(await stack.db.collection('people').findOne({ email: rows[0]!.email })).toMatchObject({
      firstName: 'Иван',
      mobile,
    });
  });

  test('When a cancelled import is retried, then it invites them, and the next file that names them sends nothing', async () => {
    const rows = people(3, 'retried', () => ({}), 20);
    const older = await cancelled(rows);
    expect(await stack.api.retry(older, { rows: [2, 3], channels: ['email'] })).toMatchObject({
      body: { retrying: { email: 2, sms: 0 } },
    });
    await stack.api.rest(older);
    // Who has an invitation by one channel is invited.
    expect(await stack.api.retry(older)).toMatchObject({ status: 202, body: { retrying: { email: 1, sms: 1 } } });
    const done = await until(
      'the end',
      () => stack.api.find(older),
      ({ invitations: { email, sms } }) => email.sent === 3 && sms.sent === 1,
    );
    expect(done.invitations).toMatchObject({ email: { sent: 3 }, sms: { sent: 1, cancelled: 2 } });
    expect((await again(rows, { onExisting: 'update' })).done).toMatchObject({ rows: { unchanged: 3 } });
    expect(invitedTwice(await messagesTo(...rows))).toEqual([]);
  });

  test('When three files and a retry of the first one name them at the same moment, then each is invited once', async () => {
    const rows = people(20, 'race', () => ({}), 30);
    const older = await cancelled(rows);
    const uploads = ['update', 'error', 'skip'].map((onExisting) =>
      stack.api.importIdWith({ onExisting }, toCsv(rows)),
    );
    const ids = await Promise.all([...uploads, stack.api.retry(older).then(() => older)]);
    await Promise.all(ids.map((id) => stack.api.rest(id)));
    const all = await until(
      'all messages',
      () => messagesTo(...rows),
      (messages) => messages.length >= 40,
    );
    expect(all).toHaveLength(40);
    expect(invitedTwice(all)).toEqual([]);
  });

  test('When only the e-mail had failed, then who has the SMS is not invited once more', async () => {
    const rows = people(1, 'half', () => ({ email: 'sandbox-rejected.half@example.com' }), 60);
    await stack.api.rest(await stack.api.importId(toCsv(rows)));
    const { done } = await again(rows, { onExisting: 'update' });
    expect(done).toMatchObject({ status: 'completed', rows: { unchanged: 1 }, invitations: { sms: { sent: 0 } } });
    expect(await messagesTo(...rows)).toHaveLength(1);
  });

  test('When the organisation had no channel, then a retry invites those who were created', async () => {
    const demo = { _id: 'demo' as never };
    const rows = people(2, 'silent', () => ({}), 70);
    await stack.db.collection('organisations').updateOne(demo, { $set: { channels: [] } });
    const older = await stack.api.importId(toCsv(rows));
    expect(await stack.api.rest(older)).toMatchObject({ status: 'completed', rows: { created: 2 } });
    await stack.db.collection('organisations').updateOne(demo, { $set: { channels: ['email', 'sms'] } });
    expect(await stack.api.retry(older)).toMatchObject({ body: { retrying: { email: 2, sms: 2 } } });
    await until(
      'the end',
      () => stack.api.find(older),
      ({ invitations }) => invitations.sms.sent === 2,
    );
    expect(await stack.api.retry(older)).toMatchObject({ status: 409 });
    expect(invitedTwice(await messagesTo(...rows))).toEqual([]);
  });

  test('When another import is about to invite people, then one that asks for invitations says so and sends nothing', async () => {
    const rows = people(2, 'paused', () => ({}), 80);
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 401, code: 20003 });
    const first = await stack.api.importId(toCsv(rows));
    await until(
      'the pause',
      () => stack.api.find(first),
      ({ status, invitations }) => status === 'paused' && invitations.email.sent === 2,
    );
    await stack.sandbox.lift(fault);
    const { done, rows: told } = await again(rows, { onExisting: 'invite' });
    expect(done).toMatchObject({ status: 'completed', invitations: { email: { sent: 2 }, sms: { sent: 0 } } });
    expect(told[0]).toMatchObject({ plan: { channels: ['email'] }, problems: [{ code: 'invitation.elsewhere' }] });
    expect(told[0]!.problems[0]!.message).toContain(`${first} (row 2)`);
  });

  test('When people have opted out, joined or been deactivated, then their rows say so, and the preview counts what is sent', async () => {
    const rows = people(6, 'away', () => ({ group: 'Mayfair' }), 90);
    await stack.api.rest(await stack.api.importId(toCsv(rows)));
    const change = (i: number, set: object) =>
      stack.db.collection('people').updateOne({ email: rows[i]!.email }, { $set: set });
    await change(0, { optedOut: ['sms'] });
    await change(1, { optedOut: ['email'] });
    await change(2, { optedOut: ['email', 'sms'] });
    await change(3, { active: true });
    await change(4, { deactivatedAt: new Date() });

    const preview = await again(rows, { mode: 'preview', onExisting: 'invite' });
    expect(preview.done.plan).toMatchObject({ messages: { email: 2, sms: 2 }, smsSegments: 2 });
    expect(preview.rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['mobile.opted-out'],
      ['email.opted-out'],
      ['email.opted-out', 'mobile.opted-out'],
      ['invitation.already-accepted'],
      ['person.deactivated'],
      [],
    ]);
    expect((await stack.api.apply(preview.id, preview.done.plan!.hash)).status).toBe(202);
    expect(await stack.api.rest(preview.id)).toMatchObject({
      status: 'completed',
      rows: { unchanged: 6 },
      invitations: { email: { sent: 2, suppressed: 1 }, sms: { sent: 2, suppressed: 1 } },
    });
    expect(await messagesTo(...rows)).toHaveLength(16);
  });
});
