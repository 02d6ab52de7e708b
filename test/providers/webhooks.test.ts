import twilio from 'twilio';
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { providerReason } from '../../domain/provider-answers/provider-reason';
import { ConfigError, loadConfig } from '../../platform/config';
import { createSendGridReader } from '../../providers/sendgrid-webhook';
import { createTwilioReader } from '../../providers/twilio-webhook';
import { createWebhookReaders } from '../../providers/webhooks';

const BASE = 'https://api.example.com';
const TOKEN = 'the-auth-token';
const INVITATION = '0b7e:17:sms:1';
const PATH = `/v1/webhooks/twilio?invitation=${encodeURIComponent(INVITATION)}`;

type Form = Record<string, string>;

const signature = (url: string, form: Form, token = TOKEN): string =>
  twilio.getExpectedTwilioSignature(token, url, form);

describe('What Twilio tells', () => {
  const reader = createTwilioReader({ baseUrl: BASE, authToken: TOKEN });
  const status = (MessageStatus: string, more: Form = {}): Form => ({
    AccountSid: 'AC1',
    MessageSid: 'SM1',
    MessageStatus,
    To: '+12035550100',
    ...more,
  });
  const read = (form: Form, { url = PATH, signed = signature(BASE + PATH, form), headers = {}, body = form } = {}) =>
    reader.read({
      url,
      headers: { 'x-twilio-signature': signed, ...headers },
      rawBody: Buffer.from(new URLSearchParams(body).toString()),
    });

  test.each([
    ['queued', 'accepted'],
    ['sending', 'accepted'],
    ['sent', 'accepted'],
    ['delivered', 'delivered'],
  ])('When it says %s, then the invitation is %s', (MessageStatus, kind) => {
    expect(read(status(MessageStatus))).toEqual([
      { eventId: `SM1:${MessageStatus}`, channel: 'sms', kind, invitationId: INVITATION, providerId: 'SM1' },
    ]);
  });

  test.each([
    ['undelivered', '30003', 'invitation.undelivered'],
    ['undelivered', '30005', 'invitation.bounced'],
    ['undelivered', '30006', 'invitation.bounced'],
    ['undelivered', '30007', 'invitation.filtered'],
    ['undelivered', '30008', 'invitation.undelivered'],
    ['failed', '21610', 'invitation.opted-out'],
    ['failed', '30002', 'invitation.account-stopped'],
    ['failed', '30034', 'invitation.sender-not-for-number'],
    ['failed', '30022', 'invitation.provider-unavailable'],
    // An answer with this code would leave it open; a report does not.
    ['failed', '20500', 'invitation.undelivered'],
    ['failed', '39999', 'invitation.undelivered'],
  ])('When it says %s with the code %s, then the invitation bounced as %s', (MessageStatus, ErrorCode, code) => {
    expect(read(status(MessageStatus, { ErrorCode }))).toMatchObject([
      { kind: 'bounced', code, providerCode: ErrorCode },
    ]);
  });

  test('When it says failed and not why, then the invitation bounced and no code is made up', () => {
    const [report] = read(status('failed')) as object[];
    expect(report).toMatchObject({ kind: 'bounced', code: 'invitation.undelivered' });
    expect(report).not.toHaveProperty('providerCode');
  });

  test.each([
    [{ OptOutType: 'STOP', Body: 'Arrêt' }, 'opted-out'],
    [{ OptOutType: 'START', Body: 'Oui' }, 'opted-in'],
    [{ Body: ' Stop\n' }, 'opted-out'],
    [{ Body: 'START' }, 'opted-in'],
  ])('When a person writes %j, then they have %s', (more, kind) => {
    const form = { MessageSid: 'SM2', From: '+12035550100', SmsStatus: 'received', ...more };
    expect(read(form)).toEqual([{ eventId: 'SM2', channel: 'sms', kind, address: '+12035550100' }]);
  });

  test.each([
    [{ MessageSid: 'SM2', From: '+12035550100', Body: 'please stop it' }],
    [{ MessageSid: 'SM2', From: '+12035550100', Body: 'help', OptOutType: 'HELP' }],
    [{ MessageSid: 'SM1', MessageStatus: 'a-new-status' }],
    [{ MessageSid: 'SM1', MessageStatus: 'constructor' }],
    [{}],
  ])('When it says %j, then that tells nothing', (form) => {
    expect(read(form as Form)).toEqual([]);
  });

  test('When a form has a field twice, then the signature is checked as Twilio makes it, and the field tells nothing', () => {
    const body = 'MessageSid=SM1&MessageStatus=sent&MessageStatus=delivered';
    const signed = createHmac('sha1', TOKEN)
      .update(`${BASE + PATH}MessageSidSM1MessageStatusdeliveredMessageStatussent`)
      .digest('base64');
    const headers = { 'x-twilio-signature': signed };
    expect(reader.read({ url: PATH, headers, rawBody: Buffer.from(body) })).toEqual([]);
  });

  const form = status('delivered');
  test.each<[string, Parameters<typeof read>[1]]>([
    ['has no signature', { signed: '' }],
    ['has the signature of another token', { signed: signature(BASE + PATH, form, 'another') }],
    ['is for another invitation', { url: PATH.replace('17', '18') }],
    ['is for another path', { url: PATH.replace('twilio', 'Twilio') }],
    ['is signed for another host', { signed: signature(`https://evil.example${PATH}`, form) }],
    [
      'is signed for the host that its headers name',
      {
        signed: signature(`https://evil.example${PATH}`, form),
        headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      },
    ],
    ['says something else than was signed', { body: { ...form, MessageStatus: 'failed' } }],
    ['says more than was signed', { body: { ...form, ErrorCode: '30005' } }],
    ['is not of this world', { url: '//[' }],
  ])('When a report %s, then it is forged', (_how, change) => {
    expect(read(form, change)).toBe('forged');
  });

  test('When headers name another host and the signature is for our address, then it counts', () => {
    expect(read(form, { headers: { host: '10.0.0.1:3000', 'x-forwarded-host': 'other' } })).toHaveLength(1);
  });
});

