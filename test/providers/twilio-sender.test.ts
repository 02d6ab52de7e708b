import type { HttpCall } from '../../providers/http/http-transport';
import { LookUpError } from '../../providers/http/lookup-error';
import { createTwilioClient } from '../../providers/twilio/twilio-client';
import type { ScriptedProvider, Script } from './scripted-provider';
import { json, raw, startScriptedProvider } from './scripted-provider';
import {
  ACCOUNT_SID,
  CANARIES,
  DEADLINE_MS,
  everythingOf,
  expectNoCanary,
  message,
  sendDeadline,
  twilioSender,
} from './senders';

const RESOURCE = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;

describe('the Twilio sender', () => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());

  it('When it sends, then Twilio gets recipient, sender and text with the account’s credentials', async () => {
    provider.follow(json(201, { sid: 'SM0001' }));
    expect(await twilioSender(provider.url).send([message()], sendDeadline())).toEqual([
      { kind: 'accepted', providerId: 'SM0001' },
    ]);
    const [seen] = provider.seen;
    expect(seen).toMatchObject({ method: 'POST', path: RESOURCE });
    expect(seen!.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(seen!.headers.authorization).toBe(
      `Basic ${Buffer.from(`${ACCOUNT_SID}:${CANARIES.authToken}`).toString('base64')}`,
    );
    expect(Object.fromEntries(new URLSearchParams(seen!.body))).toEqual({
      To: CANARIES.mobile,
      From: '+15005550006',
      Body: 'Hello Canarina, Canary Wealth invites you to its private messenger: https://messenger.example/join/canary0token',
    });
  });

  it('When it sends from a Messaging Service, then the service and no number is named', async () => {
    provider.follow(json(201, { sid: 'SM0001' }));
    const sender = twilioSender(`${provider.url}/`, { from: 'MG0001' });
    await sender.send([message({ firstName: 'Zoë & Łukasz' })], sendDeadline());
    const fields = new URLSearchParams(provider.seen[0]!.body);
    expect([...fields.keys()].sort()).toEqual(['Body', 'MessagingServiceSid', 'To']);
    expect(fields.get('MessagingServiceSid')).toBe('MG0001');
    expect(fields.get('Body')).toContain('Hello Zoë & Łukasz, ');
  });

  it('When reports are wanted, then each message names the address for its own', async () => {
    provider.follow(json(201, { sid: 'SM0001' }));
    const sender = twilioSender(provider.url, { statusCallback: (id) => `https://api.example/hook?invitation=${id}` });
    await sender.send([message({ id: 'imp:1:sms:1' }), message({ id: 'imp:2:sms:1' })], sendDeadline());
    const callbacks = provider.seen.map(({ body }) => new URLSearchParams(body).get('StatusCallback'));
    expect(callbacks.sort()).toEqual(
      ['imp:1:sms:1', 'imp:2:sms:1'].map((id) => `https://api.example/hook?invitation=${id}`),
    );
  });

  it('When claims of several ages are sent at once, then each message has the deadline of its own claim', async () => {
    provider.follow(json(201, { sid: 'SM0001' }));
    const sender = twilioSender(provider.url);
    const send = (fenceMs: number) => sender.send([message()], sendDeadline({ fenceMs }));
    const outcomes = await Promise.all([send(5_000), send(0), send(5_000), send(0)]);
    expect(outcomes.flat().map(({ kind }) => kind)).toEqual(['accepted', 'busy', 'accepted', 'busy']);
    expect(provider.seen).toHaveLength(2);
  });

  it('When the SDK asks for a message to be sent on its own, then nothing is sent, since no claim stands behind it', async () => {
    const calls: HttpCall[] = [];
    const transport = (call: HttpCall) => {
      calls.push(call);
      return Promise.resolve({ status: 201, headers: {}, body: '{"sid":"SM0001"}' });
    };
    const account = { accountSid: ACCOUNT_SID, authToken: CANARIES.authToken };
    const { client } = createTwilioClient(account, { from: '+15005550006' }, transport);
    const sent = client.messages.create({ to: CANARIES.mobile, from: '+15005550006', body: 'Hello' });
    await expect(sent).rejects.toMatchObject({ kind: 'not-sent' });
    expect(calls).toEqual([]);
  });

  describe('when it looks a message up', () => {
    const other = (sid: string) => ({ sid, to: CANARIES.mobile, body: 'Hello, this is another message' });
    const wanted = {
      sid: 'SM-wanted',
      to: CANARIES.mobile,
      body: `Hello: https://messenger.example/join/${CANARIES.token}`,
    };
    /** As Twilio does it: each page names the next by its path. */
    const pages =
      (all: object[][]): Script =>
      (response, seen) => {
        const page = Number(new URL(seen.path, 'http://x').searchParams.get('Page') ?? 0);
        const next = page + 1 < all.length ? `${RESOURCE}?To=x&Page=${page + 1}` : null;
        json(200, { messages: all[page], page, page_size: 100, uri: seen.path, next_page_uri: next })(response, seen);
      };

    it('When the message is on the first page, then it is found with one request that asks by recipient alone', async () => {
      provider.follow(pages([[other('SM1'), wanted], [other('SM2')]]));
      expect(await twilioSender(provider.url).lookUp!(message())).toEqual({
        kind: 'accepted',
        providerId: 'SM-wanted',
      });
      expect(provider.seen).toHaveLength(1);
      const { pathname, searchParams } = new URL(provider.seen[0]!.path, 'http://x');
      expect(pathname).toBe(RESOURCE);
      expect(Object.fromEntries(searchParams)).toEqual({ To: CANARIES.mobile, PageSize: '100' });
    });

    it('When the message is on a later page, then it is found there', async () => {
      provider.follow(pages([[other('SM1')], [other('SM2'), { ...other('SM3'), body: null }], [wanted]]));
      expect(await twilioSender(provider.url).lookUp!(message())).toEqual({
        kind: 'accepted',
        providerId: 'SM-wanted',
      });
      expect(provider.seen).toHaveLength(3);
    });

    it('When no page holds the token, then it is not found', async () => {
      provider.follow(
        pages([[other('SM1')], [{ ...wanted, body: wanted.body.replace(CANARIES.token, 'other0token') }]]),
      );
      expect(await twilioSender(provider.url).lookUp!(message())).toEqual({ kind: 'not-found' });
      expect(provider.seen).toHaveLength(2);
    });

    it('When nothing was ever sent to the number, then it is not found', async () => {
      provider.follow(pages([[]]));
      expect(await twilioSender(provider.url).lookUp!(message())).toEqual({ kind: 'not-found' });
    });

    it('When the pages never end, then it gives up after ten', async () => {
      provider.follow(pages(Array.from({ length: 50 }, (_, i) => [other(`SM${i}`)])));
      expect(await twilioSender(provider.url).lookUp!(message())).toEqual({ kind: 'not-found' });
      expect(provider.seen).toHaveLength(10);
    });

    it('When all that was ever sent is asked for, then one listing a number tells of every message to it', async () => {
      const [twice, once, never, elsewhere] = ['twice', 'once', 'never', 'elsewhere'].map((token) =>
        message({ id: `id-${token}`, token, to: token === 'elsewhere' ? '+447700900999' : CANARIES.mobile }),
      );
      const held = (...tokens: string[]): object[] =>
        tokens.map((token, i) => ({ sid: `SM-${token}-${i}`, body: `Join: https://messenger.example/join/${token}` }));
      const here = pages([held('once', 'twice'), [{ sid: 'SM-none', body: null }], held('other', 'again', 'twice')]);
      provider.follow((response, seen) =>
        seen.path.includes('900999') ? pages([held('twice', 'elsewhere')])(response, seen) : here(response, seen),
      );
      const found = await twilioSender(provider.url).findAll!([twice!, once!, never!, elsewhere!]);
      expect(Object.fromEntries(found)).toEqual({
        'id-twice': ['SM-twice-1', 'SM-twice-2'],
        'id-once': ['SM-once-0'],
        'id-never': [],
        'id-elsewhere': ['SM-elsewhere-1'],
      });
      expect(provider.seen).toHaveLength(4);
    });

    it('When all is asked for of many numbers, then eight listings are open at a time', async () => {
      const waiting: (() => void)[] = [];
      let most = 0;
      provider.follow((response, seen) => {
        waiting.push(() => pages([[]])(response, seen));
        // Answered only once eight wait, and a little later, in which a ninth would have come.
        if (waiting.length === 8) {
          setTimeout(() => {
            most = Math.max(most, waiting.length);
            waiting.splice(0).forEach((answer) => answer());
          }, 20);
        }
      });
      const many = Array.from({ length: 40 }, (_, i) => message({ id: `id-${i}`, to: `+4477009${10_000 + i}` }));
      const found = await twilioSender(provider.url, { connections: 40, deadlineMs: 5_000 }).findAll!(many);
      expect(found.size).toBe(40);
      expect(provider.seen).toHaveLength(40);
      expect(most).toBe(8);
    });

    it('When the time for it is over, then what was not asked about is left out, and not taken for missing', async () => {
      const numbers = Array.from({ length: 20 }, (_, i) => message({ id: `id-${i}`, to: `+4477009${10_000 + i}` }));
      provider.follow(pages([[]]));
      const sender = twilioSender(provider.url);
      expect(await sender.findAll!(numbers, Date.now())).toEqual(new Map());
      expect(provider.seen).toEqual([]);

      // The first eight are asked about, and answered after the time.
      let until = Date.now() + 300;
      provider.follow((response, seen) => {
        setTimeout(() => pages([[]])(response, seen), until - Date.now() + 20);
      });
      const found = await sender.findAll!(numbers, until);
      expect([...found.keys()]).toEqual(numbers.slice(0, 8).map(({ id }) => id));

      // Not in the listing of its number, and there was no time to ask for it by its SID.
      until = Date.now() + 300;
      const moved = { ...message({ id: 'moved' }), providerId: 'SM-moved' };
      expect(await sender.findAll!([moved], until)).toEqual(new Map());
    });

    it('When one number cannot be asked about, then nothing is said of any', async () => {
      provider.follow((response, seen) =>
        seen.path.includes('900999') ? raw(503, CANARIES.mobile)(response, seen) : pages([[wanted]])(response, seen),
      );
      const both = [message(), message({ id: 'other', to: '+447700900999' })];
      const error = await twilioSender(provider.url).findAll!(both).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LookUpError);
      expectNoCanary(error);
    });

    it.each<[string, Script, string]>([
      ['refuses', json(401, { code: 20003, message: CANARIES.mobile }), 'http-401'],
      ['is busy', json(429, { code: 20429 }), 'http-429'],
      ['is broken', raw(503, CANARIES.mobile), 'http-503'],
      ['answers with something else', json(200, { message: CANARIES.mobile }), 'http-200'],
      ['answers with broken JSON', raw(200, `{"messages":[{"to":"${CANARIES.mobile}`), 'http-200'],
      [
        'answers with messages of another kind',
        json(200, { messages: [{ sid: 1, body: { to: CANARIES.mobile } }] }),
        'unexpected-error',
      ],
      ['closes the connection', (response) => response.destroy(), 'in-doubt: UND_ERR_SOCKET'],
      ['never answers', () => {}, 'in-doubt: deadline'],
    ])('When the provider %s, then it throws an error without anybody in it', async (_, script, reason) => {
      provider.follow(script);
      const sender = twilioSender(provider.url, reason.endsWith('deadline') ? { deadlineMs: DEADLINE_MS } : {});
      const error = await sender.lookUp!(message()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LookUpError);
      expect(everythingOf(error)).toContain(`Twilio could not be asked for its messages (${reason}).`);
      expectNoCanary(error);
    });
  });
});
