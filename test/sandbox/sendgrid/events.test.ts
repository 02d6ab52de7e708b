import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';
import type { MailDataRequired } from '@sendgrid/mail';
import { createHash } from 'node:crypto';
import { useReceiver } from '../support/receiver';
import type { Received } from '../support/receiver';
import {
  callbacksOf,
  control,
  ledgerOf,
  planOutcome,
  planFault,
  sendGridAt,
  until,
  useSandbox,
} from '../support/sandbox';

const sandbox = useSandbox();
const receiver = useReceiver();
const PATH = '/v1/webhooks/sendgrid';

type Event = Record<string, string | number>;
interface Webhooks {
  publicKey: string;
  webhooks: { account: string | null; url: string }[];
}
const register = (body: object) => control<Webhooks>(sandbox.url(), '/__webhooks', 'PUT', body);
beforeEach(() => register({ url: receiver.url(PATH) }));

const mail = async (emails: string[], key?: string): Promise<string> => {
  const request: MailDataRequired = {
    from: 'invitations@example.com',
    subject: 'Hello',
    text: 'Join',
    personalizations: emails.map((to, i) => ({ to, customArgs: { invitation: `file:${i}:email:1` } })),
  };
  const [response] = await sendGridAt(sandbox.url(), key).send(request);
  return (response.headers as Record<string, string>)['x-message-id']!;
};

const eventsIn = (all: readonly Received[]): Event[] => all.flatMap(({ body }) => JSON.parse(body) as Event[]);
const names = (all: readonly Received[]) => eventsIn(all).map(({ event }) => event);
const untilEvents = async (count: number): Promise<Event[]> => {
  await until(async () => eventsIn(receiver.received()).length >= count);
  return eventsIn(receiver.received());
};

/** Until nothing is under way any more. */
const settled = () => until(async () => (await callbacksOf(sandbox.url())).every(({ done }) => done));
afterEach(settled);

test('When mails are accepted, then their events come with our own fields beside those of SendGrid', async () => {
  const before = Math.floor(Date.now() / 1000);
  const id = await mail(['ann@example.com', 'bob@example.com']);
  const events = await untilEvents(4);

  const ofBob = events.filter(({ email }) => email === 'bob@example.com');
  expect(ofBob).toEqual(
    ['processed', 'delivered'].map((event) => ({
      event,
      email: 'bob@example.com',
      invitation: 'file:1:email:1',
      timestamp: expect.any(Number) as number,
      'smtp-id': expect.stringContaining(id) as string,
      sg_event_id: expect.any(String) as string,
      sg_message_id: expect.stringMatching(new RegExp(`^${id}\\.filter.*\\.1$`)) as string,
      ...(event === 'delivered' && { response: '250 2.0.0 OK' }),
    })),
  );
  expect(ofBob[0]!['timestamp']).toBeGreaterThanOrEqual(before);
  expect(ofBob[0]!['timestamp']).toBeLessThanOrEqual(Date.now() / 1000);
  expect(new Set(events.map((event) => event['sg_event_id'])).size).toBe(4);
  expect(receiver.received().length).toBeLessThan(4);
  await settled();
  const [first] = await callbacksOf(sandbox.url(), '?to=bob@example.com');
  expect(first).toMatchObject({
    provider: 'sendgrid',
    id: `${id}.1`,
    event: 'processed',
    invitation: 'file:1:email:1',
    url: receiver.url(PATH),
    attempts: 1,
    status: 204,
  });
});

test('When events are checked by the helper of SendGrid, then the signature is right, and wrong for anything else', async () => {
  await mail(['ann@example.com']);
  await untilEvents(2);
  const [{ headers, body }] = receiver.received() as [Received];
  const { publicKey } = (await control<Webhooks>(sandbox.url(), '/__webhooks')).json;
  const webhook = new EventWebhook();
  const key = webhook.convertPublicKeyToECDSA(publicKey);
  const signature = headers[EventWebhookHeader.SIGNATURE().toLowerCase()]!;
  const timestamp = headers[EventWebhookHeader.TIMESTAMP().toLowerCase()]!;

  expect(webhook.verifySignature(key, body, signature, timestamp)).toBe(true);
  expect(webhook.verifySignature(key, body.trimEnd(), signature, timestamp)).toBe(false);
  expect(webhook.verifySignature(key, body.replace('processed', 'bounce'), signature, timestamp)).toBe(false);
  expect(webhook.verifySignature(key, body, signature, `${Number(timestamp) + 1}`)).toBe(false);
  expect(body).toMatch(/\]\r\n$/);
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(30);
});

const BOUNCED = { event: 'bounce', type: 'bounce', status: '5.1.1' };
test.each<[object, object[]]>([
  [{ outcome: 'bounced' }, [{ event: 'processed' }, { ...BOUNCED, reason: expect.stringMatching(/^550/) as string }]],
  [{ outcome: 'bounced', reason: 'gone' }, [{ event: 'processed' }, { ...BOUNCED, reason: 'gone' }]],
  [{ outcome: 'blocked' }, [{ event: 'processed' }, { event: 'bounce', type: 'blocked', status: '5.7.1' }]],
  [{ outcome: 'deferred' }, [{ event: 'processed' }, { event: 'deferred', attempt: '1' }]],
  [{ outcome: 'dropped' }, [{ event: 'dropped', reason: 'Bounced Address' }]],
  [{ outcome: 'opted-out' }, [{ event: 'dropped', reason: 'Unsubscribed Address' }]],
  [{ outcome: 'unsubscribed' }, [{ event: 'processed' }, { event: 'delivered' }, { event: 'unsubscribe' }]],
  [{ outcome: 'spam-report' }, [{ event: 'processed' }, { event: 'delivered' }, { event: 'spamreport' }]],
])('When the outcome is %j, then the events are %j', async (outcome, expected) => {
  await planOutcome(sandbox.url(), { match: { to: 'ann@*' }, ...outcome });
  await mail(['ann@example.com']);

  expect(await untilEvents(expected.length)).toMatchObject(expected);
});

