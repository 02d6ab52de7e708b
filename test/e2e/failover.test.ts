import type { Channel } from '../../contract/invitation';
import { createClock } from '../support/clock';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;

describe('One channel before the other', () => {
  const clock = createClock();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ ...SHORT_WINDOWS, MAX_ROWS_PER_FILE: '1000' }, { callbacks: true, now: clock.now });
  });
  beforeEach(() => first('email'));
  afterAll(() => stack.stop());
  afterEach(() => clock.reset());

  const change = (settings: Record<string, unknown>) =>
    stack.as('systemAdministrator').call('PATCH', '/v1/organisation', { body: JSON.stringify(settings) });
  const first = async (channel: Channel, afterHours = 1): Promise<void> => {
    expect((await change({ failover: { first: channel, afterHours } })).status).toBe(200);
  };
  const post = (path: string, body: unknown = {}) => stack.api.call('POST', path, { body: JSON.stringify(body) });
  const outcome = (to: string, kind: 'silent' | 'bounced') =>
    stack.sandbox.planOutcome({ to, outcome: kind, provider: to.includes('@') ? 'sendgrid' : 'twilio' });
  const reached = async ({ email, mobile }: Person) => {
    const messages = await stack.sandbox.messages();
    return {
      email: messages.filter(({ to }) => to === email).length,
      sms: messages.filter(({ to }) => to === mobile).length,
    };
  };
  const when = (id: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
    );
  const messageTo = async (id: string, row: number, channel: Channel) =>
    (await stack.api.rows(id)).find((one) => one.row === row)!.invitations.find((one) => one.channel === channel)!;
  const reportOn = async (id: string, row: number, channel: Channel, kind: 'delivered' | 'bounced') => {
    const [invitation] = await stack.store.invitations.find({ importId: id, channel, rows: [row] });
    const code = kind === 'bounced' ? ({ code: 'invitation.bounced' } as const) : {};
    const report = { eventId: `${kind}-${invitation!._id}`, channel, kind, invitationId: invitation!._id, ...code };
    await stack.store.reports.apply([report]);
  };

  test('who gets the e-mail gets no SMS, and the import ends once all e-mails are delivered', async () => {
    const some = people(5, 'arrives');
    const id = await stack.api.importId(toCsv(some));
    const done = await when(id, 'completed');
    expect(done.invitations).toMatchObject({ email: { delivered: 5 }, sms: { suppressed: 5, pending: 0 } });
    for (const one of some) expect(await reached(one)).toEqual({ email: 1, sms: 0 });
    expect(await messageTo(id, 2, 'sms')).toMatchObject({ problem: { code: 'invitation.not-needed' }, failover: null });
  });

  test('of a file of several pages, too, nobody gets an SMS who gets the e-mail', async () => {
    const some = people(600, 'pages', undefined, 5_000);
    const id = await stack.api.importId(toCsv(some));
    const done = await until(
      'all e-mails to be delivered',
      () => stack.api.find(id),
      ({ status }) => status === 'completed',
      120_000,
    );
    expect(done.invitations).toMatchObject({ email: { delivered: 600 }, sms: { suppressed: 600, pending: 0 } });
    const mobiles = new Set(some.map(({ mobile }) => mobile));
    expect((await stack.sandbox.messages()).filter(({ to }) => mobiles.has(to))).toEqual([]);
  }, 150_000);

  test('a rejected and a bounced e-mail are followed by the SMS at once, and a silent one waits', async () => {
    const [bounced, silent, rejected] = people(3, 'fails', undefined, 100) as [Person, Person, Person];
    await outcome(bounced.email, 'bounced');
    await outcome(silent.email, 'silent');
    await stack.sandbox.plan({ provider: 'sendgrid', to: rejected.email, kind: 'error', status: 400, times: 9 });
    const id = await stack.api.importId(toCsv([bounced, silent, rejected]));
    await until(
      'two SMS',
      () => stack.api.find(id),
      ({ invitations: { sms } }) => sms.delivered === 2,
    );
    expect(await messageTo(id, 2, 'sms')).toMatchObject({
      failover: { cause: 'bounced', message: 'Sent because the e-mail bounced.' },
    });
    expect(await messageTo(id, 4, 'sms')).toMatchObject({ failover: { cause: 'failed' } });
    const waiting = await when(id, 'scheduled');
    expect(waiting.deferred).toMatchObject([{ channel: 'sms', because: 'failover', count: 1 }]);
    expect((await messageTo(id, 3, 'sms')).deferred).toMatchObject({
      because: 'failover',
      message: expect.stringContaining('unless the e-mail is delivered before') as unknown,
    });
    expect(await reached(silent)).toEqual({ email: 1, sms: 0 });
    await reportOn(id, 3, 'email', 'delivered');
    await when(id, 'needs-attention');
    expect(await reached(silent)).toEqual({ email: 1, sms: 0 });
    const { events } = (
      await stack.api.call<{ events: { reason?: string; because?: string }[] }>('GET', `/v1/imports/${id}/rows/2`)
    ).body;
    expect(events).toContainEqual(
      expect.objectContaining({ reason: 'failover', because: 'Sent because the e-mail bounced.' }),
    );
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  /** Sets the clock of the sender to a few seconds before the hour of wait ends, and has it looked at. */
  const nearTheEnd = async (id: string, row: number): Promise<void> => {
    const { deferred } = await messageTo(id, row, 'sms');
    clock.set(new Date(new Date(deferred!.until).getTime() - 3_000).toISOString());
    expect((await post(`/v1/imports/${id}/schedule`, { sendAt: 'now' })).status).toBe(200);
  };

  test('an e-mail that is not delivered in time is followed by one SMS, and bouncing later it is by none', async () => {
    const [slow, joined] = people(2, 'slow', undefined, 200) as [Person, Person];
    await outcome(slow.email, 'silent');
    await outcome(joined.email, 'silent');
    const id = await stack.api.importId(toCsv([slow, joined]));
    await when(id, 'scheduled');
    const link = (await stack.store.invitations.find({ importId: id, channel: 'email', rows: [3] }))[0]!.token;
    expect((await post('/v1/invitations/accept', { token: link })).status).toBe(200);
    expect(await reached(slow)).toEqual({ email: 1, sms: 0 });
    await nearTheEnd(id, 2);
    await until(
      'the SMS',
      () => reached(slow),
      ({ sms }) => sms === 1,
    );
    expect(await messageTo(id, 2, 'sms')).toMatchObject({
      failover: { message: 'Sent because the e-mail was not delivered within 1 hour.' },
    });
    await when(id, 'completed');
    await reportOn(id, 2, 'email', 'bounced');
    await when(id, 'needs-attention');
    expect(await reached(slow)).toEqual({ email: 1, sms: 1 });
    expect(await reached(joined)).toEqual({ email: 1, sms: 0 });
    expect(await messageTo(id, 3, 'sms')).toMatchObject({ problem: { code: 'invitation.already-accepted' } });
  });

  test('an e-mail that bounces after the import has ended is followed by the SMS in a new run, once', async () => {
    const [late] = people(1, 'late', undefined, 300) as [Person];
    const id = await stack.api.importId(toCsv([late]));
    await when(id, 'completed');
    const { runId } = await stack.workflow(id).describe();
    await Promise.all([reportOn(id, 2, 'email', 'bounced'), reportOn(id, 2, 'email', 'bounced')]);
    await until(
      'the SMS',
      () => messageTo(id, 2, 'sms'),
      ({ state }) => state === 'delivered',
    );
    expect((await stack.workflow(id).describe()).runId).not.toBe(runId);
    expect(await messageTo(id, 2, 'sms')).toMatchObject({ generation: 2, failover: { cause: 'bounced' } });
    await when(id, 'needs-attention');
    expect(await reached(late)).toEqual({ email: 1, sms: 1 });
  });

  test('with SMS first, who has no mobile or wants no SMS gets the e-mail at once, and a returned SMS is followed by it', async () => {
    await first('sms');
    const [arrives, landline, returned] = people(
      3,
      'sms',
      (_person, i) => (i === 1 ? { mobile: '+442079460958' } : {}),
      400,
    ) as [Person, Person, Person];
    await stack.sandbox.planOutcome({ to: returned.mobile, outcome: 'undelivered', code: 30005, provider: 'twilio' });
    const id = await stack.api.importId(toCsv([arrives, landline, returned]));
    await when(id, 'needs-attention');
    expect(await reached(arrives)).toEqual({ email: 0, sms: 1 });
    expect(await reached(landline)).toEqual({ email: 1, sms: 0 });
    expect(await reached(returned)).toEqual({ email: 1, sms: 1 });
    expect(await messageTo(id, 3, 'email')).toMatchObject({ failover: { cause: 'not-sent' } });
    expect(await messageTo(id, 4, 'email')).toMatchObject({ failover: { cause: 'bounced' } });
  });

  test('a plan tells what is sent at first and at most, and an import keeps what was set when it was planned', async () => {
    const some = people(2, 'keeps', undefined, 500);
    await outcome(some[0]!.email, 'silent');
    await outcome(some[1]!.email, 'silent');
    const preview = (): Promise<string> => stack.api.importIdWith({ mode: 'preview' }, toCsv(some));
    const plan = async (id: string) => (await when(id, 'awaiting-approval')).plan!;
    const id = await preview();
    const { hash, ...totals } = await plan(id);
    expect(totals).toMatchObject({
      messages: { email: 2, sms: 2 },
      smsSegments: 2,
      atFirst: { messages: { email: 2, sms: 0 }, smsSegments: 0 },
    });

    await change({ failover: null });
    await stack.api.applyInVain(id, hash);
    const outdated = await until(
      'the plan to be made again',
      () => plan(id),
      (made) => made.hash !== hash,
    );
    expect(outdated.atFirst).toBeUndefined();
    await first('email');
    const other = await preview();
    await post(`/v1/imports/${other}/apply`, { planHash: (await plan(other)).hash });
    await when(other, 'scheduled');
    await change({ failover: null });
    await post(`/v1/imports/${other}/schedule`, { sendAt: 'now' });
    await until(
      'the schedule to be looked at',
      () => stack.api.find(other),
      ({ status, deferred }) => status === 'scheduled' && deferred?.[0]?.count === 2,
    );
    for (const one of some) expect(await reached(one)).toEqual({ email: 1, sms: 0 });
    await post(`/v1/imports/${other}/cancel`);
    await when(other, 'cancelled');
  });

  test('a paused import sends no second message, and a cancelled one none however its first message ends', async () => {
    const [paused, cancelled] = people(2, 'stops', undefined, 600) as [Person, Person];
    await outcome(paused.email, 'silent');
    await outcome(cancelled.email, 'silent');
    const [one, other] = [await stack.api.importId(toCsv([paused])), await stack.api.importId(toCsv([cancelled]))];
    await Promise.all([when(one, 'scheduled'), when(other, 'scheduled')]);
    expect((await post(`/v1/imports/${one}/pause`)).status).toBe(200);
    await reportOn(one, 2, 'email', 'bounced');
    await post(`/v1/imports/${other}/cancel`);
    await when(other, 'cancelled');
    await reportOn(other, 2, 'email', 'bounced');
    await until(
      'the bounce to be looked at',
      () => messageTo(one, 2, 'sms'),
      ({ deferred }) => deferred === null || new Date(deferred.until) <= new Date(),
    );
    expect(await reached(paused)).toEqual({ email: 1, sms: 0 });
    await post(`/v1/imports/${one}/resume`);
    await when(one, 'needs-attention');
    expect(await reached(paused)).toEqual({ email: 1, sms: 1 });
    expect(await reached(cancelled)).toEqual({ email: 1, sms: 0 });
    expect(await messageTo(other, 2, 'sms')).toMatchObject({ state: 'cancelled' });
  });

  test('a corrected address gets the e-mail before anything goes by SMS, and a reminder the same', async () => {
    const [wrong] = people(1, 'wrong', undefined, 700) as [Person];
    const right = 'right.address@example.com';
    await outcome(wrong.email, 'silent');
    await outcome(right, 'silent');
    const id = await stack.api.importId(toCsv([wrong]));
    await when(id, 'scheduled');
    const corrected = await stack.api.call('PATCH', `/v1/imports/${id}/rows/2`, {
      body: JSON.stringify({ email: right }),
    });
    expect(corrected.status).toBe(202);
    await until(
      'the e-mail to the new address',
      () => messageTo(id, 2, 'email'),
      ({ generation, state }) => generation === 2 && state === 'sent',
    );
    await reportOn(id, 2, 'email', 'delivered');
    await when(id, 'completed');
    expect(await reached(wrong)).toEqual({ email: 1, sms: 0 });
    expect(await reached({ ...wrong, email: right })).toEqual({ email: 1, sms: 0 });

    await stack.db
      .collection('invitations')
      .updateMany({ importId: id }, { $set: { changedAt: new Date(Date.now() - 2 * HOUR_MS) } });
    expect((await post(`/v1/imports/${id}/reminders`, { all: true })).status).toBe(202);
    await until(
      'the reminder',
      () => messageTo(id, 2, 'email'),
      ({ generation, state }) => generation === 3 && state === 'sent',
    );
    await reportOn(id, 2, 'email', 'bounced');
    await until(
      'the SMS',
      () => messageTo(id, 2, 'sms'),
      ({ state }) => state === 'delivered',
    );
    expect(await reached({ ...wrong, email: right })).toEqual({ email: 2, sms: 1 });
  });

  test('a bounce that is reported three times is followed by one SMS', async () => {
    const [bounced, arrives] = people(2, 'away', undefined, 800) as [Person, Person];
    await outcome(bounced.email, 'silent');
    const id = await stack.api.importId(toCsv([bounced, arrives]));
    await when(id, 'scheduled');
    await Promise.all([1, 2, 3].map(() => reportOn(id, 2, 'email', 'bounced')));
    await until(
      'the SMS',
      () => messageTo(id, 2, 'sms'),
      ({ state }) => state === 'delivered',
    );
    await when(id, 'needs-attention');
    expect(await reached(bounced)).toEqual({ email: 1, sms: 1 });
    expect(await reached(arrives)).toEqual({ email: 1, sms: 0 });
  });
});

describe('One channel before the other where nothing is reported', () => {
  test('is refused, since the other one would always follow', async () => {
    const stack = await startStack({}, { worker: false });
    try {
      for (const channel of ['email', 'sms']) {
        const body = JSON.stringify({ failover: { first: channel, afterHours: 24 } });
        const answer = await stack.as('systemAdministrator').call('PATCH', '/v1/organisation', { body });
        expect(answer).toMatchObject({
          status: 400,
          body: { code: 'no-delivery-reports', errors: [{ field: 'failover.first' }] },
        });
      }
    } finally {
      await stack.stop();
    }
  });
});