const anySignature = 'A'.repeat(27) + '=';

/** The least of several runs: a busy machine only adds to it. */
function leastMs(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const since = performance.now();
    work();
    return performance.now() - since;
  });
  return Math.min(...times);
}

describe('Reports that nobody has signed', () => {
  const reader = createTwilioReader({ baseUrl: BASE, authToken: TOKEN });

  test.each([undefined, '', 'x', 'A'.repeat(28), `${'A'.repeat(28)}=`, 'A'.repeat(20_000), `${'é'.repeat(27)}=`])(
    'The signature %p is refused by its form alone',
    (signed) => {
      expect(reader.isSignatureLike({ 'x-twilio-signature': signed })).toBe(false);
    },
  );

  test('A signature of the form of Twilio is looked at, one that came twice is not', () => {
    expect(reader.isSignatureLike({ 'x-twilio-signature': anySignature })).toBe(true);
    expect(reader.isSignatureLike({ 'x-twilio-signature': [anySignature, anySignature] })).toBe(false);
  });

  const FULL = 64 * 1024;
  test.each([
    ['as many fields as fit', Array.from({ length: FULL / 2 }, () => 'a').join('&')],
    ['as many different fields as fit', Array.from({ length: 12_000 }, (_, i) => i.toString(36)).join('&')],
    ['nothing but separators', '&'.repeat(FULL)],
    ['one field many times', 'a=1&'.repeat(FULL / 4)],
    ['200 fields, all of one name', `a=${'%41'.repeat(100)}&`.repeat(199)],
    ['one field of escapes', `a=${'%'.repeat(FULL - 2)}`],
    ['one field of letters', `a=${'%F0%9F%92%A5'.repeat(FULL / 13)}`],
  ])('A body of 64 KB with %s holds the event loop for less than 10 ms', (_what, body) => {
    const rawBody = Buffer.from(body);
    expect(rawBody.length).toBeLessThanOrEqual(FULL);
    const read = () => reader.read({ url: PATH, headers: { 'x-twilio-signature': anySignature }, rawBody });
    expect(['forged', 'oversized']).toContain(read());
    expect(leastMs(read)).toBeLessThan(10);
  });

  test('A report of 200 fields is read, one of 201 is too large even if it is signed', () => {
    const withFields = (count: number) => {
      const fields = Array.from({ length: count - 2 }, (_, i): [string, string] => [`Field${i}`, 'x']);
      const form = { MessageSid: 'SM1', MessageStatus: 'sent', ...Object.fromEntries(fields) };
      const headers = { 'x-twilio-signature': signature(BASE + PATH, form) };
      return reader.read({ url: PATH, headers, rawBody: Buffer.from(new URLSearchParams(form).toString()) });
    };
    expect(withFields(200)).toHaveLength(1);
    expect(withFields(201)).toBe('oversized');
  });

  test('300 signed reports take less than a third of their second', () => {
    const form = {
      AccountSid: 'AC1',
      MessageSid: 'SM1',
      MessageStatus: 'sent',
      To: '+12035550100',
      From: '+12025550100',
    };
    const headers = { 'x-twilio-signature': signature(BASE + PATH, form) };
    const rawBody = Buffer.from(new URLSearchParams(form).toString());
    const burst = () => {
      for (let i = 0; i < 300; i++) expect(reader.read({ url: PATH, headers, rawBody })).toHaveLength(1);
    };
    expect(leastMs(burst)).toBeLessThan(333);
  });
});

