import type { Request, RequestHandler, Response } from 'express';
import { HttpProblem } from '../http/http-problem';
import { whenClosed } from '../when-closed';

export interface BodyWatch {
  /** A body of which nothing has come for so long is given up. Longer than the database may be silent. In milliseconds. */
  idleMs: number;
  /** No body takes longer as a whole. In milliseconds. */
  withinMs: number;
  /** No body is larger, whatever its own limits are: those are met while the rest of it is still read and thrown away. */
  maxBytes: number;
}

/**
 * Of Node's HTTP server. The last look comes within one interval after a limit. In milliseconds.
 *
 * A proxy keeps an unused connection for a minute by default (nginx, the load balancers of AWS). By Node's own five seconds the API would
 * end it just as the proxy sends the next request by it, which is answered by 502 and, as a POST, not repeated: so the proxy ends it first.
 */
export const SERVER_LIMITS = {
  keepAliveTimeout: 75_000,
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 2_000,
} as const;

/** Of every request with a body. An upload of the allowed size needs a fraction of the time. */
export const BODY_LIMITS = { idleMs: 15_000, withinMs: 110_000 } as const;

const LINGER_MS = 500;

/**
 * Gives up a body that stalls, trickles or has no end, and frees what its request holds. A body that says beforehand that it is too
 * large is not even begun. Node's own `requestTimeout` covers the request as a whole, and answers without a reason.
 */
export function watchBodies({ idleMs, withinMs, maxBytes }: BodyWatch): RequestHandler {
  return (request, response, next) => {
    if (request.complete || !hasBody(request)) return next();
    const length = Number(request.get('content-length') ?? 0);
    if (length > maxBytes) {
      response.once('finish', () => linger(request));
      throw tooLarge(maxBytes);
    }
    const { socket } = request;
    const begun = { at: Date.now(), bytes: socket.bytesRead };
    let last = begun;
    const stop = (): void => clearInterval(timer);
    const look = (): void => {
      if (request.complete) return stop();
      const now = { at: Date.now(), bytes: socket.bytesRead };
      if (now.bytes > last.bytes) last = now;
      if (now.bytes - begun.bytes > maxBytes) giveUp(tooLarge(maxBytes));
      else if (now.at - last.at >= idleMs || now.at - begun.at >= withinMs) giveUp(tooSlow());
    };
    const giveUp = (problem: HttpProblem): void => {
      stop();
      cutOff(request, response, () => next(problem));
    };
    const timer = setInterval(look, Math.max(10, Math.min(idleMs, withinMs) / 10));
    whenClosed(response, stop);
    next();
  };
}

/** Answers while the rest of the body is still to come, and ends the connection. */
export function cutOff(request: Request, response: Response, answer: () => void): void {
  if (response.headersSent) return void request.destroy();
  response.once('finish', () => linger(request));
  answer();
}

/** Closed at once, with bytes unread, the connection would be reset, and its client would lose the answer. */
function linger(request: Request): void {
  request.resume();
  setTimeout(() => request.destroy(), LINGER_MS).unref();
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const megabytes = (bytes: number): string => `${Math.ceil(bytes / (1024 * 1024))} MB`;

const tooLarge = (maxBytes: number): HttpProblem =>
  new HttpProblem(
    413,
    'body-too-large',
    `The request has more than ${megabytes(maxBytes)}. Upload the files in several requests; nothing was imported.`,
  );

const tooSlow = (): HttpProblem =>
  new HttpProblem(
    408,
    'request-timeout',
    'The body of the request did not come in time, so nothing was done. Send it again, over a better connection or in smaller parts.',
  );
