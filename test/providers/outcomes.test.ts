import { freePort } from '../../local/servers/ports';
import type { Channel } from '../../contract/invitation';
import { providerReason } from '../../domain/provider-answers/provider-reason';
import type { SendOutcome } from '../../providers/sender';
import type { ScriptedProvider, Script } from './scripted-provider';
import { json, raw, startScriptedProvider, startTcp } from './scripted-provider';
import { CANARIES, DEADLINE_MS, expectNoCanary, message, sendDeadline, sendGridSender, twilioSender } from './senders';

type Case = [name: string, script: Script, outcome: Omit<SendOutcome, 'retryAfterMs'> & { retryAfterMs?: unknown }];

/** Both providers like to repeat what they refuse. */
const LEAKY = `'${CANARIES.mobile}' <${CANARIES.email}> ${CANARIES.firstName} ${CANARIES.token} is not allowed`;
const HTML = `<html><body>${LEAKY}</body></html>`;

const twilioError = (status: number, code: number, headers: Record<string, string> = {}): Script =>
  json(status, { code, message: LEAKY, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);
const twilioProblem = (status: number, code: number): Script =>
  json(
    status,
    { type: 'about:blank', title: LEAKY, status, code, detail: LEAKY },
    { 'Content-Type': 'application/problem+json' },
  );
const sendGridError = (status: number, field: string | null = null, headers: Record<string, string> = {}): Script =>
  json(status, { errors: [{ message: LEAKY, field, help: null }] }, headers);
const sent = (body: string): Script => raw(201, body, { 'Content-Type': 'application/json' });

const rejected = (code: string, providerCode: string) =>
  ({ kind: 'rejected', code: `invitation.${code}`, providerCode }) as SendOutcome;
const stopped = (code: string, providerCode: string) =>
  ({ kind: 'stopped', code: `invitation.${code}`, providerCode }) as SendOutcome;
const busy = (providerCode: string, retryAfterMs?: unknown) =>
  ({ kind: 'busy', providerCode, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }) as const;
const ambiguous = (cause: string): SendOutcome => ({ kind: 'ambiguous', cause });

const TWILIO: Case[] = [
  ['21211 number not valid', twilioError(400, 21211), rejected('address-refused', '21211')],
  ['21211 in the newer form of errors', twilioProblem(400, 21211), rejected('address-refused', '21211')],
  ['21408 country not enabled', twilioError(400, 21408), rejected('country-not-enabled', '21408')],
  ['21408 with status 403', twilioError(403, 21408), rejected('country-not-enabled', '21408')],
  ['21265 short code', twilioError(400, 21265), rejected('address-refused', '21265')],
  ['21268 premium number', twilioError(400, 21268), rejected('address-refused', '21268')],
  ['21610 opted out', twilioError(400, 21610), rejected('opted-out', '21610')],
  ['21612 no route', twilioError(400, 21612), rejected('sender-not-for-number', '21612')],
  ['21614 not a mobile', twilioError(400, 21614), rejected('not-reachable', '21614')],
  ['21635 landline', twilioError(400, 21635), rejected('not-reachable', '21635')],
  ['an unknown 21xxx', twilioError(400, 21999), rejected('address-refused', '21999')],
  ['an unknown code with 400', twilioError(400, 63999), rejected('not-reachable', '63999')],
  ['400 without a code', json(400, { message: LEAKY }), rejected('not-reachable', 'http-400')],
  ['400 with HTML', raw(400, HTML), rejected('not-reachable', 'http-400')],
  ['21212 sender not valid', twilioError(400, 21212), stopped('sender-refused', '21212')],
  ['21606 sender cannot send here', twilioError(400, 21606), rejected('sender-not-for-number', '21606')],
  ['21606 with status 403', twilioError(403, 21606), rejected('sender-not-for-number', '21606')],
  ['21657 name not for this country', twilioError(400, 21657), rejected('sender-not-for-number', '21657')],
  ['21659 short code of another country', twilioError(400, 21659), rejected('sender-not-for-number', '21659')],
  ['21661 sender without SMS', twilioError(400, 21661), stopped('sender-refused', '21661')],
  ['21264 sender not verified', twilioError(400, 21264), stopped('sender-refused', '21264')],
  ['21660 sender of another account', twilioError(400, 21660), stopped('sender-refused', '21660')],
  ['21703 no number for this one', twilioError(400, 21703), rejected('sender-not-for-number', '21703')],
  ['21704 messaging service without numbers', twilioError(400, 21704), stopped('sender-refused', '21704')],
  ['21705 messaging service of another account', twilioError(404, 21705), stopped('sender-refused', '21705')],
  ['30018 name not registered there', twilioError(400, 30018), rejected('country-not-enabled', '30018')],
  ['30032 toll-free number not verified', twilioError(400, 30032), rejected('sender-not-for-number', '30032')],
  ['30034 sender not registered', twilioError(400, 30034), rejected('sender-not-for-number', '30034')],
  ['30023 daily cap of one telephone company', twilioError(400, 30023), rejected('undelivered', '30023')],
  ['30007 filtered', twilioError(400, 30007), rejected('filtered', '30007')],
  ['30450 blocked for a while', twilioError(403, 30450), rejected('undelivered', '30450')],
  ['30610 not at this hour', twilioError(400, 30610), rejected('refused-at-night', '30610')],
  ['63003 nobody on the channel', twilioError(400, 63003), rejected('address-refused', '63003')],
  ['63007 sender of another kind', twilioError(400, 63007), stopped('sender-refused', '63007')],
  ['63018 too fast', twilioError(429, 63018), busy('63018')],
  ['an unknown 30xxx with status 403', twilioError(403, 30999), rejected('not-reachable', '30999')],
  ['an unknown 63xxx with status 404', twilioError(404, 63999), rejected('not-reachable', '63999')],
  ['an unknown 57xxxx with status 403', twilioError(403, 572999), rejected('not-reachable', '572999')],
  ['an unknown code with status 401', twilioError(401, 30999), stopped('key-refused', '30999')],
  ['an unknown code with status 403', twilioError(403, 90999), stopped('account-stopped', '90999')],
  ['21602 no text', twilioError(400, 21602), rejected('message-refused', '21602')],
  ['21617 body too long', twilioError(400, 21617), rejected('message-refused', '21617')],
  ['20003 wrong credentials', twilioError(401, 20003), stopped('key-refused', '20003')],
  ['401 without a body', raw(401), stopped('key-refused', 'http-401')],
  ['20008 test credentials', twilioError(403, 20008), stopped('key-refused', '20008')],
  ['21609 address for reports', twilioError(400, 21609), stopped('message-refused', '21609')],
  ['21618 text not sent', twilioError(400, 21618), rejected('message-refused', '21618')],
  ['30002 account suspended', twilioError(400, 30002), stopped('account-stopped', '30002')],
  ['20005 account not active', twilioError(401, 20005), stopped('account-stopped', '20005')],
  ['10001 account suspended', twilioError(400, 10001), stopped('account-stopped', '10001')],
  ['20403 account not active', twilioError(403, 20403), stopped('account-stopped', '20403')],
  ['20404 no such account', twilioError(404, 20404), stopped('account-stopped', '20404')],
  ['21608 number not verified on trial', twilioError(400, 21608), rejected('sender-not-for-number', '21608')],
  ['572005 number not yet verified', twilioError(400, 572005), rejected('sender-not-for-number', '572005')],
  ['90010 account not active', twilioError(403, 90010), stopped('account-stopped', '90010')],
  ['20410 discontinued API', twilioError(410, 20410), stopped('account-stopped', '20410')],
  ['403 with HTML', raw(403, HTML), stopped('account-stopped', 'http-403')],
  [
    'a redirect to elsewhere',
    raw(308, '', { Location: 'http://127.0.0.1:1/' }),
    stopped('account-stopped', 'http-308'),
  ],
  ['20429 with Retry-After', twilioError(429, 20429, { 'Retry-After': '3' }), busy('20429', 3_000)],
  ['20429 with a Retry-After of days', twilioError(429, 20429, { 'Retry-After': '999999' }), busy('20429', 3_600_000)],
  ['20429 with a Retry-After of nonsense', twilioError(429, 20429, { 'Retry-After': 'soon' }), busy('20429')],
  ['21730 maintenance', twilioError(400, 21730), busy('21730')],
  ['20429 without Retry-After', twilioError(429, 20429), busy('20429')],
  ['429 with HTML', raw(429, HTML, { 'Retry-After': '2' }), busy('http-429', 2_000)],
  ['429 with a code about the recipient', twilioError(429, 21211), busy('http-429')],
  ['21611 queue of the sender full', twilioError(400, 21611), busy('21611')],
  ['20500', twilioError(500, 20500), ambiguous('20500')],
  ['20503', twilioError(503, 20503, { 'Retry-After': '3' }), ambiguous('20503')],
  ['500 with a code about the recipient', twilioError(500, 21211), ambiguous('http-500')],
  ['502 with HTML', raw(502, HTML), ambiguous('http-502')],
  ['504 without a body', raw(504), ambiguous('http-504')],
  ['408', raw(408), ambiguous('http-408')],
  ['a redirect after a form', raw(303, '', { Location: 'http://127.0.0.1:1/' }), ambiguous('http-303')],
  ['201 with broken JSON', sent(`{"sid":"SM1","to":"${CANARIES.mobile}","body`), ambiguous('http-201')],
  ['201 without a sid', sent(`{"body":"${CANARIES.firstName}"}`), ambiguous('http-201')],
  ['201 with something else', sent('[]'), ambiguous('http-201')],
  ['201 without a body', sent(''), ambiguous('http-201')],
  ['200 with HTML', raw(200, HTML), ambiguous('http-200')],
];

const SENDGRID: Case[] = [
  [
    '400 about the recipient',
    sendGridError(400, 'personalizations.0.to.0.email'),
    rejected('address-refused', 'http-400-recipient'),
  ],
  [
    '400 about the recipient as a whole',
    sendGridError(400, 'personalizations.0'),
    rejected('address-refused', 'http-400-recipient'),
  ],
  [
    '400 about the recipient in brackets',
    sendGridError(400, 'personalizations[0].to'),
    rejected('address-refused', 'http-400-recipient'),
  ],
  [
    '400 about the values of the recipient',
    sendGridError(400, 'personalizations.0.substitutions'),
    rejected('message-refused', 'http-400-values'),
  ],
  [
    '400 about a recipient that is not there',
    sendGridError(400, 'personalizations.7.to'),
    rejected('message-refused', 'http-400-alone'),
  ],
  ['400 about all recipients', sendGridError(400, 'personalizations'), rejected('message-refused', 'http-400-alone')],
  ['400 about the sender', sendGridError(400, 'from.email'), stopped('sender-refused', 'http-400-sender')],
  ['400 about the reply address', sendGridError(400, 'reply_to'), stopped('sender-refused', 'http-400-sender')],
  ['400 about the subject', sendGridError(400, 'subject'), stopped('message-refused', 'http-400')],
  ['400 about the content', sendGridError(400, 'content.0.value'), stopped('message-refused', 'http-400')],
  [
    '400 about the sender, without a field',
    json(400, { errors: [{ message: 'The from email does not contain a valid address.', field: null }] }),
    stopped('sender-refused', 'http-400-sender'),
  ],
  ['400 without a field', sendGridError(400), rejected('message-refused', 'http-400-alone')],
  ['400 with an empty field', sendGridError(400, ''), rejected('message-refused', 'http-400-alone')],
  ['400 with HTML', raw(400, HTML), rejected('message-refused', 'http-400-alone')],
  ['400 with errors of another shape', json(400, { errors: LEAKY }), rejected('message-refused', 'http-400-alone')],
  ['401 wrong key', sendGridError(401), stopped('key-refused', 'http-401')],
  [
    '401 credits used up',
    json(401, { errors: [{ message: 'Maximum credits exceeded', field: null, help: null }] }),
    stopped('credits-exhausted', 'http-401-credits'),
  ],
  ['401 with HTML', raw(401, HTML), stopped('key-refused', 'http-401')],
  [
    '403 sender identity, without a field',
    json(403, { errors: [{ message: `The from address does not match a verified Sender Identity. ${LEAKY}` }] }),
    stopped('sender-refused', 'http-403-sender'),
  ],
  [
    '403 key without the right to send',
    json(403, { errors: [{ message: 'access forbidden', field: null, help: null }] }),
    stopped('key-refused', 'http-403-scope'),
  ],
  ['403 about the sender', sendGridError(403, 'from'), stopped('sender-refused', 'http-403-sender')],
  ['403 temporary block', sendGridError(403), stopped('account-stopped', 'http-403')],
  ['404', sendGridError(404), stopped('account-stopped', 'http-404')],
  ['413 with HTML', raw(413, HTML), rejected('message-refused', 'http-413-alone')],
  ['422 without a field', sendGridError(422), rejected('message-refused', 'http-422-alone')],
  ['415', sendGridError(415), stopped('message-refused', 'http-415')],
  [
    '429 with X-RateLimit-Reset',
    (response, seen) => sendGridError(429, null, { 'X-RateLimit-Reset': inSeconds(5) })(response, seen),
    busy('http-429', expect.any(Number)),
  ],
  [
    '429 with X-RateLimit-Reset of another century',
    sendGridError(429, null, { 'X-RateLimit-Reset': '4102444800' }),
    busy('http-429', 3_600_000),
  ],
  [
    '429 with X-RateLimit-Reset in the past',
    sendGridError(429, null, { 'X-RateLimit-Reset': '1700000000' }),
    busy('http-429', 0),
  ],
  ['429 with Retry-After', sendGridError(429, null, { 'Retry-After': '9' }), busy('http-429', 9_000)],
  ['429 without a header', sendGridError(429), busy('http-429')],
  ['500', sendGridError(500), ambiguous('http-500')],
  ['500 about the recipient', sendGridError(500, 'personalizations.0.to'), ambiguous('http-500')],
  ['503 with HTML', raw(503, HTML, { 'Retry-After': '3' }), ambiguous('http-503')],
  ['408', raw(408), ambiguous('http-408')],
  ['200 of the sandbox mode', raw(200, '', { 'X-Message-Id': 'abc' }), stopped('message-refused', 'http-200')],
  ['202 without an id', raw(202), ambiguous('http-202')],
  ['204', raw(204, '', { 'X-Message-Id': 'abc' }), ambiguous('http-204')],
];

const inSeconds = (seconds: number): string => String(Math.ceil(Date.now() / 1000) + seconds);

const CHANNELS = [
  { name: 'Twilio', channel: 'sms', sender: twilioSender, to: CANARIES.mobile, cases: TWILIO },
  { name: 'SendGrid', channel: 'email', sender: sendGridSender, to: CANARIES.email, cases: SENDGRID },
] as const;

/** Besides being as the table says: there are words for support staff, and nobody and no key is in any of it. */
function expectOutcome(channel: Channel, outcomes: SendOutcome[], expected: Case[2]): void {
  expect(outcomes).toEqual([expected]);
  const [outcome] = outcomes;
  const words = providerReason(channel, outcomeCode(outcome!));
  expect(words).toMatch(/^[A-Z][^\n]*\.$/);
  expectNoCanary([outcomes, words]);
}

function outcomeCode(outcome: SendOutcome): string {
  if (outcome.kind === 'accepted') throw new Error('expected something else than a success');
  return outcome.kind === 'ambiguous' ? outcome.cause : outcome.providerCode;
}

describe.each(CHANNELS)('what became of a send through $name', ({ channel, sender, to, cases }) => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());

  it.each(cases)(
    'When the answer is %s, then the outcome is as the table says, after one request',
    async (_, script, outcome) => {
      provider.follow(script);
      const outcomes = await sender(provider.url).send([message({ to })], sendDeadline());
      expectOutcome(channel, outcomes, outcome);
      expect(provider.seen).toHaveLength(1);
    },
  );

  it('When nobody listens, then the provider counts as busy', async () => {
    const outcomes = await sender(`http://127.0.0.1:${await freePort()}`).send([message({ to })], sendDeadline());
    expectOutcome(channel, outcomes, busy('ECONNREFUSED'));
  });

  it('When TLS cannot be agreed, then the provider counts as busy', async () => {
    const plain = await startTcp((socket) => socket.resetAndDestroy());
    expectOutcome(
      channel,
      await sender(`https://127.0.0.1:${plain.port}`).send([message({ to })], sendDeadline()),
      busy('ECONNRESET'),
    );
    await plain.close();
  });

  it('When the connection closes instead of an answer, then the outcome is ambiguous', async () => {
    provider.follow((response) => response.destroy());
    const outcomes = await sender(provider.url).send([message({ to })], sendDeadline());
    expectOutcome(channel, outcomes, ambiguous('UND_ERR_SOCKET'));
    expect(provider.seen).toHaveLength(1);
  });

  it('When the connection is reset instead of an answer, then the outcome is ambiguous', async () => {
    let requests = 0;
    const server = await startTcp((socket) =>
      socket.once('data', () => {
        requests++;
        socket.resetAndDestroy();
      }),
    );
    const outcomes = await sender(`http://127.0.0.1:${server.port}`).send([message({ to })], sendDeadline());
    expectOutcome(channel, outcomes, ambiguous('ECONNRESET'));
    expect(requests).toBe(1);
    await server.close();
  });

  it('When a success breaks off in the middle, then the outcome is ambiguous', async () => {
    const head = 'HTTP/1.1 202 Accepted\r\nX-Message-Id: abc\r\nContent-Length: 99\r\n\r\n{"sid":"SM1"';
    let requests = 0;
    const server = await startTcp((socket) =>
      socket.once('data', () => {
        requests++;
        socket.end(head);
      }),
    );
    const outcomes = await sender(`http://127.0.0.1:${server.port}`).send([message({ to })], sendDeadline());
    expectOutcome(channel, outcomes, ambiguous('UND_ERR_SOCKET'));
    expect(requests).toBe(1);
    await server.close();
  });

  it.each<[string, Script]>([
    ['never answers', () => {}],
    [
      'drips its answer for ever',
      (response) => {
        response.writeHead(202, { 'X-Message-Id': 'abc' });
        const dripping = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(dripping));
      },
    ],
  ])('When the provider %s, then the outcome is ambiguous soon after the deadline', async (_, script) => {
    provider.follow(script);
    const started = performance.now();
    const outcomes = await sender(provider.url).send([message({ to })], sendDeadline({ deadlineMs: DEADLINE_MS }));
    expectOutcome(channel, outcomes, ambiguous('deadline'));
    expect(provider.seen).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 5_000);
  });

  it('When the provider answers nobody, then those without a connection are known not to have been sent', async () => {
    provider.follow(() => {});
    const single = sender(provider.url, { connections: 1 });
    const send = (deadlineMs: number) => single.send([message({ to })], sendDeadline({ deadlineMs }));
    // The second one ends first: at the same moment it might just get the connection that the first one leaves.
    const outcomes = await Promise.all([send(DEADLINE_MS), send(DEADLINE_MS / 2)]);
    expect(outcomes).toEqual([[ambiguous('deadline')], [busy('deadline')]]);
    expect(provider.seen).toHaveLength(1);
  });
});

describe('a configuration of which no request can be made', () => {
  it('When a key cannot stand in a header, then everything stops instead of being tried for ever', async () => {
    const sender = sendGridSender('http://127.0.0.1:1', { apiKey: 'SG.canary\nkey' });
    expect(await sender.send([message({ to: CANARIES.email })], sendDeadline())).toEqual([
      stopped('key-refused', 'invalid-request'),
    ]);
  });
});
