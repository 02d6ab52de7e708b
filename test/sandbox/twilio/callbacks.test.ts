import twilio from 'twilio';
import { useReceiver } from '../support/receiver';
import type { Received } from '../support/receiver';
import type { TwilioFailure } from '../support/sandbox';
import {
  ACCOUNT,
  SENDER,
  callbacksOf,
  control,
  failureOf,
  ledgerOf,
  planOutcome,
  planFault,
  twilioAt,
  until,
  useSandbox,
} from '../support/sandbox';

const sandbox = useSandbox();
const receiver = useReceiver();
const TO = '+447911123456';
const PATH = '/v1/webhooks/twilio?invitation=file%3A7%3Asms%3A1';

const send = (to = TO, body = 'Hello', statusCallback = receiver.url(PATH), token?: string) =>
  twilioAt(sandbox.url(), token).messages.create({ to, from: SENDER, body, statusCallback });

const form = ({ body }: Received): Record<string, string> => Object.fromEntries(new URLSearchParams(body));
const statuses = (all: readonly Received[]) => all.map((one) => form(one)['MessageStatus']);
const isSigned = (one: Received, token: string) =>
  twilio.validateRequest(token, one.headers['x-twilio-signature']!, one.url, form(one));

/** Until nothing is under way any more. */
const settled = () =>
  until(async () => {
    const callbacks = await callbacksOf(sandbox.url());
    return callbacks.every(({ done }) => done) && callbacks;
  });
afterEach(settled);

test('The status callback of a message gets sent and delivered as Twilio posts them', async () => {
  const { sid } = await send();
  const all = await receiver.untilReceived(2);

  expect(all.map(form)).toEqual(
    ['sent', 'delivered'].map((status) => ({
      AccountSid: ACCOUNT,
      ApiVersion: '2010-04-01',
      From: SENDER,
      MessageSid: sid,
      MessageStatus: status,
      SmsSid: sid,
      SmsStatus: status,
      To: TO,
    })),
  );
  expect(all[0]!.headers['content-type']).toContain('application/x-www-form-urlencoded');
  expect(await settled()).toMatchObject(
    ['sent', 'delivered'].map((event) => ({
      provider: 'twilio',
      id: sid,
      to: TO,
      event,
      url: receiver.url(PATH),
      invitation: 'file:7:sms:1',
      attempts: 1,
      status: 204,
    })),
  );
});

test('When a callback is checked by the SDK, then its signature is right, and wrong for other tokens and addresses', async () => {
  await send(TO, 'Hello', receiver.url(PATH), 'the-token');
  const [first] = await receiver.untilReceived(1);

  expect(isSigned(first!, 'the-token')).toBe(true);
  expect(isSigned(first!, 'another')).toBe(false);
  expect(isSigned({ ...first!, url: receiver.url('/v1/webhooks/twilio?invitation=other') }, 'the-token')).toBe(false);
  expect(isSigned({ ...first!, body: first!.body.replace('sent', 'lost') }, 'the-token')).toBe(false);
});

test('Without a status callback, nothing is posted', async () => {
  await twilioAt(sandbox.url()).messages.create({ to: TO, from: SENDER, body: 'Hello' });
  await send('+447911123457');
  await settled();

  expect((await callbacksOf(sandbox.url())).map(({ to }) => to)).toEqual(['+447911123457', '+447911123457']);
});

test('An invalid status callback is rejected with code 21609', async () => {
  expect(await failureOf<TwilioFailure>(send(TO, 'Hello', 'nowhere'))).toMatchObject({ status: 400, code: 21609 });
  expect(await ledgerOf(sandbox.url())).toEqual([]);
});

test.each([
  [{ outcome: 'undelivered' }, ['sent', 'undelivered'], '30003'],
  [{ outcome: 'undelivered', code: 30006 }, ['sent', 'undelivered'], '30006'],
  [{ outcome: 'failed', code: 30002 }, ['failed'], '30002'],
  [{ outcome: 'opted-out' }, ['failed'], '21610'],
])('When the outcome is %j, then the callbacks are %j with code %s at the end', async (outcome, expected, code) => {
  await planOutcome(sandbox.url(), { match: { to: TO }, ...outcome });
  const { sid } = await send();
  const all = await receiver.untilReceived(expected.length);

  expect(statuses(all)).toEqual(expected);
  expect(all.map((one) => form(one)['ErrorCode'])).toEqual([...expected.slice(1).map(() => undefined), code]);
  expect(await twilioAt(sandbox.url()).messages(sid).fetch()).toMatchObject({
    status: expected.at(-1),
    errorCode: Number(code),
  });
});

test('When the outcome is silent, then nothing is heard and a look-up shows the message as sent', async () => {
  await planOutcome(sandbox.url(), { match: { to: TO }, outcome: 'silent' });
  const { sid } = await send();
  await send('+447911123457');
  await settled();

  expect((await callbacksOf(sandbox.url())).filter(({ to }) => to === TO)).toEqual([]);
  expect(await twilioAt(sandbox.url()).messages(sid).fetch()).toMatchObject({ status: 'sent', errorCode: null });
});