describe('What SendGrid tells', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const NOW = Date.parse('2026-11-23T12:00:00Z');
  const HOUR = 3_600_000;
  const reader = createSendGridReader({ publicKey: shown, now: () => NOW });
  const seconds = (ms: number): string => `${Math.floor(ms / 1000)}`;

  interface Change {
    at?: string;
    signedAt?: string;
    signedBody?: Buffer;
    key?: typeof privateKey;
  }

  function read(body: unknown, { at = seconds(NOW), signedAt, signedBody, key = privateKey }: Change = {}) {
    const rawBody = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const signed = sign('sha256', Buffer.concat([Buffer.from(signedAt ?? at), signedBody ?? rawBody]), key).toString(
      'base64',
    );
    return reader.read({
      url: '/v1/webhooks/sendgrid',
      headers: {
        'x-twilio-email-event-webhook-signature': signed,
        'x-twilio-email-event-webhook-timestamp': at,
      },
      rawBody,
    });
  }
  const event = (name: string, more: object = {}): object => ({
    event: name,
    email: 'somebody@example.com',
    timestamp: 1_795_000_000,
    sg_event_id: 'event-1',
    sg_message_id: 'XBg2anf2TqCy6WXKQFhieQ.filter0905p1mdw1-4434-59E0C6FF-3.7',
    invitation: '0b7e:17:email:1',
    ...more,
  });
  const about = {
    eventId: 'event-1',
    channel: 'email',
    at: new Date(1_795_000_000_000),
    invitationId: '0b7e:17:email:1',
    providerId: 'XBg2anf2TqCy6WXKQFhieQ.7',
  };

  test.each([
    ['processed', 'accepted'],
    ['deferred', 'accepted'],
    ['delivered', 'delivered'],
    ['unsubscribe', 'opted-out'],
    ['group_unsubscribe', 'opted-out'],
    ['spamreport', 'opted-out'],
    ['group_resubscribe', 'opted-in'],
  ])('When it says %s, then the invitation is %s', (name, kind) => {
    expect(read([event(name)])).toEqual([{ ...about, kind }]);
  });

  test.each([
    [{ type: 'bounce' }, 'invitation.bounced', 'bounce'],
    [{}, 'invitation.bounced', 'bounce'],
    [{ type: 'blocked' }, 'invitation.undelivered', 'blocked'],
    [{ type: 'blocked', bounce_classification: 'Technical' }, 'invitation.undelivered', 'blocked'],
    [{ type: 'blocked', bounce_classification: 'Content' }, 'invitation.filtered', 'blocked-content'],
    [{ type: 'blocked', bounce_classification: 'Reputation' }, 'invitation.filtered', 'blocked-reputation'],
    [{ type: 7, bounce_classification: null }, 'invitation.bounced', 'bounce'],
  ])('When it says bounce with %j, then it bounced as %s', (more, code, providerCode) => {
    expect(read([event('bounce', more)])).toEqual([{ ...about, kind: 'bounced', code, providerCode }]);
    expect(providerReason('email', providerCode)).toMatch(/^The mail system/);
  });

  test.each([
    ['Bounced Address', 'invitation.bounced', 'dropped-bounced'],
    ['Invalid', 'invitation.address-refused', 'dropped-invalid'],
    ['Invalid SMTPAPI header', 'invitation.filtered', 'dropped'],
    ['Spam Content (if spam checker app enabled)', 'invitation.filtered', 'dropped-content'],
    ['Recipient List over Package Quota', 'invitation.credits-exhausted', 'dropped-quota'],
    ['Something new', 'invitation.filtered', 'dropped'],
    [undefined, 'invitation.filtered', 'dropped'],
  ])('When it drops a mail because of %s, then it bounced as %s', (reason, code, providerCode) => {
    expect(read([event('dropped', { reason })])).toEqual([{ ...about, kind: 'bounced', code, providerCode }]);
    expect(providerReason('email', providerCode)).toContain('SendGrid');
  });

  test.each(['Unsubscribed Address', 'Spam Reporting Address', 'Group Unsubscribe'])(
    'When it drops a mail because of %s, then it bounced and the person wants no more',
    (reason) => {
      expect(read([event('dropped', { reason })])).toMatchObject([
        { ...about, kind: 'bounced', code: 'invitation.opted-out' },
        { ...about, kind: 'opted-out' },
      ]);
    },
  );

  test('When some events are not ours, or malformed, then the others count', () => {
    const body = [
      null,
      7,
      'delivered',
      [],
      event('delivered', { invitation: undefined }),
      event('delivered', { invitation: { $ne: null } }),
      event('delivered', { invitation: 'x'.repeat(300) }),
      event('delivered', { sg_event_id: 4 }),
      event('delivered', { timestamp: 'yesterday' }),
      event('delivered', { timestamp: 1e300 }),
      event('open'),
      event('click'),
      event('delivered', { sg_message_id: 5 }),
    ];
    const { eventId, channel, at, invitationId } = about;
    expect(read(body)).toEqual([{ eventId, channel, at, invitationId, kind: 'delivered' }]);
  });

  test.each([['{}'], ['null'], ['[1'], ['']])('When a signed body is %s, then it tells nothing', (body) => {
    expect(read(body)).toEqual([]);
  });

  test('When a body ends with a line break, or has bytes that are no text, then the signature is of the bytes', () => {
    expect(read(`${JSON.stringify([event('delivered')])}\r\n`)).toHaveLength(1);
    expect(read(Buffer.from([0x5b, 0xff, 0xfe, 0x5d]))).toEqual([]);
  });

  test.each([
    ['a day late', -24 * HOUR, 1],
    ['26 hours late', -26 * HOUR, 'forged'],
    ['four minutes early', 4 * 60_000, 1],
    ['an hour early', HOUR, 'forged'],
  ])('When a report comes %s, then it is judged by that', (_when, ms, expected) => {
    const result = read([event('delivered')], { at: seconds(NOW + ms) });
    expect(result === 'forged' ? result : result.length).toBe(expected);
  });

  test.each<[string, Parameters<typeof read>[1]]>([
    ['is signed with another key', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    ['was signed at another time', { signedAt: seconds(NOW - 1000) }],
    ['says something else than was signed', { signedBody: Buffer.from(JSON.stringify([event('bounce')])) }],
    ['has a time that is none', { at: '12e5' }],
    ['has no time', { at: '' }],
  ])('When a report %s, then SendGrid has not signed it', (_how, change) => {
    expect(read([event('delivered')], change)).toBe('forged');
  });

  test.each(['', 'x', 'AAAA', '💥'])('When the signature is "%s", then the report is forged', (signed) => {
    const headers = {
      'x-twilio-email-event-webhook-signature': signed,
      'x-twilio-email-event-webhook-timestamp': seconds(NOW),
    };
    expect(reader.read({ url: '/', headers, rawBody: Buffer.from('[]') })).toBe('forged');
    expect(reader.read({ url: '/', headers: {}, rawBody: Buffer.from('[]') })).toBe('forged');
  });

  test('When a thousand events come at once, then their signature costs the event loop no more than a few milliseconds', () => {
    const body = Buffer.from(JSON.stringify(Array.from({ length: 1000 }, (_, i) => event('open', { i }))));
    const times = Array.from({ length: 20 }, () => {
      const since = performance.now();
      read(body, { signedBody: Buffer.from('other') });
      return performance.now() - since;
    });
    expect(Math.min(...times)).toBeLessThan(4);
  });

  test.each([
    ['numbers', '1,'],
    ['empty lists', '[],'],
    ['almost events', '{"invitation":"a"},'],
    ['the shortest events', '{"event":"x","sg_event_id":"a","timestamp":1,"invitation":"a"},'],
    ['deep lists', '['],
  ])('A signed megabyte of %s holds the event loop for less than 50 ms', (_what, part) => {
    const inside = part.repeat(Math.floor((1024 * 1024 - 3) / part.length));
    const rawBody = Buffer.from(`[${inside}0]`);
    const headers = {
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.concat([Buffer.from(seconds(NOW)), rawBody]),
        privateKey,
      ).toString('base64'),
      'x-twilio-email-event-webhook-timestamp': seconds(NOW),
    };
    const readIt = () => reader.read({ url: '/', headers, rawBody });
    expect(readIt()).toBe('oversized');
    expect(leastMs(readIt)).toBeLessThan(50);
  });

  test('5,000 events at once hold the event loop for less than 50 ms, whatever is wrong with them', () => {
    for (const wrong of [{}, { event: 5 }, { timestamp: 'x', sg_event_id: null, event: [] }]) {
      const body = Buffer.from(JSON.stringify(Array.from({ length: 5000 }, () => ({ invitation: 'a', ...wrong }))));
      expect(read(body)).toEqual([]);
      expect(leastMs(() => read(body))).toBeLessThan(50);
    }
  });

  test('Without a signature of its form, or out of time, nothing is looked at', () => {
    const signed = 'A'.repeat(96);
    const at = (timestamp: string, signature = signed) =>
      reader.isSignatureLike({
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      });
    expect(at(seconds(NOW))).toBe(true);
    expect([at(''), at('12e5'), at(seconds(NOW - 26 * HOUR)), at(seconds(NOW), ''), at(seconds(NOW), 'x y')]).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });

  test('When the key in the settings is none, then nothing is served with it', () => {
    expect(() => createSendGridReader({ publicKey: 'no key' })).toThrow(ConfigError);
    expect(createPublicKey({ key: Buffer.from(shown, 'base64'), format: 'der', type: 'spki' }).type).toBe('public');
  });
});

describe('The readers', () => {
  const settings = { TWILIO_AUTH_TOKEN: TOKEN, WEBHOOK_URL: `${BASE}/` };

  test('When nothing is set up, then no reports are taken', () => {
    expect(createWebhookReaders(loadConfig({}))).toEqual({});
    expect(createWebhookReaders(loadConfig({ TWILIO_AUTH_TOKEN: TOKEN }))).toEqual({});
  });

  test('When the public address ends with a stroke, then Twilio is believed all the same', () => {
    const { twilio: reader } = createWebhookReaders(loadConfig(settings));
    const form = { MessageSid: 'SM1', MessageStatus: 'sent' };
    const headers = { 'x-twilio-signature': signature(BASE + PATH, form) };
    const rawBody = Buffer.from(new URLSearchParams(form).toString());
    expect(reader!.read({ url: PATH, headers, rawBody })).toHaveLength(1);
  });
});
