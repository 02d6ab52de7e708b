import type { ReadableStreamDefaultReader } from 'node:stream/web';
import type { MailDataRequired } from '@sendgrid/mail';
import type { SendGridFailure, TwilioFailure } from '../support/sandbox';
import {
  ACCOUNT,
  SENDER,
  control,
  failureOf,
  planFault,
  requestsOf,
  sendGridAt,
  twilioAt,
  until,
  useSandbox,
} from '../support/sandbox';

const sandbox = useSandbox();
const TO = '+447911123456';

const sms = (to = TO, body = 'Hello') => twilioAt(sandbox.url()).messages.create({ to, from: SENDER, body });
const mail = (...emails: string[]) => {
  const request: MailDataRequired = {
    from: 'invitations@example.com',
    subject: 'Hello',
    text: 'Join',
    personalizations: emails.map((to) => ({ to })),
  };
  return sendGridAt(sandbox.url()).send(request);
};
const accepted = async () => (await control<{ count: number }>(sandbox.url(), '/__ledger/count')).json.count;

/** Without an SDK in between, so that head and body of the answer can be told apart and the request can be given up. */
const rawSms = (signal: AbortSignal | null = null) =>
  fetch(`${sandbox.url()}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams({ To: TO, From: SENDER, Body: 'Hello' }),
    headers: { Authorization: `Basic ${btoa(`${ACCOUNT}:token`)}` },
    signal,
  });

describe('each kind of fault at Twilio', () => {
  test('When the rate is limited, then 429, code 20429 and Retry-After are answered and nothing is accepted', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 7 });
    const response = await rawSms();

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ code: 20429, status: 429 });
    expect(await failureOf<TwilioFailure>(sms())).toMatchObject({ status: 429, code: 20429 });
    expect(await accepted()).toBe(0);
  });

  test.each([
    [{}, { status: 500, code: 20500 }],
    [{ status: 503 }, { status: 503, code: 20503 }],
    [{ status: 401 }, { status: 401, code: 20003 }],
    [{ code: 21610 }, { status: 400, code: 21610 }],
    [
      { code: 30034, status: 403, message: 'unregistered' },
      { status: 403, code: 30034, message: 'unregistered' },
    ],
  ])('When the error %j is planned, then the SDK fails with %j', async (details, expected) => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'error', ...details });

    expect(await failureOf<TwilioFailure>(sms())).toMatchObject(expected);
    expect(await accepted()).toBe(0);
  });

  test('When the connection is dropped, then the SDK sees it closed and nothing is accepted', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'drop' });

    expect(await failureOf<TwilioFailure>(sms())).toMatchObject({ code: 'ECONNRESET' });
    expect(await accepted()).toBe(0);
    expect(await requestsOf(sandbox.url())).toMatchObject([{ status: null, to: [TO], accepted: false }]);
  });

  test('When the reply is lost, then the message is accepted and the SDK sees the connection closed', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'reply-lost' });

    expect(await failureOf<TwilioFailure>(sms())).toMatchObject({ code: 'ECONNRESET' });
    expect(await accepted()).toBe(1);
    expect(await requestsOf(sandbox.url())).toMatchObject([{ status: null, accepted: true }]);
  });

  test('When the reply is lost with a status, then the message is accepted and that error is answered', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'reply-lost', status: 500 });

    expect(await failureOf<TwilioFailure>(sms())).toMatchObject({ status: 500, code: 20500 });
    expect(await accepted()).toBe(1);
  });

  test('When an HTML error is planned, then the SDK has only a status', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'html-error', retryAfterSeconds: 1 });
    const failure = await failureOf<TwilioFailure>(sms());

    expect(failure).toMatchObject({ status: 502 });
    expect(failure.code).toBeUndefined();
    expect((await rawSms()).headers.get('content-type')).toContain('text/html');
    expect(await accepted()).toBe(0);
  });

  test('When the JSON breaks off, then the message is accepted and the SDK cannot read the answer', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'broken-json', times: 1 });

    expect((await failureOf<Error>(sms())).name).toBe('SyntaxError');
    expect(await accepted()).toBe(1);
  });

  test('When a delay is planned, then the message is accepted even though the caller has given up', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'delay', delayMs: 1_500 });
    const giveUp = new AbortController();
    const given = failureOf<Error>(rawSms(giveUp.signal));
    await until(async () => (await requestsOf(sandbox.url())).some(({ fault }) => fault));
    giveUp.abort();

    expect((await given).name).toBe('AbortError');
    expect(await accepted()).toBe(0);
    await until(async () => (await accepted()) === 1);
  });

  test.each([
    [{}, 0],
    [{ accept: true }, 1],
  ])('When a request hangs with %j, then no answer comes and %i message is accepted', async (more, count) => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'hang', ...more });
    const giveUp = new AbortController();
    const given = failureOf<Error>(rawSms(giveUp.signal));
    await until(async () => (await requestsOf(sandbox.url())).some(({ fault }) => fault));

    expect(await accepted()).toBe(count);
    giveUp.abort();
    await given;
    expect(await requestsOf(sandbox.url())).toMatchObject([{ status: null, accepted: count === 1 }]);
  });

  test('When the answer drips, then its head comes at once and its body a byte every half second', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', kind: 'drip' });
    const giveUp = new AbortController();
    const response = await rawSms(giveUp.signal);
    expect(response.status).toBe(201);
    expect(await accepted()).toBe(1);

    const start = performance.now();
    const reader = response.body!.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    const bytes = [await reader.read(), await reader.read(), await reader.read()].map(({ value }) => value!.length);
    expect(bytes).toEqual([1, 1, 1]);
    expect(performance.now() - start).toBeGreaterThan(900);
    giveUp.abort();
    await until(async () => (await requestsOf(sandbox.url()))[0]!.status === 201);
  });

  test.each(['error', 'drop', 'html-error'])(
    'When %s is told to accept, then the message is accepted',
    async (kind) => {
      await planFault(sandbox.url(), { provider: 'twilio', kind, accept: true });
      await failureOf(sms());

      expect(await accepted()).toBe(1);
    },
  );

  test('When look-ups fail, then sending still works', async () => {
    await planFault(sandbox.url(), { provider: 'twilio', operation: 'list', kind: 'error', status: 503, times: 1 });
    await sms();
    const { messages } = twilioAt(sandbox.url());

    expect(await failureOf<TwilioFailure>(messages.list({ to: TO }))).toMatchObject({ status: 503 });
    expect(await messages.list({ to: TO })).toHaveLength(1);
    expect((await requestsOf(sandbox.url())).map((entry) => entry.accepted)).toEqual([true, false, false]);
  });
});

describe('each kind of fault at SendGrid', () => {
  test('When the rate is limited, then 429 tells by epoch seconds when to come back', async () => {
    await planFault(sandbox.url(), { provider: 'sendgrid', kind: 'rate-limit', retryAfterSeconds: 30 });
    const before = Date.now() / 1000;
    const { code, response } = await failureOf<SendGridFailure>(mail('ann@example.com'));

    expect(code).toBe(429);
    expect(response!.headers).toMatchObject({ 'x-ratelimit-remaining': '0' });
    expect(response!.headers['x-ratelimit-limit']).toMatch(/^\d+$/);
    const reset = Number(response!.headers['x-ratelimit-reset']);
    expect(reset - before).toBeGreaterThan(29);
    expect(reset - before).toBeLessThan(35);
    expect(response!.body.errors).toMatchObject([{ message: 'too many requests', field: null }]);
    expect(await accepted()).toBe(0);
  });

  test('When an error is planned, then it comes in the shape of SendGrid', async () => {
    await planFault(sandbox.url(), { provider: 'sendgrid', kind: 'error', status: 503, retryAfterSeconds: 3 });
    const { code, response } = await failureOf<SendGridFailure>(mail('ann@example.com'));

    expect(code).toBe(503);
    expect(response!.headers['retry-after']).toBe('3');
    expect(response!.body.errors).toEqual([{ message: 'service unavailable', field: null, help: null }]);
  });

  test('When a 400 is planned for one address, then the error names its personalization', async () => {
    const match = { to: 'bob@*' };
    await planFault(sandbox.url(), { provider: 'sendgrid', kind: 'error', status: 400, message: 'no', match });
    const { response } = await failureOf<SendGridFailure>(mail('ann@example.com', 'bob@example.com'));

    expect(response!.body.errors).toMatchObject([{ message: 'no', field: 'personalizations.1.to.0.email' }]);
    expect(await accepted()).toBe(0);
    await mail('ann@example.com');
  });

  test.each([
    ['drop', {}, 'ECONNRESET', 0],
    ['reply-lost', {}, 'ECONNRESET', 2],
    ['reply-lost', { status: 500 }, 500, 2],
    ['html-error', { status: 504 }, 504, 0],
  ])('When %s %j is planned, then the SDK fails with %s and %i are accepted', async (kind, more, code, count) => {
    await planFault(sandbox.url(), { provider: 'sendgrid', kind, ...more });

    expect(await failureOf<SendGridFailure>(mail('ann@example.com', 'bob@example.com'))).toMatchObject({ code });
    expect(await accepted()).toBe(count);
  });

  test('When the JSON breaks off, then the mail is accepted and still has its id', async () => {
    await planFault(sandbox.url(), { provider: 'sendgrid', kind: 'broken-json' });
    const [response, body] = await mail('ann@example.com');

    expect(response.statusCode).toBe(202);
    expect(response.headers).toHaveProperty('x-message-id');
    expect(() => void JSON.parse(body as unknown as string)).toThrow(SyntaxError);
    expect(await accepted()).toBe(1);
  });

  test('When the answer drips, then it has begun and does not end', async () => {
    await planFault(sandbox.url(), { provider: 'sendgrid', kind: 'drip' });
    const response = await fetch(`${sandbox.url()}/v3/mail/send`, {
      method: 'POST',
      headers: { Authorization: 'Bearer SG.key', 'Content-Type': 'application/json' },
      body: JSON.stringify({
        from: { email: 'a@example.com' },
        subject: 'Hello',
        content: [{ type: 'text/plain', value: 'Join' }],
        personalizations: [{ to: [{ email: 'ann@example.com' }] }],
      }),
    });
    const reader = response.body!.getReader();

    expect(response.status).toBe(202);
    expect(await reader.read()).toMatchObject({ done: false, value: Buffer.from(' ') });
    await reader.cancel();
    expect(await accepted()).toBe(1);
  });
});

describe('the plan of faults', () => {
  test('When several faults fit, then the first that is not used up strikes, and hits are counted', async () => {
    const planned = await planFault(sandbox.url(), [
      { id: 'first', provider: 'twilio', kind: 'error', status: 503, times: 2 },
      { id: 'second', provider: 'both', kind: 'error', status: 500, times: 1 },
    ]);
    expect(planned.map(({ id }) => id)).toEqual(['first', 'second']);

    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await failureOf<TwilioFailure>(sms())).status);
    await sms();

    expect(statuses).toEqual([503, 503, 500]);
    expect((await control(sandbox.url(), '/__faults')).json).toMatchObject({
      faults: [
        { id: 'first', hits: 2 },
        { id: 'second', hits: 1 },
      ],
    });
    expect((await requestsOf(sandbox.url())).map(({ fault }) => fault)).toEqual([
      'first',
      'first',
      'second',
      undefined,
    ]);
  });

  test('When a fault is for one provider, address or text, then others are not struck', async () => {
    await planFault(sandbox.url(), [
      { provider: 'sendgrid', kind: 'drop' },
      { provider: 'twilio', kind: 'drop', match: { to: '+4479*', contains: 'secret' } },
      { provider: 'twilio', kind: 'error', status: 503, match: { to: '+12025550100' } },
    ]);

    await sms(TO, 'plain');
    await sms('+353851234567', 'a secret');
    await sms('+12025550101');
    expect(await failureOf<TwilioFailure>(sms(TO, 'a secret'))).toMatchObject({ code: 'ECONNRESET' });
    expect(await failureOf<TwilioFailure>(sms('+12025550100'))).toMatchObject({ status: 503 });
    expect(await accepted()).toBe(3);
  });

  test.each([
    [401, undefined, 20003, 'The provided authorization grant is invalid, expired, or revoked'],
    [401, 'Maximum credits exceeded', 20003, 'Maximum credits exceeded'],
    [403, undefined, 20403, 'access forbidden'],
  ])(
    'When one organisation is refused with %i (%s) in mid-run, then others are served, and it too once that is lifted',
    async (status, message, code, text) => {
      const mailTo = (to: string, organisation: string) =>
        sendGridAt(sandbox.url()).send({ from: 'a@example.com', subject: organisation, text: 'Join', to });
      await Promise.all([sms(TO, 'Org 1'), mailTo('ann@example.com', 'Org 1')]);
      const match = { contains: 'Org 1' };
      await planFault(sandbox.url(), { provider: 'both', kind: 'error', status, match, ...(message && { message }) });

      expect(await failureOf<TwilioFailure>(sms(TO, 'Org 1'))).toMatchObject({ status, code });
      const { response, ...failure } = await failureOf<SendGridFailure>(mailTo('ann@example.com', 'Org 1'));
      expect(failure.code).toBe(status);
      expect(response!.body.errors).toEqual([{ message: text, field: null, help: null }]);
      expect(await accepted()).toBe(2);
      await Promise.all([sms(TO, 'Org 2'), mailTo('ann@example.com', 'Org 2')]);
      await control(sandbox.url(), '/__faults', 'DELETE');
      await Promise.all([sms(TO, 'Org 1'), mailTo('ann@example.com', 'Org 1')]);
      expect(await accepted()).toBe(6);
    },
  );

  test('When a fault has a probability, then the same seed strikes the same requests', async () => {
    const strikes = async () => {
      await control(sandbox.url(), '/__faults', 'DELETE');
      await planFault(sandbox.url(), { provider: 'twilio', kind: 'error', probability: 0.5, seed: 42 });
      const results = [];
      for (let i = 0; i < 20; i++) results.push((await rawSms()).status);
      return results;
    };
    const first = await strikes();

    expect(await strikes()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([201, 500]));
  });

  test('When a probability comes without a seed, then one is chosen and shown', async () => {
    const [fault] = await planFault(sandbox.url(), { provider: 'twilio', kind: 'drop', probability: 1 });

    expect(fault!.seed).toEqual(expect.any(Number));
    await failureOf(sms());
  });

  test('When a fault is removed, then it strikes no more', async () => {
    const [one] = await planFault(sandbox.url(), { provider: 'twilio', kind: 'drop' });

    expect((await control(sandbox.url(), `/__faults/${one!.id}`, 'DELETE')).status).toBe(204);
    expect((await control(sandbox.url(), `/__faults/${one!.id}`, 'DELETE')).status).toBe(404);
    await sms();
  });

  test.each([
    [{ provider: 'twilio', kind: 'explode' }, '"kind" must be one of rate-limit, error, '],
    [{ provider: 'twilio' }, '"kind" is missing'],
    [{ kind: 'drop' }, '"provider" is missing'],
    [{ provider: 'twilio', kind: 'drop', tims: 3 }, '"tims" is unknown; known are id, provider, '],
    [{ provider: 'twilio', kind: 'drop', times: 0 }, '"times" must be a whole number from 1'],
    [{ provider: 'twilio', kind: 'drop', probability: 2 }, '"probability" must be a number from 0 to 1'],
    [{ provider: 'twilio', kind: 'drop', match: { body: 'x' } }, '"match.body" is unknown; known are to, contains'],
    [{ provider: 'twilio', kind: 'drop', match: 'x' }, '"match" must be an object'],
    [{ provider: 'twilio', kind: 'rate-limit', accept: true }, '"accept" is only for the kinds error, drop, '],
    [{ provider: 'twilio', kind: 'delay' }, '"delayMs" is missing'],
    [[{ provider: 'twilio', kind: 'drop' }, 3], 'fault 1: must be an object'],
    [{ provider: 'twilio', kind: 'drop', constructor: 1 }, '"constructor" is unknown'],
  ])('The fault %j is rejected with a reason, and none is added', async (fault, reason) => {
    const { status, json } = await control<{ errors: string[] }>(sandbox.url(), '/__faults', 'POST', fault);

    expect(status).toBe(400);
    expect(json.errors[0]).toContain(reason);
    expect((await control(sandbox.url(), '/__faults')).json).toEqual({ faults: [] });
  });

  test('A fault that is not sent as JSON is rejected with a hint how to send it', async () => {
    const response = await fetch(`${sandbox.url()}/__faults`, { method: 'POST', body: '{"provider":"twilio"}' });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ errors: [expect.stringContaining('Content-Type: application/json')] });
  });

  test('An id in use is rejected', async () => {
    const fault = { id: 'mine', provider: 'twilio', kind: 'drop' };
    await planFault(sandbox.url(), fault);

    expect(await control(sandbox.url(), '/__faults', 'POST', fault)).toMatchObject({
      status: 400,
      json: { errors: ['The id "mine" is in use by another fault; choose another.'] },
    });
  });

  test('An unknown or invalid setting is rejected by name', async () => {
    expect(await control(sandbox.url(), '/__settings', 'PUT', { lagMs: 1, latencyMs: -1 })).toMatchObject({
      status: 400,
      json: { errors: [expect.stringContaining('"latencyMs" must be'), expect.stringContaining('"lagMs" is unknown')] },
    });
    expect((await control(sandbox.url(), '/__settings')).json).toEqual({ latencyMs: 0, listLagMs: 0 });
  });
});
