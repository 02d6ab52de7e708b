import express from 'express';
import type { Express, Request } from 'express';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBudget, limitOpen } from '../../../api/http/budget';
import { HttpProblem } from '../../../api/http/http-problem';
import { until } from '../../support/until';

const from = (remoteAddress: string | undefined) => ({ socket: { remoteAddress } }) as Pick<Request, 'socket'>;

/** How many of `count` requests are served. */
function served(budget: ReturnType<typeof createBudget>, count: number, address: () => string | undefined): number {
  let passed = 0;
  for (let i = 0; i < count; i++) {
    try {
      budget.spend(from(address()));
      passed++;
    } catch (error) {
      expect(error).toMatchObject({ status: 429, code: 'too-many-requests', options: { retryAfterSeconds: 1 } });
      expect(error).toBeInstanceOf(HttpProblem);
    }
  }
  return passed;
}

describe('The budget of an address', () => {
  let now = 0;
  const budget = () => createBudget({ perSecond: 10, burst: 20 }, () => now);
  beforeEach(() => (now = 0));

  test('It serves a burst, then as many as its rate', () => {
    const one = budget();
    expect(served(one, 50, () => '192.0.2.1')).toBe(20);
    now = 500;
    expect(served(one, 50, () => '192.0.2.1')).toBe(5);
    now = 100_000;
    expect(served(one, 50, () => '192.0.2.1')).toBe(20);
  });

  test('One address spends nothing of another', () => {
    const one = budget();
    served(one, 50, () => '192.0.2.1');
    expect(served(one, 50, () => '192.0.2.2')).toBe(20);
    expect(served(one, 50, () => undefined)).toBe(20);
  });

  test('The addresses of one IPv6 network are one', () => {
    const one = budget();
    expect(
      served(
        one,
        50,
        (() =>
          (
            (i = 0) =>
            () =>
              `2001:db8:1:2::${(i++).toString(16)}`
          )())(),
      ),
    ).toBe(20);
    expect(served(one, 50, () => '2001:db8:1:3::1')).toBe(20);
    expect(served(one, 50, () => '::ffff:192.0.2.1')).toBe(20);
    expect(served(one, 50, () => '::ffff:192.0.2.2')).toBe(20);
  });

  test('Fifty thousand addresses are counted in less than two seconds, and forgotten again', () => {
    const one = budget();
    served(one, 50, () => '192.0.2.1');
    let i = 0;
    const since = performance.now();
    expect(served(one, 50_000, () => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i++ & 255}`)).toBe(50_000);
    expect(performance.now() - since).toBeLessThan(2000);
    expect(served(one, 50, () => '192.0.2.1')).toBe(20);
  });
});

const answerStatus: express.ErrorRequestHandler = (error: HttpProblem, _request, response, next) => {
  if (response.headersSent) return next(error);
  response.status(error.status).end();
};

describe('Requests that are open at the same time', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    server?.closeAllConnections();
  });

  async function serve(app: Express): Promise<number> {
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  test('One too many is asked to come later, and is served once another has ended', async () => {
    const ends: (() => void)[] = [];
    const port = await serve(
      express()
        .use(limitOpen({ most: 2, bodyWithinMs: 60_000 }))
        .use((_request, response) => void ends.push(() => response.end()))
        .use(answerStatus),
    );
    const ask = () => fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status);
    const first = [ask(), ask()];
    await until(
      'two requests',
      async () => ends.length,
      (count) => count === 2,
    );
    expect(await ask()).toBe(503);
    ends.splice(0).forEach((end) => end());
    expect(await Promise.all(first)).toEqual([200, 200]);
    const again = ask();
    await until(
      'the next request',
      async () => ends.length,
      (count) => count === 1,
    );
    ends[0]!();
    expect(await again).toBe(200);
  });

  test('A body that does not come ends with its connection, and makes room', async () => {
    const port = await serve(
      express()
        .use(limitOpen({ most: 1, bodyWithinMs: 100 }))
        .use(express.raw({ type: () => true }))
        .use((_request, response) => void response.end())
        .use(answerStatus),
    );
    const slow = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'Content-Length': '100' } });
    slow.write('a');
    await expect(once(slow, 'response')).rejects.toThrow(/hang up|ECONNRESET/);
    await until(
      'room for another',
      () => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'b' }).then(({ status }) => status),
      (status) => status === 200,
    );
  });
});
