import type { TwilioFailure } from '../support/sandbox';
import { ACCOUNT, SENDER, control, failureOf, ledgerOf, requestsOf, twilioAt, useSandbox } from '../support/sandbox';

const sandbox = useSandbox();
const TO = '+447911123456';

const send = (body: string, to = TO) => twilioAt(sandbox.url()).messages.create({ to, from: SENDER, body });

/** What the SDK would not send by itself. */
const post = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${sandbox.url()}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { Authorization: `Basic ${btoa(`${ACCOUNT}:token`)}`, ...headers },
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};

describe('sending by Twilio', () => {
  test('When a message is right, then it is queued and stands in the ledger as the person would receive it', async () => {
    const message = await send('Hello Zoë, https://example.org/join/1');

    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(message).toMatchObject({
      accountSid: ACCOUNT,
      to: TO,
      from: SENDER,
      body: 'Hello Zoë, https://example.org/join/1',
      status: 'queued',
      dateSent: null,
      numSegments: '1',
      price: null,
      errorCode: null,
      uri: `/2010-04-01/Accounts/${ACCOUNT}/Messages/${message.sid}.json`,
    });
    expect(Math.abs(message.dateCreated.getTime() - Date.now())).toBeLessThan(60_000);
    const { at, ...line } = (await ledgerOf(sandbox.url()))[0]!;
    expect(line).toEqual({
      seq: expect.any(Number) as number,
      provider: 'twilio',
      id: message.sid,
      to: TO,
      from: SENDER,
      body: 'Hello Zoë, https://example.org/join/1',
      account: ACCOUNT,
    });
    expect(new Date(at).toISOString()).toBe(at);
    expect(await requestsOf(sandbox.url())).toMatchObject([
      { provider: 'twilio', method: 'POST', status: 201, to: [TO], recipients: 1, accepted: true },
    ]);
  });

  test('When a messaging service sends, then it stands in place of the number', async () => {
    const messagingServiceSid = `MG${'1'.repeat(32)}`;
    const message = await twilioAt(sandbox.url()).messages.create({ to: TO, messagingServiceSid, body: 'Hello' });

    expect(message).toMatchObject({ messagingServiceSid, from: null });
  });

  test.each([
    [21604, { To: '' }],
    [21211, { To: '07911 123456' }],
    [21211, { To: '+44 7911 123456' }],
    [21603, { From: '' }],
    [21212, { From: 'not a sender at all' }],
    [21212, { From: '+15005550001' }],
    [21606, { From: '+15005550007' }],
    [21701, { MessagingServiceSid: 'MG12' }],
    [21602, { Body: '' }],
    [21617, { Body: 'x'.repeat(1601) }],
  ])('An invalid form is rejected with code %i (%j) and nothing is accepted', async (code, wrong) => {
    const { status, json } = await post({ To: TO, From: SENDER, Body: 'Hello', ...wrong });

    expect(status).toBe(400);
    expect(json).toEqual({
      code,
      message: expect.any(String) as string,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 400,
    });
    expect(await ledgerOf(sandbox.url())).toEqual([]);
  });

  test('When a body has 1600 characters, then it is accepted', async () => {
    expect(await send('x'.repeat(1600))).toMatchObject({ numSegments: '11' });
  });

  test.each(['', 'Basic', `Basic ${btoa(`${ACCOUNT}:`)}`, `Bearer token`])(
    'When the credentials are "%s", then the answer is 401 with code 20003',
    async (authorization) => {
      const { status, json } = await post({ To: TO, From: SENDER, Body: 'Hello' }, { Authorization: authorization });

      expect({ status, code: json['code'] }).toEqual({ status: 401, code: 20003 });
    },
  );

  test('When the auth token is one of the wrong ones, then the SDK fails with 401 and code 20003', async () => {
    const { messages } = twilioAt(sandbox.url(), 'sandbox-wrong-token');

    expect(await failureOf<TwilioFailure>(messages.create({ to: TO, from: SENDER, body: 'Hello' }))).toMatchObject({
      status: 401,
      code: 20003,
      moreInfo: 'https://www.twilio.com/docs/errors/20003',
    });
    expect(await requestsOf(sandbox.url())).toMatchObject([{ status: 401, accepted: false }]);
  });

  test('When a route is unknown, then the answer is a 404 of Twilio', async () => {
    const { calls } = twilioAt(sandbox.url());

    expect(await failureOf<TwilioFailure>(calls.list())).toMatchObject({ status: 404, code: 20404 });
  });
});