test.each([
  ['sandbox-bounced+1@example.com', { event: 'bounce', type: 'bounce' }],
  ['sandbox-blocked@example.com', { event: 'bounce', type: 'blocked' }],
  ['sandbox-deferred@example.com', { event: 'deferred' }],
  ['Sandbox-Dropped@example.com', { event: 'dropped', reason: 'Bounced Address' }],
  ['sandbox-opted-out@example.com', { event: 'dropped', reason: 'Unsubscribed Address' }],
  ['sandbox-unsubscribed@example.com', { event: 'unsubscribe' }],
  ['sandbox-spam@example.com', { event: 'spamreport' }],
])('When a mail goes to %s, then its last event is %j', async (to, last) => {
  await mail([to, 'sandbox-silent@example.com']);
  const events = await until(async () => {
    const all = eventsIn(receiver.received());
    return all.some(({ event }) => event === last.event) && all;
  });

  expect(events.at(-1)).toMatchObject({ ...last, email: to });
  expect(events.every(({ email }) => email === to)).toBe(true);
  expect(await ledgerOf(sandbox.url())).toHaveLength(2);
});

test('When events come shuffled and in copies, then the last comes first and copies have the same id', async () => {
  await planOutcome(sandbox.url(), { outcome: 'bounced', copies: 2, shuffled: true, match: { to: 'ann@*' } });
  await mail(['ann@example.com']);
  const events = await untilEvents(4);

  expect(names(receiver.received())).toEqual(['bounce', 'processed', 'bounce', 'processed']);
  expect(events[2]).toEqual(events[0]);
  expect(events[3]).toEqual(events[1]);
});

test('When events are late, then they tell when it happened and are signed with the time of posting', async () => {
  await planOutcome(sandbox.url(), { outcome: 'delivered', delayMs: 2_000, times: 1 });
  await mail(['ann@example.com']);
  const [event] = await untilEvents(1);
  const [{ headers }] = receiver.received() as [Received];

  const signedAt = Number(headers['x-twilio-email-event-webhook-timestamp']);
  expect(signedAt - (event!['timestamp'] as number)).toBeGreaterThanOrEqual(1);
});

test('When the receiver fails, then the same events come again, signed anew', async () => {
  receiver.answer(500, 429);
  await mail(['ann@example.com']);
  await settled();

  expect(names(receiver.received()).sort()).toEqual(['delivered', 'delivered', 'processed', 'processed']);
  expect(new Set(eventsIn(receiver.received()).map((event) => event['sg_event_id'])).size).toBe(2);
});

test('When an account has an address of its own, then its events go there, and those of others to the common one', async () => {
  const own = receiver.url('/own');
  const account = `key-${createHash('sha256').update('SG.own').digest('hex').slice(0, 8)}`;
  const { json } = await register({ apiKey: 'SG.own', url: own });
  expect(json.webhooks).toEqual([
    { account: null, url: receiver.url(PATH) },
    { account, url: own },
  ]);
  expect(JSON.stringify(json)).not.toContain('SG.own');
  await mail(['ann@example.com'], 'SG.own');
  await mail(['bob@example.com'], 'SG.other');
  await untilEvents(4);

  const receivers = (email: string) =>
    receiver
      .received()
      .filter(({ body }) => body.includes(email))
      .map(({ url }) => url);
  expect(new Set(receivers('ann@'))).toEqual(new Set([own]));
  expect(new Set(receivers('bob@'))).toEqual(new Set([receiver.url(PATH)]));
  expect((await register({ apiKey: 'SG.own', url: null })).json.webhooks).toHaveLength(1);
});

test('Without a URL, mails are accepted and no event is posted', async () => {
  await register({ url: null });
  await mail(['ann@example.com']);
  await register({ url: receiver.url(PATH) });
  await mail(['bob@example.com']);

  expect(new Set((await untilEvents(2)).map(({ email }) => email))).toEqual(new Set(['bob@example.com']));
});

test('When a mail was accepted though the answer said otherwise, then its events come; when it was not, then none', async () => {
  await planFault(sandbox.url(), [
    { provider: 'sendgrid', kind: 'error', status: 503, accept: true, match: { to: 'ann@*' } },
    { provider: 'sendgrid', kind: 'delay', delayMs: 0, accept: false, match: { to: 'bob@*' } },
  ]);
  await expect(mail(['ann@example.com'])).rejects.toMatchObject({ code: 503 });
  await mail(['bob@example.com']);
  await mail(['cat@example.com']);

  expect(new Set((await untilEvents(4)).map(({ email }) => email))).toEqual(
    new Set(['ann@example.com', 'cat@example.com']),
  );
});

test('When a thousand mails are accepted at once, then their events come in a few posts', async () => {
  await mail(Array.from({ length: 1000 }, (_, i) => `person${i}@example.com`));
  const events = await untilEvents(2000);

  expect(new Set(events.map(({ email, event }) => `${email} ${event}`)).size).toBe(2000);
  expect(receiver.received().length).toBeLessThan(100);
});