test.each([
  ['+12025550180', 'undelivered', '30003'],
  ['+12025550181', 'undelivered', '30005'],
  ['+12025550182', 'undelivered', '30006'],
  ['+12025550183', 'undelivered', '30007'],
  ['+12025550184', 'failed', '30008'],
  ['+12025550185', 'failed', '21610'],
])('When a message goes to %s, then it is accepted and ends %s with code %s', async (to, status, code) => {
  await send(to);
  await until(async () => statuses(receiver.received()).includes(status));

  expect(form(receiver.received().at(-1)!)).toMatchObject({ MessageStatus: status, ErrorCode: code, To: to });
  expect(await ledgerOf(sandbox.url())).toHaveLength(1);
});

test('When callbacks come in copies, then each comes that often with the same content', async () => {
  await planOutcome(sandbox.url(), { outcome: 'delivered', copies: 3, match: { to: TO } });
  await send();
  const all = await receiver.untilReceived(6);

  expect(statuses(all)).toEqual(['sent', 'sent', 'sent', 'delivered', 'delivered', 'delivered']);
  expect(new Set(all.map(({ body }) => body)).size).toBe(2);
});

test('When callbacks are shuffled, then the last comes first, and old news follows new', async () => {
  await planOutcome(sandbox.url(), { outcome: 'delivered', copies: 2, shuffled: true, match: { to: TO } });
  await send();

  expect(statuses(await receiver.untilReceived(4))).toEqual(['delivered', 'sent', 'delivered', 'sent']);
});

test('When callbacks are late, then others overtake them', async () => {
  await planOutcome(sandbox.url(), { outcome: 'delivered', delayMs: 2_000, match: { contains: 'slow' } });
  await send(TO, 'slow');
  await send('+447911123457', 'quick');
  const all = await receiver.untilReceived(4);

  expect(all.map((one) => form(one)['To'])).toEqual(['+447911123457', '+447911123457', TO, TO]);
});

test('When the answer to the request is lost, then the callbacks come all the same', async () => {
  await planFault(sandbox.url(), { provider: 'twilio', kind: 'reset', accept: true });
  await failureOf(send());

  expect(statuses(await receiver.untilReceived(2))).toEqual(['sent', 'delivered']);
});

test('When a message was not accepted, whatever was answered, then no callback follows', async () => {
  await planFault(sandbox.url(), { provider: 'twilio', kind: 'delay', delayMs: 0, accept: false, times: 1 });
  await send();
  await send('+447911123457');

  expect((await settled()).map(({ to }) => to)).toEqual(['+447911123457', '+447911123457']);
});

test('When the receiver is away or fails, then callbacks are posted again until it takes them; a rejection is final', async () => {
  await receiver.goAway();
  await send();
  await until(async () => (await callbacksOf(sandbox.url())).filter(({ attempts }) => attempts > 0).length === 2);
  expect(await callbacksOf(sandbox.url())).toMatchObject([
    { status: null, done: false },
    { status: null, done: false },
  ]);
  receiver.answer(503, 403);
  await receiver.comeBack();

  const callbacks = await settled();
  expect(callbacks.map(({ status }) => status).sort()).toEqual([204, 403]);
  expect(receiver.received()).toHaveLength(3);
  expect(new Set(receiver.received().map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(2);
  expect(receiver.received().every((one) => isSigned(one, 'token'))).toBe(true);
});

describe('a message from a person', () => {
  const inbound = (body: object) =>
    control<{ callback?: { status: number; event: string }; errors?: string[] }>(
      sandbox.url(),
      '/__inbound',
      'POST',
      body,
    );

  test('When a person who was sent something says STOP, then it is posted and signed as their messages are', async () => {
    await send(TO, 'Hello', receiver.url(PATH), 'the-token');
    await settled();
    const url = receiver.url('/v1/webhooks/twilio/inbound');
    const { status, json } = await inbound({ url, from: TO, body: 'Stop', optOutType: 'STOP' });

    expect({ status, json }).toMatchObject({ status: 200, json: { callback: { status: 204, event: 'inbound' } } });
    const last = receiver.received().at(-1)!;
    expect(form(last)).toMatchObject({
      AccountSid: ACCOUNT,
      From: TO,
      To: SENDER,
      Body: 'Stop',
      OptOutType: 'STOP',
      MessageSid: expect.stringMatching(/^SM/) as string,
      SmsStatus: 'received',
    });
    expect(isSigned(last, 'the-token')).toBe(true);
  });

  test('When nothing was sent to them, then a token is asked for, and one that is given is used', async () => {
    const request = { url: receiver.url('/in'), from: '+447911123499', to: SENDER, body: 'START', optOutType: 'START' };

    expect(await inbound(request)).toMatchObject({
      status: 400,
      json: { errors: [expect.stringContaining('"authToken"')] },
    });
    expect(await inbound({ ...request, authToken: 'given' })).toMatchObject({ status: 200 });
    expect(isSigned(receiver.received()[0]!, 'given')).toBe(true);
  });
});
