import { REFUSED_AT_NIGHT_CODE } from '../../contract/invitation';
import { createClock } from '../support/clock';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('When an import is sent', () => {
  const clock = createClock();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ QUIET_HOURS: '20:00-08:00' }, { now: clock.now });
  });
  afterAll(() => stack.stop());
  afterEach(() => clock.reset());

  const schedule = (id: string, body: Record<string, unknown>) =>
    stack.api.call<{ code?: string; errors?: { field: string }[]; status: string | number }>(
      'POST',
      `/v1/imports/${id}/schedule`,
      { body: JSON.stringify(body) },
    );
  const post = (id: string, action: string) => stack.api.call('POST', `/v1/imports/${id}/${action}`);
  const reached = async (tag: string, numbers: string[]) => {
    const messages = await stack.sandbox.messages();
    return {
      email: messages.filter(({ to }) => to.includes(`.${tag}@`)).length,
      sms: messages.filter(({ to }) => numbers.includes(to)).length,
    };
  };
  const mobilesOf = (some: Person[]): string[] => some.map(({ mobile }) => mobile);
  const scheduled = (id: string) =>
    until(
      'the import to wait for its time',
      () => stack.api.find(id),
      ({ status }) => status === 'scheduled',
    );
  /** The next moment at which this is the time of day in UTC: the API takes no chosen time that has passed. */
  const next = (time: string, afterDays = 0): Date => {
    const at = new Date(`${new Date().toISOString().slice(0, 10)}T${time}Z`);
    const days = afterDays + (at.getTime() < Date.now() ? 1 : 0);
    return new Date(at.getTime() + days * 24 * HOUR_MS);
  };
  /** In all of the United States it is day, so that nothing but the test holds a message back. */
  const byDay = (): void => clock.set(next('18:00:00').toISOString());
  const completed = (id: string) =>
    until(
      'all to be sent',
      () => stack.api.find(id),
      ({ status }) => status === 'completed',
    );
  /** Where it is the time of UTC in summer and winter. */
  const icelandic = (count: number, tag: string, from: number) =>
    people(count, tag, (_person, i) => ({ mobile: `+354611${String(from + i).padStart(4, '0')}` }));

  test('people are created at once and invited at the chosen time, of which rows, import and workflow tell', async () => {
    byDay();
    // A worker takes seconds to begin, and the chosen time must not come before it has.
    await completed(await stack.api.importId(toCsv(people(1, 'first', undefined, 50))));
    const some = people(3, 'sendat');
    const sendAt = new Date(clock.now().getTime() + 15_000).toISOString();
    const id = await stack.api.importIdWith({ sendAt }, toCsv(some));
    const waiting = await scheduled(id);
    expect(waiting).toMatchObject({
      schedule: { sendAt, spread: null, ignoresQuietHours: false },
      rows: { created: 3 },
      invitations: { email: { pending: 3 }, sms: { pending: 3 } },
      deferred: [
        { channel: 'email', because: 'send-at', count: 3, from: sendAt, to: sendAt },
        { channel: 'sms', because: 'send-at', count: 3, from: sendAt, to: sendAt },
      ],
    });
    const [row] = await stack.api.rows(id);
    expect(row!.invitations[0]!.deferred).toMatchObject({ until: sendAt, because: 'send-at' });
    expect((await stack.caughtUp(id, 'scheduled')).status).toBe('scheduled');
    expect(await reached('sendat', mobilesOf(some))).toEqual({ email: 0, sms: 0 });

    expect((await completed(id)).deferred).toEqual([]);
    expect(clock.now().toISOString() >= sendAt).toBe(true);
    expect(await reached('sendat', mobilesOf(some))).toEqual({ email: 3, sms: 3 });
  });

  test('a waiting import can be sent now, paused, corrected and cancelled', async () => {
    byDay();
    const some = people(4, 'waits', undefined, 100);
    const id = await stack.api.importIdWith({ sendAt: inHours(48) }, toCsv(some));
    await scheduled(id);
    const corrected = await stack.api.call('PATCH', `/v1/imports/${id}/rows/2`, {
      body: JSON.stringify({ email: 'another.waits@example.com' }),
    });
    expect(corrected.status).toBe(202);
    expect((await post(id, 'pause')).status).toBe(200);
    expect((await schedule(id, { sendAt: 'now' })).status).toBe(200);
    expect(await stack.api.find(id)).toMatchObject({ status: 'paused', invitations: { email: { pending: 4 } } });
    expect(await reached('waits', mobilesOf(some))).toEqual({ email: 0, sms: 0 });
    await post(id, 'resume');
    await completed(id);
    expect(await reached('waits', mobilesOf(some))).toEqual({ email: 4, sms: 4 });
    const addresses = (await stack.sandbox.messages()).map(({ to }) => to);
    expect(addresses).toContain('another.waits@example.com');
    expect(addresses).not.toContain(some[0]!.email);
    expect((await schedule(id, { sendAt: 'now' })).body).toMatchObject({ status: 409, code: 'nothing-to-schedule' });

    const ended = people(2, 'ended', undefined, 200);
    const other = await stack.api.importIdWith({ sendAt: inHours(48) }, toCsv(ended));
    await scheduled(other);
    await post(other, 'cancel');
    const cancelled = await until(
      'the end',
      () => stack.api.find(other),
      ({ status }) => status === 'cancelled',
    );
    expect(cancelled.invitations.sms.cancelled).toBe(2);
    expect(await reached('ended', mobilesOf(ended))).toEqual({ email: 0, sms: 0 });
  });

  test('a bad time is a problem that names it, and one that has just passed is now', async () => {
    byDay();
    const file = { name: 'clients.csv', content: toCsv(people(1, 'past', undefined, 300)) };
    for (const [field, value] of [
      ['sendAt', 'tomorrow'],
      ['sendAt', '2026-11-30T09:00:00'],
      ['sendAt', inHours(24 * 91)],
      ['sendAt', inHours(-365 * 24)],
      ['sendAt', inHours(-0.1)],
      ['spread', '0/hour'],
      ['spread', '5/week'],
    ] as const) {
      const { status, body } = await stack.api.uploadWith({ [field]: value }, file);
      expect({ status, ...body }).toMatchObject({ status: 400, errors: [{ field, parameter: field }] });
    }
    const id = await stack.api.importIdWith({ sendAt: inHours(-0.05) }, file.content);
    expect(await completed(id)).toMatchObject({ schedule: { sendAt: null } });
    expect((await schedule(id, { sendAt: 'soon' })).body).toMatchObject({ status: 400, errors: [{ field: 'sendAt' }] });
  });

  test('a moment that has passed is refused wherever it is chosen, and nobody is invited', async () => {
    byDay();
    const some = people(2, 'lastyear', undefined, 320);
    const lastYear = new Date('2020-11-30T09:00:00Z').toISOString();
    const refused = {
      status: 400,
      detail:
        'sendAt: Has passed (2020-11-30 09:00 UTC). Choose a moment that is to come, or now to send at once. Nothing was changed.',
      errors: [{ field: 'sendAt', code: 'too-small' }],
    };
    const file = { name: 'clients.csv', content: toCsv(some) };
    expect((await stack.api.uploadWith({ sendAt: lastYear }, file)).body).toMatchObject(refused);

    const id = await stack.api.importIdWith({ sendAt: inHours(48) }, file.content);
    const { schedule: chosen } = await scheduled(id);
    expect((await schedule(id, { sendAt: lastYear })).body).toMatchObject(refused);
    expect(await stack.api.find(id)).toMatchObject({ status: 'scheduled', schedule: chosen });
    expect(await reached('lastyear', mobilesOf(some))).toEqual({ email: 0, sms: 0 });
  });

  test('an upload that is repeated with its key after its moment is the same one, and with another key is refused', async () => {
    byDay();
    const fields = { sendAt: inHours(1) };
    const file = { name: 'clients.csv', content: toCsv(people(1, 'again', undefined, 341)) };
    const first = await stack.api.uploadAs({ 'Idempotency-Key': 'key-of-before' }, fields, file);
    expect(first.status).toBe(202);
    const { now } = Date;
    const later = jest.spyOn(Date, 'now').mockImplementation(() => now() + 2 * HOUR_MS);
    try {
      const again = await stack.api.uploadAs({ 'Idempotency-Key': 'key-of-before' }, fields, file);
      expect(again).toMatchObject({ status: first.status, body: { batch: first.body.batch } });
      expect((await stack.api.uploadAs({ 'Idempotency-Key': 'another-key' }, fields, file)).status).toBe(400);
    } finally {
      later.mockRestore();
    }
  });

  test('another time leaves the spread as it was, and another spread the time, until none and now are said', async () => {
    byDay();
    const sendAt = inHours(48);
    const later = inHours(50);
    const id = await stack.api.importIdWith({ sendAt, spread: '1/hour' }, toCsv(people(2, 'kept', undefined, 350)));
    await scheduled(id);
    const chosen = async (body: Record<string, unknown>) =>
      (await schedule(id, body)).body as unknown as { schedule: object };
    expect((await chosen({ sendAt: later })).schedule).toMatchObject({ sendAt: later, spread: '1/hour' });
    expect((await chosen({ spread: '2/day' })).schedule).toMatchObject({ sendAt: later, spread: '2/day' });
    expect((await chosen({ ignoreQuietHours: true })).schedule).toEqual({
      ...{ sendAt: later, spread: '2/day' },
      ignoresQuietHours: true,
    });
    expect((await chosen({ spread: 'none', ignoreQuietHours: false })).schedule).toEqual({
      ...{ sendAt: later, spread: null },
      ignoresQuietHours: false,
    });
    expect((await schedule(id, {})).body).toMatchObject({ status: 400, errors: [{ field: 'body' }] });
    expect((await stack.api.find(id)).status).toBe('scheduled');
    expect((await chosen({ sendAt: 'now' })).schedule).toMatchObject({ sendAt: null, spread: null });
    await completed(id);
  });

  test('an SMS in the night waits for the morning of its person, an e-mail does not', async () => {
    clock.set(new Date(next('08:00:00').getTime() - 15_000).toISOString());
    const some = icelandic(3, 'night', 1_000);
    const id = await stack.api.importId(toCsv(some));
    const waiting = await scheduled(id);
    expect(waiting.deferred).toEqual([expect.objectContaining({ channel: 'sms', because: 'quiet-hours', count: 3 })]);
    expect(await reached('night', mobilesOf(some))).toEqual({ email: 3, sms: 0 });
    const [row] = await stack.api.rows(id);
    expect(row!.invitations.find(({ channel }) => channel === 'sms')!.deferred).toMatchObject({
      because: 'quiet-hours',
      localTime: '08:00',
      message: expect.stringContaining('Will be sent at 08:00 their time') as unknown,
    });
    await completed(id);
    expect(await reached('night', mobilesOf(some))).toEqual({ email: 3, sms: 3 });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('quiet hours can be ignored for one import', async () => {
    clock.set(next('02:00:00').toISOString());
    const some = icelandic(2, 'anyway', 2_000);
    const id = await stack.api.importId(toCsv(some));
    await scheduled(id);
    await schedule(id, { ignoreQuietHours: true });
    await completed(id);
    expect(await reached('anyway', mobilesOf(some))).toEqual({ email: 2, sms: 2 });
  });

  test('a spread reaches so many people an hour, in the order of the file', async () => {
    clock.set(new Date(Date.now()).toISOString());
    const some = people(5, 'spread', undefined, 400);
    const id = await stack.api.importIdWith({ spread: '2/hour' }, toCsv(some));
    await schedule(id, { spread: '2/hour', ignoreQuietHours: true });
    const first = await until(
      'the first two',
      () => stack.api.find(id),
      ({ status, invitations }) => status === 'scheduled' && invitations.sms.sent === 2 && invitations.email.sent === 2,
    );
    expect(first.deferred).toEqual(
      ['email', 'sms'].map((channel): unknown => expect.objectContaining({ channel, because: 'spread', count: 3 })),
    );
    const sent = async () => (await stack.api.rows(id, '&status=sent')).map(({ row }) => row);
    expect(await sent()).toEqual([2, 3]);

    clock.set(inHours(1.01));
    await schedule(id, { spread: '2/hour', ignoreQuietHours: true });
    await until(
      'the next two',
      () => stack.api.find(id),
      ({ status, invitations }) => status === 'scheduled' && invitations.sms.sent === 4 && invitations.email.sent === 4,
    );
    expect(await sent()).toEqual([2, 3, 4, 5]);
    await schedule(id, { spread: 'none', ignoreQuietHours: true });
    await completed(id);
    expect(await reached('spread', mobilesOf(some))).toEqual({ email: 5, sms: 5 });
  });

  test('an organisation sets its hours, which hold for retries too, and a change of them counts at once', async () => {
    byDay();
    const [person] = icelandic(1, 'hours', 4_000);
    await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'error',
      status: 400,
      code: 30003,
      times: 1,
      to: person!.mobile,
    });
    const id = await stack.api.importId(toCsv([person!]));
    await until(
      'the failure',
      () => stack.api.find(id),
      ({ status }) => status === 'needs-attention',
    );
    const settings = (quietHours: unknown) =>
      stack.api.call<{ quietHours: unknown; status: number }>('PATCH', '/v1/organisation', {
        body: JSON.stringify({ quietHours }),
      });
    expect((await settings({ sms: { from: '17:00', to: '17:00' } })).status).toBe(400);
    const evening = { from: '17:00', to: '09:00' };
    expect((await settings({ sms: evening })).body.quietHours).toEqual({ sms: evening, email: null });
    await stack.api.retry(id);
    const waiting = await scheduled(id);
    expect(waiting.deferred).toEqual([expect.objectContaining({ channel: 'sms', because: 'quiet-hours', count: 1 })]);
    expect((await settings({})).body.quietHours).toEqual({ sms: { from: '20:00', to: '08:00' }, email: null });
    await completed(id);
    expect(await reached('hours', [person!.mobile])).toEqual({ email: 1, sms: 1 });
  });

  test('a message that the provider refuses at night is sent again in the morning', async () => {
    byDay();
    const [one, other] = icelandic(2, 'refused', 3_000);
    await stack.sandbox.plan({
      ...{ provider: 'twilio', operation: 'send', kind: 'error', status: 400, code: 30610, times: 1 },
      to: one!.mobile,
    });
    const id = await stack.api.importId(toCsv([one!, other!]));
    const waiting = await scheduled(id);
    expect(waiting.deferred).toEqual([
      expect.objectContaining({ channel: 'sms', because: 'refused-at-night', count: 1 }),
    ]);
    expect(waiting.invitations.sms).toMatchObject({ pending: 1, sent: 1, failed: 0 });
    const until = new Date(waiting.deferred[0]!.from);
    expect(until.toLocaleTimeString('en-GB', { timeZone: 'Atlantic/Reykjavik' })).toBe('08:00:00');
    expect(until.getTime()).toBeGreaterThan(clock.now().getTime());
    // Another schedule does not send it earlier.
    await schedule(id, { ignoreQuietHours: true });
    expect((await scheduled(id)).deferred).toHaveLength(1);

    clock.set(new Date(until.getTime() + 60_000).toISOString());
    await schedule(id, { sendAt: 'now' });
    await completed(id);
    expect(await reached('refused', [one!.mobile, other!.mobile])).toEqual({ email: 2, sms: 2 });
  });

  test('a message that was accepted and is reported as refused for the hour is sent again in the morning, too', async () => {
    byDay();
    const [person] = icelandic(1, 'reported', 5_000);
    const id = await stack.api.importId(toCsv([person!]));
    await completed(id);
    const report = { channel: 'sms', kind: 'bounced', code: REFUSED_AT_NIGHT_CODE } as const;
    await stack.store.reports.apply([{ ...report, eventId: 'night', invitationId: `${id}:2:sms:1` }]);
    const waiting = await scheduled(id);
    expect(waiting.deferred).toEqual([
      expect.objectContaining({ channel: 'sms', because: 'refused-at-night', count: 1 }),
    ]);
    expect(await reached('reported', [person!.mobile])).toEqual({ email: 1, sms: 1 });
    const morning = new Date(waiting.deferred[0]!.from);
    expect(morning.toLocaleTimeString('en-GB', { timeZone: 'Atlantic/Reykjavik' })).toBe('08:00:00');

    clock.set(new Date(morning.getTime() + 60_000).toISOString());
    await schedule(id, { sendAt: 'now' });
    await completed(id);
    expect(await reached('reported', [person!.mobile])).toEqual({ email: 1, sms: 2 });
  });
});

