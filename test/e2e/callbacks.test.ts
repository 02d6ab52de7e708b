import { isDeepStrictEqual } from 'node:util';
import twilio from 'twilio';
import type { ImportProgress } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import { QUERIES } from '../../contract/messages';
import type { OutcomeRequest } from '../../sandbox/outcomes/schema';
import type { ImportAnswer, RowAnswer } from '../support/api-caller';
import { planOutcomes, postEventsTo, replyBySms } from '../support/callbacks';
import { SHORT_WINDOWS } from '../support/environment';
import { startEventRelay } from '../support/event-relay';
import type { EventRelay } from '../support/event-relay';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** What the settings of every test's stack name. */
const AUTH_TOKEN = 'sandbox-token';

describe('What the providers tell of messages', () => {
  let stack: Stack;
  let relay: EventRelay;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { callbacks: true });
    relay = await startEventRelay(`${stack.url}/v1/webhooks/sendgrid`);
    await postEventsTo(stack.sandbox.url, stack.name, relay.url);
  });
  afterEach(() => relay.resume());
  afterAll(async () => {
    relay.stop();
    await stack.stop();
  });

  const upload = (rows: Person[]): Promise<string> => stack.api.importId(toCsv(rows));
  const outcomes = (...planned: [to: string, outcome: Omit<OutcomeRequest, 'match'>][]) =>
    planOutcomes(
      stack.sandbox.url,
      planned.map(([to, outcome]) => ({ ...outcome, match: { to, contains: stack.organisationName } })),
    );
  const when = (id: string, accept: (found: ImportAnswer) => boolean): Promise<ImportAnswer> =>
    until(`import ${id}`, () => stack.api.find(id), accept);
  /** States and reasons by line and channel. */
  const standing = (rows: RowAnswer[], channel: Channel): Record<number, string> =>
    Object.fromEntries(
      rows.map(({ row, invitations }) => {
        const { state, problem } = invitations.find((one) => one.channel === channel)!;
        return [row, problem ? `${state} ${problem.code}` : state];
      }),
    );
  /** The workflow knows as much as waits for it: of what has arrived it may say that it was sent. */
  const agreed = async (id: string): Promise<ImportProgress> => {
    const { status, invitations } = await stack.api.find(id);
    return until(
      'the workflow to agree',
      () => stack.workflow(id).query<ImportProgress>(QUERIES.progress),
      (own) => own.status === status && isDeepStrictEqual(asSent(own.invitations), asSent(invitations)),
    );
  };
  const asSent = ({ email, sms }: ImportProgress['invitations']) =>
    [email, sms].map(({ sent, delivered, accepted, ...others }) => ({ ...others, sent: sent + delivered + accepted }));
  const eventsOf = async (id: string) => (await stack.workflow(id).fetchHistory()).events!;
  const expectOneMessageEach = async (rows: Person[]): Promise<void> => {
    const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
    const messages = (await stack.sandbox.messages()).filter(({ to }) => addresses.has(to));
    expect(messages).toHaveLength(2 * rows.length);
    expect(invitedTwice(messages)).toEqual([]);
  };

  test('When reports come three times and the last first, then each row ends where its message did, with a reason in words', async () => {
    const mess = { copies: 3, shuffled: true };
    const rows = people(9, 'outcomes');
    const [mail, phone] = [rows.map(({ email }) => email), rows.map(({ mobile }) => mobile)];
    await outcomes(
      [mail[1]!, { outcome: 'bounced', ...mess }],
      [mail[2]!, { outcome: 'blocked', ...mess }],
      [mail[3]!, { outcome: 'dropped', ...mess }],
      [mail[4]!, { provider: 'sendgrid', outcome: 'opted-out', ...mess }],
      [mail[5]!, { outcome: 'unsubscribed', ...mess }],
      [mail[6]!, { outcome: 'deferred', ...mess }],
      [mail[7]!, { provider: 'sendgrid', outcome: 'silent' }],
      [mail[8]!, { outcome: 'spam-report', ...mess }],
      [phone[1]!, { outcome: 'undelivered', ...mess }],
      [phone[2]!, { outcome: 'undelivered', code: 30005, ...mess }],
      [phone[3]!, { outcome: 'undelivered', code: 30007, ...mess }],
      [phone[4]!, { provider: 'twilio', outcome: 'opted-out', ...mess }],
      [phone[5]!, { outcome: 'failed', ...mess }],
      [phone[6]!, { outcome: 'failed', code: 30002, ...mess }],
      [phone[7]!, { provider: 'twilio', outcome: 'silent' }],
      [mail[0]!, { outcome: 'delivered', ...mess }],
      [phone[0]!, { outcome: 'delivered', ...mess }],
      [phone[8]!, { outcome: 'delivered', ...mess }],
    );
    const id = await upload(rows);
    await when(id, ({ invitations: { email, sms } }) => {
      const told = [email.delivered, email.sent, email.bounced, sms.delivered, sms.sent, sms.bounced];
      return JSON.stringify(told) === JSON.stringify([3, 2, 4, 2, 1, 6]);
    });
    const found = await when(id, ({ status }) => status === 'needs-attention');

    const shown = await stack.api.rows(id);
    expect(standing(shown, 'email')).toEqual({
      2: 'delivered',
      3: 'bounced invitation.bounced',
      4: 'bounced invitation.filtered',
      5: 'bounced invitation.bounced',
      6: 'bounced invitation.opted-out',
      7: 'delivered invitation.opted-out',
      8: 'sent',
      9: 'sent',
      10: 'delivered invitation.opted-out',
    });
    expect(standing(shown, 'sms')).toEqual({
      2: 'delivered',
      3: 'bounced invitation.undelivered',
      4: 'bounced invitation.bounced',
      5: 'bounced invitation.filtered',
      6: 'bounced invitation.opted-out',
      7: 'bounced invitation.undelivered',
      8: 'bounced invitation.account-stopped',
      9: 'sent',
      10: 'delivered',
    });
    const problems = shown.flatMap(({ invitations }) => invitations.flatMap(({ problem }) => problem ?? []));
    for (const { message, fix } of problems) expect([message, fix].every((text) => text.length > 10)).toBe(true);
    expect((await agreed(id)).status).toBe(found.status);
    await expectOneMessageEach(rows);
  });

  test('When messages had failed for now and are delivered, then they are delivered in any order of the reports, and nothing can be retried', async () => {
    const rows = people(4, 'afterall', () => ({}), 50);
    const outcome = 'delivered-after-all' as const;
    await outcomes(
      [rows[0]!.mobile, { outcome }],
      [rows[1]!.mobile, { outcome, code: 30008, copies: 2, shuffled: true }],
      [rows[2]!.email, { outcome }],
      [rows[3]!.email, { outcome, copies: 2, shuffled: true }],
    );
    const id = await upload(rows);
    await when(id, ({ status, invitations: { email, sms } }) => {
      return status === 'completed' && email.delivered === 4 && sms.delivered === 4;
    });
    expect(await stack.api.retry(id)).toMatchObject({ status: 409, body: { code: 'nothing-to-retry' } });
    await expectOneMessageEach(rows);
    const { ok } = (await stack.as('support').get<{ ok: boolean }>(`/v1/imports/${id}/audit`)).body;
    expect(ok).toBe(true);
  });

  test('When all messages of a file are reported while it runs and after, then its history has no event of that', async () => {
    const rows = people(40, 'crowd', () => ({}), 600);
    const id = await upload(rows);
    await when(id, ({ status, invitations: { email, sms } }) => {
      return status === 'completed' && email.delivered === rows.length && sms.delivered === rows.length;
    });
    await stack.workflow(id).result();
    const events = await eventsOf(id);
    expect(events.filter((event) => event.workflowExecutionSignaledEventAttributes)).toEqual([]);
    const steps = events.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
    expect(steps.filter((name) => name === 'refreshImport')).toEqual([]);
    expect(steps.filter((name) => name === 'closeImport').length).toBeLessThanOrEqual(1);
    await agreed(id);
  });

  test('When a message comes back long after its import has ended, then the import needs attention, and the workflow says so', async () => {
    const rows = people(3, 'late', () => ({}), 100);
    await outcomes([rows[1]!.email, { outcome: 'bounced' }]);
    relay.pause();
    const id = await upload(rows);
    await when(id, ({ status, invitations }) => status === 'completed' && invitations.sms.delivered === 3);
    await stack.workflow(id).result();
    relay.resume();
    const { invitations } = await when(id, ({ status }) => status === 'needs-attention');
    expect(invitations.email).toMatchObject({ bounced: 1 });
    await when(id, (now) => now.invitations.email.delivered === 2);
    await agreed(id);

    expect(await stack.api.retry(id)).toMatchObject({ status: 202, body: { retrying: { email: 1, sms: 0 } } });
    const again = await until(
      'the second message to come back as well',
      async () => (await stack.api.rows(id))[1]!.invitations.find(({ channel }) => channel === 'email')!,
      ({ state, generation }) => state === 'bounced' && generation === 2,
    );
    expect(again.problem).toMatchObject({ code: 'invitation.bounced' });
  });

  test('When the answer to a mail is lost and its event comes in time, then it is settled by that and not sent again', async () => {
    const rows = people(4, 'settled', () => ({}), 200);
    const fault = await stack.sandbox.plan({ provider: 'sendgrid', kind: 'reply-lost', to: rows[0]!.email, times: 1 });
    const id = await upload(rows);
    const { invitations } = await stack.api.rest(id);
    await stack.sandbox.lift(fault);
    expect(invitations.email.unconfirmed).toBe(0);
    const ended = await when(id, (now) => now.invitations.email.delivered === 4);
    expect(ended.status).toBe('completed');
    const [settled] = await stack.api.rows(id);
    expect(settled!.invitations.map(({ attempts }) => attempts)).toEqual([1, 1]);
    await expectOneMessageEach(rows);
    await agreed(id);
  });

  test('When the event of such a mail comes too late, then what was unconfirmed is put right', async () => {
    const rows = people(4, 'doubted', () => ({}), 300);
    const fault = await stack.sandbox.plan({ provider: 'sendgrid', kind: 'reply-lost', to: rows[0]!.email, times: 1 });
    relay.pause();
    const id = await upload(rows);
    await when(id, ({ status, invitations }) => status === 'needs-attention' && invitations.email.unconfirmed === 4);
    await stack.sandbox.lift(fault);
    relay.resume();
    await when(id, ({ status, invitations }) => status === 'completed' && invitations.email.delivered === 4);
    const [row] = await stack.api.rows(id);
    expect(standing([row!], 'email')).toEqual({ 2: 'delivered' });
    await stack.caughtUp(id, 'completed');
    await agreed(id);
    await expectOneMessageEach(rows);
  });

  test('When somebody replies STOP, then their row says so and no retry reaches them, until they reply START', async () => {
    const rows = people(2, 'stop', () => ({}), 400);
    const { mobile } = rows[0]!;
    await outcomes([mobile, { outcome: 'failed', times: 1 }]);
    const id = await upload(rows);
    await when(id, ({ status, invitations }) => status === 'needs-attention' && invitations.sms.delivered === 1);
    await replyBySms(stack.sandbox.url, stack.url, mobile, 'STOP');

    await stack.api.retry(id, { channels: ['sms'] });
    await when(id, ({ invitations }) => invitations.sms.suppressed === 1);
    const [stopped] = await stack.api.rows(id);
    expect(standing([stopped!], 'sms')).toEqual({ 2: 'suppressed invitation.opted-out' });
    expect((await stack.sandbox.messages()).filter(({ to }) => to === mobile)).toHaveLength(1);

    await replyBySms(stack.sandbox.url, stack.url, mobile, 'START');
    const [allowed] = await stack.api.rows(id);
    expect(standing([allowed!], 'sms')).toEqual({ 2: 'suppressed invitation.allowed-again' });
    await stack.api.retry(id, { channels: ['sms'] });
    await when(id, ({ invitations }) => invitations.sms.delivered === 2);
    expect((await stack.sandbox.messages()).filter(({ to }) => to === mobile)).toHaveLength(2);
  });

  test('When a report is forged, altered, meant for another address or told again, then nothing changes', async () => {
    const rows = people(2, 'forged', () => ({}), 500);
    await outcomes([rows[0]!.mobile, { outcome: 'silent' }]);
    const before = relay.requests.length;
    const id = await upload(rows);
    // All that is told of them has come, so that nothing but the forgeries could change a row.
    await when(id, ({ invitations: { email, sms } }) => email.delivered === 2 && sms.delivered === 1 && sms.sent === 1);
    const told = await stack.api.rows(id);
    const invitation = encodeURIComponent(`${id}:2:sms:1`);

    const url = (of = invitation, path = 'twilio') => `${stack.url}/v1/webhooks/${path}?invitation=${of}`;
    const form = { MessageSid: 'SM1', MessageStatus: 'failed', ErrorCode: '30005' };
    const signed = (at: string, token = AUTH_TOKEN, fields: Record<string, string> = form) =>
      twilio.getExpectedTwilioSignature(token, at, fields);
    const postForm = (to: string, signature: string, headers = {}) =>
      fetch(to, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { 'X-Twilio-Signature': signature, ...headers },
      });
    const elsewhere = 'https://elsewhere.example/v1/webhooks/twilio';
    const forwarded = { 'X-Forwarded-Host': 'elsewhere.example', 'X-Forwarded-Proto': 'https' };
    const forgeries = [
      postForm(url(), ''),
      postForm(url(), signed(url(), 'another-token')),
      postForm(url(), signed(url(), AUTH_TOKEN, { ...form, MessageStatus: 'delivered' })),
      postForm(url(), signed(url(encodeURIComponent(`${id}:3:sms:1`)))),
      postForm(url(), signed(`${elsewhere}?invitation=${invitation}`), forwarded),
    ];

    const events = relay.requests.slice(before);
    const genuine = events.find(({ body }) => body.includes(`${id}:2:email:1`))!;
    const worse = Buffer.from(genuine.body.toString().replaceAll(/"event":"\w+"/g, '"event":"bounce"'));
    const time = 'x-twilio-email-event-webhook-timestamp';
    const older = { ...genuine.headers, [time]: `${Number(genuine.headers[time]) - 100}` };
    forgeries.push(
      relay.post({ ...genuine, body: worse }),
      relay.post({ ...genuine, headers: older }),
      relay.post({ ...genuine, headers: { 'content-type': 'application/json' } }),
    );
    for (const answer of await Promise.all(forgeries)) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'signature-invalid' });
    }

    const replays = await Promise.all([...events, ...events.toReversed()].map((event) => relay.post(event)));
    expect(replays.map(({ status }) => status)).toEqual(replays.map(() => 204));
    expect(await stack.api.rows(id)).toEqual(told);
    expect((await postForm(url(), signed(url()))).status).toBe(204);
    expect(standing((await stack.api.rows(id)).slice(0, 1), 'sms')).toEqual({ 2: 'bounced invitation.bounced' });
  });
});
