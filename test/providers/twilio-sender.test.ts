import { LookUpError } from '../../providers/twilio-sender';
import type { ScriptedProvider, Script } from './scripted-provider';
import { json, raw, startScriptedProvider } from './scripted-provider';
import { ACCOUNT_SID, CANARIES, everythingOf, expectNoCanary, message, twilioSender } from './senders';

const RESOURCE = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;

describe('the Twilio sender', () => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());

  it('When it sends, then Twilio gets recipient, sender and text with the account’s credentials', async () => {
    provider.follow(json(201, { sid: 'SM0001' }));
    expect(await twilioSender(provider.url).send([message()])).toEqual([{ kind: 'accepted', providerId: 'SM0001' }]);
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
    await sender.send([message({ firstName: 'Zoë & Łukasz' })]);
    const fields = new URLSearchParams(provider.seen[0]!.body);
    expect([...fields.keys()].sort()).toEqual(['Body', 'MessagingServiceSid', 'To']);
    expect(fields.get('MessagingServiceSid')).toBe('MG0001');
    expect(fields.get('Body')).toContain('Hello Zoë & Łukasz, ');
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
      const error = await twilioSender(provider.url).lookUp!(message()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LookUpError);
      expect(everythingOf(error)).toContain(`Twilio could not be asked for its messages (${reason}).`);
      expectNoCanary(error);
    });
  });
});
