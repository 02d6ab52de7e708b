import http from 'node:http';
import { ACCOUNT, SENDER, control, planFault, requestsOf, until, useSandbox } from '../support/sandbox';

/** What was answered must say nothing about what was accepted: each way to answer comes with both. */
const sandbox = useSandbox();

interface Seen {
  status?: number;
  body: string;
  /** `whole`, or how the connection failed, or `nothing` for as long as was waited. */
  end: string;
}

const FOR_EVER = new Promise<never>(() => {});

/** A request of which every byte of the answer counts. Given up as soon as `enough` has come or `patience` has ended. */
function ask(
  provider: 'twilio' | 'sendgrid',
  enough: (seen: Seen) => boolean = () => false,
  patience: Promise<unknown> = FOR_EVER,
): Promise<Seen> {
  const [path, type, authorization, body] =
    provider === 'twilio'
      ? [
          `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
          'application/x-www-form-urlencoded',
          `Basic ${btoa(`${ACCOUNT}:token`)}`,
          new URLSearchParams({ To: '+447911123456', From: SENDER, Body: 'Hello' }).toString(),
        ]
      : [
          '/v3/mail/send',
          'application/json',
          'Bearer SG.key',
          JSON.stringify({
            from: { email: 'a@example.com' },
            subject: 'Hello',
            content: [{ type: 'text/plain', value: 'Join' }],
            personalizations: [{ to: [{ email: 'ann@example.com' }] }],
          }),
        ];
  return new Promise((resolve) => {
    const seen: Seen = { body: '', end: 'nothing' };
    const ended = (end: string) => resolve({ ...seen, end });
    const headers = { 'Content-Type': type, Authorization: authorization };
    const request = http.request(sandbox.url() + path, { method: 'POST', headers, agent: false }, (response) => {
      seen.status = response.statusCode!;
      response.on('data', (chunk: Buffer) => {
        seen.body += chunk.toString();
        if (!enough(seen)) return;
        ended('enough');
        request.destroy();
      });
      response.on('end', () => ended('whole'));
      response.on('error', (error: NodeJS.ErrnoException) => ended(error.code!));
    });
    request.on('error', (error: NodeJS.ErrnoException) => ended(error.code!));
    void patience.then(() => {
      ended('nothing');
      request.destroy();
    });
    request.end(body);
  });
}

const accepted = async () => (await control<{ count: number }>(sandbox.url(), '/__ledger/count')).json.count;
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const SUCCESS = { twilio: 201, sendgrid: 202 } as const;

const PROVIDERS = ['twilio', 'sendgrid'] as const;
const BOTH_WAYS = [true, false].flatMap((accept) => PROVIDERS.map((provider) => [provider, accept] as const));

describe.each(BOTH_WAYS)('at %s with accept: %j', (provider, accept) => {
  const plan = (fault: object) => planFault(sandbox.url(), { provider, accept, ...fault });
  afterEach(async () => expect(await accepted()).toBe(accept ? 1 : 0));

  test('When nothing is wrong with the answer, then it is that of success', async () => {
    await plan({ kind: 'delay', delayMs: 0 });
    expect(await ask(provider)).toMatchObject({ status: SUCCESS[provider], end: 'whole' });
  });

  test('When the JSON breaks off, then the answer is whole and cannot be read', async () => {
    await plan({ kind: 'broken-json' });
    const seen = await ask(provider);
    expect(seen).toMatchObject({ status: SUCCESS[provider], end: 'whole' });
    expect(isJson(seen.body)).toBe(false);
  });

  test.each(['truncated', 'reset-body'])('When the body is %s, then half of it comes after the head', async (kind) => {
    await plan({ kind });
    const seen = await ask(provider);
    expect(seen).toMatchObject({ status: SUCCESS[provider], end: 'ECONNRESET' });
    expect(seen.body).not.toBe('');
    expect(isJson(seen.body)).toBe(false);
  });

  test.each([500, 502, 503, 504])('When the error %i is answered, then it is one of the provider', async (status) => {
    await plan({ kind: 'error', status });
    const seen = await ask(provider);
    expect(seen).toMatchObject({ status, end: 'whole' });
    expect(JSON.parse(seen.body)).toHaveProperty(provider === 'twilio' ? 'code' : 'errors');
  });

  test('When a proxy answers, then it is a page', async () => {
    await plan({ kind: 'html-error', status: 502 });
    const seen = await ask(provider);
    expect(seen).toMatchObject({ status: 502, end: 'whole' });
    expect(seen.body).toMatch(/^<!doctype/);
  });

  test.each(['drop', 'reset'])('When the connection is closed by %s, then not a byte has come', async (kind) => {
    await plan({ kind });
    expect(await ask(provider)).toEqual({ body: '', end: 'ECONNRESET' });
  });

  test('When the request hangs, then not a byte comes', async () => {
    await plan({ kind: 'hang' });
    const struck = until(async () => (await requestsOf(sandbox.url())).some(({ fault }) => fault));
    expect(await ask(provider, () => false, struck)).toEqual({ body: '', end: 'nothing' });
  });

  test('When the answer drips, then its head comes with one byte after another', async () => {
    await plan({ kind: 'drip' });
    const seen = await ask(provider, ({ body }) => body.length === 2);
    expect(seen).toMatchObject({ status: SUCCESS[provider], end: 'enough' });
  });
});

test('When a message was only said to be accepted, then Twilio does not know its sid', async () => {
  await planFault(sandbox.url(), { provider: 'twilio', kind: 'delay', delayMs: 0, accept: false });
  const { sid } = JSON.parse((await ask('twilio')).body) as { sid: string };
  expect(sid).toMatch(/^SM[0-9a-f]{32}$/);
  const response = await fetch(`${sandbox.url()}/2010-04-01/Accounts/${ACCOUNT}/Messages/${sid}.json`, {
    headers: { Authorization: `Basic ${btoa(`${ACCOUNT}:token`)}` },
  });
  expect(response.status).toBe(404);
});
