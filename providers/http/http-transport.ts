import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { DEADLINE, TOO_LATE } from '../../domain/provider-answers/network-errors';
import { Deadline } from '../../platform/deadline';

/** The time of one request. */
export interface RequestDeadline {
  /** A request that has not begun by then is not made. */
  begin?: Deadline;
  /** A request that has no complete answer by then is cut off. */
  end: Deadline;
}

export interface HttpCall {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Without it the call has the whole `deadlineMs` of the transport from now on. */
  deadline?: RequestDeadline | undefined;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export type HttpTransport = (call: HttpCall) => Promise<HttpAnswer>;

export interface HttpTransportOptions {
  /** Total time for one call, in milliseconds: waiting for a connection, connecting, head and body. */
  deadlineMs: number;
  /** Connections kept to one host; calls beyond that wait within their deadline. */
  connections: number;
  /** Of the body of an answer; enough for every answer of a provider if absent. */
  maxAnswerBytes?: number;
}

/**
 * No answer came. `not-sent`: not one byte of the request was written, so it is safe to send it again. `in-doubt`: any
 * other case. Both carry a short code only (`ECONNRESET`, `deadline`), never a header, an address or a body.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly kind: 'not-sent' | 'in-doubt',
    override readonly cause: string,
  ) {
    super(`${kind}: ${cause}`);
  }
}

/**
 * An answer that a sender cannot take as a success. It is thrown through an SDK, whose own errors would lose the headers
 * and repeat the provider's text, address included. It must not leave `providers/`.
 */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';

  constructor(readonly answer: HttpAnswer) {
    super(`http-${answer.status}`);
  }
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Keep-alive HTTP/1.1 calls without redirects and without retries. Rejects with `TransportError` only. */
export function createHttpTransport({
  deadlineMs,
  connections,
  maxAnswerBytes = MAX_ANSWER_BYTES,
}: HttpTransportOptions): HttpTransport {
  const agent = new Agent({
    connections,
    // The deadline of the call is the only clock; undici's own ones start anew with each phase of a request.
    headersTimeout: 0,
    bodyTimeout: 0,
    // A connection that never comes about must end as well, but later than each call that waits for it.
    connect: { timeout: 2 * deadlineMs },
    maxResponseSize: maxAnswerBytes,
  });
  // Messages go to one address, one after the other.
  let last = addressOf('http://127.0.0.1');
  return (call) =>
    new Promise((resolve, reject) => {
      if (call.url !== last.url) last = addressOf(call.url);
      const { origin, path } = last;
      agent.dispatch(
        { origin, path, method: call.method, headers: call.headers, body: call.body ?? null },
        new Exchange(call.deadline ?? { end: new Deadline(deadlineMs) }, resolve, reject),
      );
    });
}

function addressOf(url: string) {
  const { origin, pathname, search } = new URL(url);
  return { url, origin, path: pathname + search };
}

/**
 * One request as undici reports it. It is a handler of its own, and not undici's `request` with a signal, for two
 * reasons: that one ignores its signal until the request has a connection, and no error code tells whether a byte was
 * written (a reset may come while connecting or after the body), while `onRequestStart` marks that very moment.
 */
class Exchange implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private failed = false;
  private status = 0;
  private headers: HttpAnswer['headers'] = {};
  private readonly chunks: Buffer[] = [];

  constructor(
    private readonly deadline: RequestDeadline,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: TransportError) => void,
  ) {
    this.timer = setTimeout(() => this.expire(), deadline.end.remaining());
  }

  /** Called just before the first byte is written; throwing here leaves the request unwritten and the connection whole. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The clock as well as the timer: a process that was frozen gets its connection before its timers.
    if (this.failed) throw new TransportError('not-sent', DEADLINE);
    if (this.deadline.begin?.expired()) throw new TransportError('not-sent', TOO_LATE);
    if (this.deadline.end.expired()) throw new TransportError('not-sent', DEADLINE);
    this.controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: HttpAnswer['headers']): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    this.resolve({ status: this.status, headers: this.headers, body: Buffer.concat(this.chunks).toString('utf8') });
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.fail(error instanceof TransportError ? error.cause : codeOf(error));
  }

  private expire(): void {
    this.fail(DEADLINE);
    this.controller?.abort(new TransportError('in-doubt', DEADLINE));
  }

  private fail(cause: string): void {
    clearTimeout(this.timer);
    this.failed = true;
    this.reject(new TransportError(this.controller ? 'in-doubt' : 'not-sent', cause));
  }
}

/** The code of an error and never its message, which names hosts and repeats what was received. */
function codeOf(error: Error & { code?: unknown }): string {
  return typeof error.code === 'string' && /^\w+$/.test(error.code) ? error.code : error.name;
}