describe('When a message is reported as refused for the hour while another one is in doubt', () => {
  const clock = createClock();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ ...SHORT_WINDOWS, QUIET_HOURS: '20:00-08:00' }, { now: clock.now });
  });
  afterAll(() => stack.stop());

  test('it is sent again in the morning, though no step looked between the report and the close', async () => {
    const noon = new Date();
    noon.setUTCHours(36, 0, 0, 0);
    clock.set(noon.toISOString());
    const [doubted, refused] = people(2, 'refused-late', (_person, i) => ({ mobile: `+354611700${i}` }));
    await stack.sandbox.plan({ provider: 'twilio', kind: 'drop', times: 1, to: doubted!.mobile });
    const id = await stack.api.importId(toCsv([doubted!, refused!]));
    await until(
      'the other to be in doubt',
      () => stack.api.find(id),
      ({ status }) => status === 'settling',
    );
    const report = { channel: 'sms', kind: 'bounced', code: REFUSED_AT_NIGHT_CODE } as const;
    await stack.store.reports.apply([{ ...report, eventId: 'night', invitationId: `${id}:3:sms:1` }]);
    const { deferred, invitations } = await until(
      'the import to wait for something',
      () => stack.api.find(id),
      ({ status }) => status === 'scheduled' || status === 'needs-attention',
    );
    expect(deferred).toEqual([expect.objectContaining({ channel: 'sms', because: 'refused-at-night', count: 1 })]);
    expect(invitations.sms).toMatchObject({ unconfirmed: 1, pending: 1, bounced: 0 });
  });
});

describe('When the worker restarts while an import waits', () => {
  const clock = createClock();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { now: clock.now, worker: false });
  });
  afterAll(() => stack.stop());

  test('all is sent at its time, once', async () => {
    const stopFirst = await stack.startWorker();
    const some = people(3, 'restart', undefined, 600);
    // The first worker has just begun, and has created the people by then also on a busy machine.
    const sendAt = new Date(Date.now() + 12_000).toISOString();
    const id = await stack.api.importIdWith({ sendAt }, toCsv(some));
    await until(
      'the import to wait for its time',
      () => stack.api.find(id),
      ({ status }) => status === 'scheduled',
    );
    await stopFirst();
    const stopSecond = await stack.startWorker();
    try {
      await until(
        'all to be sent',
        () => stack.api.find(id),
        ({ status }) => status === 'completed',
      );
    } finally {
      await stopSecond();
    }
    expect(new Date().toISOString() >= sendAt).toBe(true);
    const messages = await stack.sandbox.messages();
    expect(messages).toHaveLength(6);
    expect(invitedTwice(messages)).toEqual([]);
  });
});
