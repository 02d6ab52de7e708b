import { isGrpcServiceError } from '@temporalio/client';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connectLazily } from '../../platform/temporal-connection';
import type { TemporalConnection } from '../../platform/temporal-connection';
import { until } from '../support/until';

const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;

describe('A connection to Temporal', () => {
  let server: Http2Server;
  let calls = 0;
  let answered = 0;
  let answer: number | undefined;
  let opened: TemporalConnection;

  beforeEach(async () => {
    calls = answered = 0;
    answer = RESOURCE_EXHAUSTED;
    // A gRPC answer without a message is a header with its status.
    server = createServer((_, response) => {
      calls += 1;
      if (answer === undefined) return;
      const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': `${answer}` };
      response.stream.respond(headers, { endStream: true });
      response.stream.once('close', () => (answered += 1));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened = connectLazily({ address: `127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  afterEach(async () => {
    await opened.close();
    server.close();
  });

  /** Calls with a deadline, and tells the status of the failure and how long it took. */
  async function call(deadlineMs: number) {
    const begun = Date.now();
    const error: unknown = await opened.connection
      .withDeadline(begun + deadlineMs, () => opened.connection.workflowService.getSystemInfo({}))
      .catch((failure: unknown) => failure);
    return { status: isGrpcServiceError(error) ? error.code : error, tookMs: Date.now() - begun };
  }

  test('A busy server is tried again until the deadline of the call and not after it, and the answer names the reason', async () => {
    const { status, tookMs } = await call(2_500);
    expect(status).toBe(RESOURCE_EXHAUSTED);
    expect(calls).toBeGreaterThan(1);
    expect(tookMs).toBeLessThan(3_500);
  });

  test('A server that says nothing ends the call at its deadline', async () => {
    answer = undefined;
    const { status, tookMs } = await call(1_500);
    expect({ status, calls }).toEqual({ status: 4, calls: 1 });
    expect(tookMs).toBeLessThan(2_500);
  });

  test('A server that is away ends the call by its deadline', async () => {
    const away = connectLazily({ address: '127.0.0.1:1' });
    const begun = Date.now();
    const failed = away.connection.withDeadline(begun + 1_500, () => away.connection.workflowService.getSystemInfo({}));
    await expect(failed).rejects.toMatchObject({ code: 14 });
    expect(Date.now() - begun).toBeLessThan(2_000);
    await away.close();
  });

  test('A close during a back-off lets the call fail, and nothing is called after it', async () => {
    const failed = opened.connection.workflowService.getSystemInfo({}).catch((error: unknown) => error);
    await until(
      'the first answer',
      () => Promise.resolve(answered),
      (count) => count >= 1,
    );
    // Once a later call has its answer, the first one has arrived too, and its back-off has begun.
    answer = INVALID_ARGUMENT;
    await opened.connection.workflowService.getSystemInfo({}).catch(() => undefined);
    const begun = Date.now();
    // An uncaught error of the retry timer would end this process.
    await opened.close();
    expect(isGrpcServiceError(await failed)).toBe(true);
    const made = calls;
    await opened.close();
    const tookMs = Date.now() - begun;
    expect(tookMs).toBeLessThan(2_000);
    expect(calls).toBe(made);
  });
});
