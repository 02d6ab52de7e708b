import { once } from 'node:events';
import { watchBodies } from '../../../api/server/watch-bodies';
import { answerOn, startReceivingServer } from '../../support/receiving-server';
import type { ReceivingServer } from '../../support/receiving-server';
import { until } from '../../support/until';

const LIMITS = { idleMs: 300, withinMs: 900, maxBytes: 2_000_000 };
const HEADERS_MS = 500;
const CHECK_MS = 50;
/** For whatever else a busy machine does. */
const SLACK_MS = 5_000;
const FILE = 'Content-Disposition: form-data; name="files"; filename="a.csv"';
const FORM = 'Content-Type: multipart/form-data; boundary=x\r\n';

describe('A body that does not come as it should', () => {
  let receiving: ReceivingServer;
  beforeAll(async () => {
    receiving = await startReceivingServer({
      before: [watchBodies(LIMITS)],
      server: { headersTimeout: HEADERS_MS, requestTimeout: 10_000, connectionsCheckingInterval: CHECK_MS },
    });
  });
  afterAll(() => receiving.close());
  beforeEach(() => (receiving.lines.length = 0));

  const stored = async () =>
    (await receiving.collections.pendingUploads.countDocuments()) +
    (await receiving.db.collection('uploads.chunks').countDocuments());

  test.each([
    ['a file', `POST /files HTTP/1.1\r\nHost: x\r\n${FORM}Content-Length: 900000\r\n\r\n--x\r\n${FILE}\r\n\r\nabc`],
    [
      'a large file',
      `POST /files HTTP/1.1\r\nHost: x\r\n${FORM}Content-Length: 900000\r\n\r\n--x\r\n${FILE}\r\n\r\n${'a,b\r\n'.repeat(100_000)}`,
    ],
    ['JSON', 'POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a":'],
    ['parts', 'POST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":'],
  ])(
    'When %s stalls, then it ends in bounded time with a reason, and nothing of it stays or is logged as an error',
    async (_what, bytes) => {
      const socket = await receiving.open();
      const since = performance.now();
      socket.write(bytes);
      expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request-timeout"/);
      expect(performance.now() - since).toBeLessThan(LIMITS.idleMs + 1000 + SLACK_MS);
      await until('its pieces to be removed', stored, (count) => count === 0);
      expect(receiving.lines.map(({ res }) => res?.statusCode)).toEqual([408]);
      expect(receiving.lines.filter(({ level }) => level >= 50)).toEqual([]);
    },
  );

  test('A request with two lengths is refused, so that nobody hides another in it', async () => {
    const socket = await receiving.open();
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    const lengths = `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n`;
    socket.write(`POST /json HTTP/1.1\r\nHost: x\r\n${lengths}\r\n0\r\n\r\n${hidden}`);
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 400 (?![^]*HTTP\/1\.1)/);
    expect(receiving.lines).toEqual([]);
  });

  test('When a body trickles, then it ends though it never stalls', async () => {
    const socket = await receiving.open();
    socket.write('POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n');
    const trickle = setInterval(() => socket.write(' '), LIMITS.idleMs / 4);
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(trickle);
  });

  test('When a refused body has no end, then it is not read for ever', async () => {
    const socket = await receiving.open();
    const part = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    socket.write(`POST /files HTTP/1.1\r\nHost: x\r\n${FORM}Transfer-Encoding: chunked\r\n\r\n7\r\n--y--\r\n\r\n`);
    const answer = answerOn(socket);
    let sent = 0;
    const flood = setInterval(() => {
      if (!socket.writable) return;
      sent += part.length;
      socket.write(part);
    }, 5);
    expect(await answer).toMatch(/^HTTP\/1\.1 4(?:00|13) /);
    clearInterval(flood);
    expect(sent).toBeLessThan(LIMITS.maxBytes * 20);
  });

  test('When 200 sockets are slow with headers or bodies, then others are served meanwhile, and all 200 end', async () => {
    const ended: Promise<unknown>[] = [];
    const open = async (i: number): Promise<void> => {
      const socket = await receiving.open();
      ended.push(once(socket, 'close'));
      // Each as soon as it is open, since the time for its headers has begun: all others may take longer to open than that.
      socket
        .resume()
        .write(
          i % 2 === 0
            ? 'POST /json HTTP/1.1\r\nHost: x\r\nX-Slow: '
            : `POST /files HTTP/1.1\r\nHost: x\r\n${FORM}Content-Length: 900000\r\n\r\n--x\r\n${FILE}\r\n\r\nabc`,
        );
    };
    await Promise.all(Array.from({ length: 200 }, (_, i) => open(i)));
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const since = performance.now();
      const { status } = await fetch(`${receiving.url}/json`, { method: 'POST', body: '{}' });
      expect(status).toBe(200);
      times.push(performance.now() - since);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(200);
    await Promise.all(ended);
    await until(
      'their places to be free',
      async () => receiving.lines.filter(({ res }) => res?.statusCode === 408).length,
      (n) => n === 100,
    );
    expect(await stored()).toBe(0);
  });
});