describe('looking up at Twilio', () => {
  test('When a message is fetched by its sid, then it is shown as delivered', async () => {
    const { sid } = await send('Hello');

    expect(await twilioAt(sandbox.url()).messages(sid).fetch()).toMatchObject({ sid, to: TO, status: 'delivered' });
  });

  test('When a sid is unknown or belongs to another account, then the answer is 404 with code 20404', async () => {
    const { sid } = await send('Hello');
    const other = twilioAt(sandbox.url()).api.v2010.accounts(`AC${'9'.repeat(32)}`);

    expect(await failureOf<TwilioFailure>(other.messages(sid).fetch())).toMatchObject({ status: 404, code: 20404 });
  });

  test('When messages are listed by recipient, then only theirs come, newest first', async () => {
    await send('first');
    await send('for somebody else', '+447911123457');
    await send('second');

    const found = await twilioAt(sandbox.url()).messages.list({ to: TO, limit: 20 });

    expect(found.map(({ body }) => body)).toEqual(['second', 'first']);
    expect(await twilioAt(sandbox.url()).messages.list({ to: '+447911123458' })).toEqual([]);
  });

  test('When the list is longer than a page, then the SDK pages through it, each message once, though others arrive', async () => {
    for (let i = 0; i < 7; i++) await send(`message ${i}`);
    const { messages } = twilioAt(sandbox.url());

    let page = await messages.page({ to: TO, pageSize: 3 });
    const bodies = page.instances.map(({ body }) => body);
    while (page.nextPageUrl) {
      await send('arrived in between');
      page = (await page.nextPage()) as typeof page;
      bodies.push(...page.instances.map(({ body }) => body));
    }

    expect(bodies).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `message ${i}`));
    expect(await messages.list({ to: TO, pageSize: 2 })).toHaveLength(9);
    expect(await messages.list({ to: TO, limit: 4 })).toHaveLength(4);
  });

  test('When pages are asked for by number, then the frame tells where they stand', async () => {
    for (let i = 0; i < 5; i++) await send(`message ${i}`);
    const route = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json?To=${encodeURIComponent(TO)}&PageSize=2&Page=1`;
    const response = await fetch(sandbox.url() + route, {
      headers: { Authorization: `Basic ${btoa(`${ACCOUNT}:token`)}` },
    });
    const frame = (await response.json()) as Record<string, string> & { messages: { body: string }[] };

    expect(frame.messages.map(({ body }) => body)).toEqual(['message 2', 'message 1']);
    expect(frame).toMatchObject({ page: 1, page_size: 2, start: 2, end: 3, previous_page_uri: null });
    expect(frame['next_page_uri']).toContain('&PageSize=2&Page=2&PageToken=PASM');
    expect(frame['first_page_uri']).toContain('To=%2B447911123456&PageSize=2&Page=0');
  });

  test('When a list is narrowed by day, then only messages of that day come', async () => {
    await send('Hello');
    const { messages } = twilioAt(sandbox.url());
    const day = (days: number) => new Date(Date.now() + days * 86_400_000);

    expect(await messages.list({ dateSentAfter: day(-1), dateSentBefore: day(1) })).toHaveLength(1);
    expect(await messages.list({ dateSentAfter: day(2) })).toEqual([]);
    expect(await messages.list({ dateSentBefore: day(-2) })).toEqual([]);
    expect(await messages.list({ dateSent: day(-2) })).toEqual([]);
  });

  test('When the list lags behind, then an accepted message is in the ledger at once and in the list later', async () => {
    await control(sandbox.url(), '/__settings', 'PUT', { listLagMs: 60_000 });
    await send('Hello');
    const { messages } = twilioAt(sandbox.url());

    expect(await ledgerOf(sandbox.url())).toHaveLength(1);
    expect(await messages.list({ to: TO })).toEqual([]);

    await control(sandbox.url(), '/__settings', 'PUT', { listLagMs: 0 });
    expect(await messages.list({ to: TO })).toHaveLength(1);
  });
});
