import { useReceiver } from '../support/receiver';
import { SENDER, callbacksOf, control, planOutcome, twilioAt, until, useSandbox } from '../support/sandbox';

const sandbox = useSandbox();
const receiver = useReceiver();

const endOf = async (to: string): Promise<string> => {
  const statusCallback = receiver.url('/status');
  await twilioAt(sandbox.url()).messages.create({ to, from: SENDER, body: 'Hello', statusCallback });
  await until(async () => (await callbacksOf(sandbox.url())).every(({ done }) => done));
  const events = (await callbacksOf(sandbox.url(), `?to=${encodeURIComponent(to)}`)).map(({ event }) => event);
  return events.at(-1)!;
};

test('The first outcome that fits and is not used up applies, and hits are counted', async () => {
  await planOutcome(sandbox.url(), [
    { id: 'mail', provider: 'sendgrid', outcome: 'delivered' },
    { id: 'of-mail', outcome: 'bounced' },
    { id: 'once', outcome: 'undelivered', times: 1 },
    { id: 'rest', outcome: 'failed', match: { to: '+4479*' } },
  ]);

  expect(await endOf('+447911123456')).toBe('undelivered');
  expect(await endOf('+447911123457')).toBe('failed');
  expect(await endOf('+353851234567')).toBe('delivered');
  expect((await control(sandbox.url(), '/__outcomes')).json).toMatchObject({
    outcomes: [
      { id: 'mail', hits: 0 },
      { id: 'of-mail', hits: 0 },
      { id: 'once', hits: 1 },
      { id: 'rest', hits: 1 },
    ],
  });
  await control(sandbox.url(), '/__outcomes', 'DELETE');
  expect(await endOf('+447911123458')).toBe('delivered');
});

test('A planned outcome goes before that of a magic number', async () => {
  await planOutcome(sandbox.url(), { outcome: 'delivered' });
  expect(await endOf('+12025550183')).toBe('delivered');
});

test.each([
  [{ outcome: 'eaten' }, '"outcome" must be one of delivered, undelivered, '],
  [{}, '"outcome" is missing'],
  [{ outcome: 'delivered', copies: 0 }, '"copies" must be a whole number from 1'],
  [{ outcome: 'delivered', late: 5 }, '"late" is unknown; known are id, provider, '],
  [
    { provider: 'twilio', outcome: 'bounced' },
    '"outcome" must be one of delivered, undelivered, delivered-after-all, failed, opted-out, silent for twilio, and is "bounced"',
  ],
  [{ outcome: 'bounced', code: 30003 }, '"code" is only for the outcomes of Twilio'],
  [{ outcome: 'undelivered', reason: 'x' }, '"reason" is only for the outcomes of SendGrid'],
  [[{ outcome: 'delivered' }, 3], 'outcome 1: must be an object'],
])('The outcome %j is rejected with a reason, and none is added', async (outcome, reason) => {
  const { status, json } = await control<{ errors: string[] }>(sandbox.url(), '/__outcomes', 'POST', outcome);

  expect(status).toBe(400);
  expect(json.errors[0]).toContain(reason);
  expect((await control(sandbox.url(), '/__outcomes')).json).toEqual({ outcomes: [] });
});

test('An id in use is rejected', async () => {
  await planOutcome(sandbox.url(), { id: 'mine', outcome: 'silent' });
  expect(await control(sandbox.url(), '/__outcomes', 'POST', { id: 'mine', outcome: 'silent' })).toMatchObject({
    status: 400,
    json: { errors: ['The id "mine" is in use by another outcome; choose another.'] },
  });
});

test.each([
  ['/__webhooks', 'PUT', {}, '"url" is missing'],
  ['/__webhooks', 'PUT', { url: 'ftp://example.com' }, '"url" must be a URL that begins with http'],
  ['/__inbound', 'POST', { url: 'http://example.com', from: '+447911123456' }, '"body" is missing'],
])('%s rejects by %s an invalid body (%j) with a reason', async (route, method, body, reason) => {
  expect(await control(sandbox.url(), route, method, body)).toMatchObject({
    status: 400,
    json: { errors: [expect.stringContaining(reason)] },
  });
});

test('When callbacks are listed, then they can be narrowed by receiver, address and number, and forgotten', async () => {
  await endOf('+447911123456');
  await endOf('+447911123457');
  const [first] = await callbacksOf(sandbox.url());

  expect(await callbacksOf(sandbox.url(), '?to=%2B447911123456')).toHaveLength(2);
  expect(await callbacksOf(sandbox.url(), '?url=/nowhere')).toEqual([]);
  expect((await callbacksOf(sandbox.url(), `?after=${first!.seq}`)).map(({ seq }) => seq)).not.toContain(first!.seq);
  await control(sandbox.url(), '/__callbacks', 'DELETE');
  expect(await callbacksOf(sandbox.url())).toEqual([]);
});
