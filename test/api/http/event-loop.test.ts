import { monitorEventLoopDelay } from 'node:perf_hooks';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import { slowness } from '../../support/slowness';
import type { Stack } from '../../support/stack';

const KB = 1024;
const fill = (part: string, bytes: number, open = '', close = ''): string =>
  open + part.repeat(Math.floor((bytes - open.length - close.length) / part.length)) + close;

/** The worst of 100 KB for whatever reads JSON. */
const JSON_BODIES: [what: string, body: string][] = [
  ['opening brackets', fill('[', 99 * KB)],
  ['opening braces', fill('{"a":', 99 * KB)],
  ['numbers', fill('1,', 99 * KB, '[', '1]')],
  ['fields that nobody knows', `{${Array.from({ length: 9000 }, (_, i) => `"${i.toString(36)}":1`).join(',')}}`],
  ['one field again and again', fill('"a":1,', 99 * KB, '{', '"a":1}')],
  ['lines of rows', fill('"x",', 99 * KB, '{"rows":[', '1]}')],
  ['wrong staff', fill('[],', 8 * KB, '{"name":"a","staff":[', '1]}')],
  ['wrong aliases', fill('[],', 8 * KB, '{"headerAliases":{"email":[', '1]}}')],
  ['one long text', `{"name":"${'a'.repeat(99 * KB)}"}`],
  ['one long text of escapes', `{"token":"${'\\u0000'.repeat(16 * KB)}"}`],
  ['blanks', fill(' ', 99 * KB)],
  ['no JSON', fill('"', 99 * KB)],
];

const part = (head: string, content = 'x') => `--x\r\n${head}\r\n\r\n${content}\r\n`;
const field = (name: string, content?: string) => part(`Content-Disposition: form-data; name="${name}"`, content);
const FORMS: [what: string, body: string][] = [
  ['many fields', fill(field('a'), 512 * KB)],
  ['many files', fill(part('Content-Disposition: form-data; name="files"; filename="a"'), 512 * KB)],
  ['many headers', `--x\r\n${fill('A: b\r\n', 512 * KB)}\r\n\r\n`],
  ['one long header', part(`Content-Disposition: form-data; name="${'a'.repeat(512 * KB)}"`)],
  ['parameters of a header', part(`Content-Disposition: form-data${'; a=b'.repeat(100 * KB)}`)],
  ['deep names', fill(field(`a${'[a]'.repeat(30)}`), 512 * KB)],
  ['a large index', field('a[4294967294]') + field('a[99999999]') + '--x--\r\n'],
  ['a long value', field('kind', 'x'.repeat(512 * KB)) + '--x--\r\n'],
  ['nothing before its boundary', '\r\n'.repeat(256 * KB)],
  ['almost boundaries', '\r\n--'.repeat(128 * KB)],
];

describe('A body of its size holds the event loop for less than 50 ms', () => {
  let stack: Stack;
  let row: string;
  beforeAll(async () => {
    stack = await startStack();
    const id = await stack.api.importId(toCsv(people(2, 'loop', (_, i) => (i === 0 ? { email: 'nobody@' } : {}))));
    await stack.api.rest(id);
    row = `/v1/imports/${id}/rows/2`;
  });
  afterAll(() => stack.stop());

  /**
   * The longest hold in the best of some runs. Other programs of a busy machine hold the loop, too, but what we hold costs CPU:
   * a request whose whole CPU time is less holds it no longer. In milliseconds of a quiet core.
   */
  async function longestHold(send: () => Promise<Response>): Promise<number> {
    let best = Infinity;
    for (let tries = 0; tries < 12 && best > 40; tries++) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const before = process.cpuUsage();
      const response = await send().catch(() => undefined);
      await response?.arrayBuffer();
      expect(response?.status ?? 400).toBeLessThan(500);
      const { user, system } = process.cpuUsage(before);
      delay.disable();
      best = Math.min(best, Math.min(delay.max / 1e6, (user + system) / 1e3) / slowness());
    }
    return best;
  }
  const post = (path: string, body: string, headers: Record<string, string> = {}, method = 'POST') => {
    const bytes = Buffer.from(body);
    const authorization = { Authorization: `Bearer ${stack.api.key}` };
    return longestHold(() =>
      fetch(stack.url + path, { method, body: bytes, headers: { ...authorization, ...headers } }),
    );
  };

  test.each<[method: string, path: () => string]>([
    ['POST', () => '/v1/invitations/accept'],
    ['POST', () => '/v1/client-teams'],
    ['POST', () => '/v1/staff'],
    ['POST', () => '/v1/clients'],
    ['PATCH', () => '/v1/organisation'],
    ['PATCH', () => row],
    ['POST', () => row.replace(/rows.*/, 'retries')],
    ['POST', () => row.replace(/rows.*/, 'reminders')],
    ['POST', () => row.replace(/rows.*/, 'apply')],
    ['POST', () => row.replace(/rows.*/, 'pause')],
    ['POST', () => '/v1/nowhere'],
  ])('%s of JSON (%p)', async (method, path) => {
    const holds: [string, number][] = [];
    for (const [what, body] of JSON_BODIES) holds.push([what, await post(path(), body, {}, method)]);
    expect(holds.filter(([, ms]) => ms >= 50)).toEqual([]);
  });

  test('A form', async () => {
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const holds: [string, number][] = [];
    for (const [what, body] of FORMS) holds.push([what, await post('/v1/imports', body, headers)]);
    expect(holds.filter(([, ms]) => ms >= 50)).toEqual([]);
  });

  test('Reports with a forged signature', async () => {
    const twilio = { 'x-twilio-signature': `${'A'.repeat(27)}=` };
    const sendgrid = {
      'x-twilio-email-event-webhook-signature': 'A'.repeat(96),
      'x-twilio-email-event-webhook-timestamp': `${Math.floor(Date.now() / 1000)}`,
    };
    const holds = [
      await post('/v1/webhooks/twilio', fill('a&', 64 * KB), twilio),
      await post('/v1/webhooks/twilio', fill('a&', 64 * KB)),
      await post('/v1/webhooks/sendgrid', fill('[', 1024 * KB), sendgrid),
    ];
    expect(holds.filter((ms) => ms >= 50)).toEqual([]);
  });
});
