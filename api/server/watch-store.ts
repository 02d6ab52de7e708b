import type { Request, RequestHandler, Response } from 'express';
import type { Store } from '../../store/index';
import { answerWith } from '../http/error-handler';
import type { AnswerProblem } from '../http/error-handler';
import { temporarilyUnavailable } from '../http/http-problem';
import { cutOff } from './watch-bodies';
import { whenClosed } from '../when-closed';

export interface StoreWatch {
  /** A request that waits for longer may wait for the database, so that is asked whether it answers at all. In milliseconds. */
  patienceMs: number;
  /** So often, while requests are open. In milliseconds. */
  lookEveryMs: number;
  /** After so many looks without an answer it is given up. */
  looks: number;
}

/** Within three seconds of its last byte a request is answered. */
export const STORE_WATCH: StoreWatch = { patienceMs: 1_000, lookEveryMs: 200, looks: 6 };

/** Looks. Several questions, since a single connection may be dead while others are well. */
const ASK_EVERY = 3;

declare module 'express-serve-static-core' {
  interface Request {
    /** It was answered before its outcome was known: nothing that it has not begun begins any more. */
    isGivenUp?: boolean;
  }
}

interface Waiting {
  /** When the last byte of its body came, and how many have come by its connection. */
  since: number;
  bytes: number;
}

/**
 * Answers 503 to requests that wait for a database which does not answer: frozen, or behind a network that swallows everything. The
 * driver notices that only after its own time-outs, one after the other. A request that takes long with a database that answers is left
 * alone, and so is one whose body is still coming.
 *
 * What a request has begun by then goes on and ends once, since it cannot be taken back; it has the outcome in the audit log. So it is
 * answered from here, by `answer`, and Express has its error, if there is one, later. `publicUrl` is where the pages of problems are.
 */
export function watchStore(
  { ping }: Pick<Store, 'ping'>,
  { patienceMs, lookEveryMs, looks }: StoreWatch,
  publicUrl: string,
  answer: AnswerProblem = answerWith,
): RequestHandler {
  const open = new Map<Response, Waiting>();
  // Looks and not milliseconds: a busy event loop would count its own time as that of the database.
  let unanswered = 0;
  let timer: NodeJS.Timeout | undefined;

  function ask(): void {
    ping().then(
      () => (unanswered = 0),
      // An error is not an answer.
      () => undefined,
    );
  }

  function look(): void {
    timer = undefined;
    const waiting = [...open].filter(([response, one]) => hasWaited(response, one, patienceMs));
    if (unanswered >= looks) for (const [response] of waiting) giveUp(response);
    if (waiting.length === 0) unanswered = 0;
    else if (unanswered++ % ASK_EVERY === 0) ask();
    lookLater();
  }

  function lookLater(): void {
    if (open.size > 0) timer ??= setTimeout(look, lookEveryMs).unref();
  }

  function giveUp(response: Response): void {
    open.delete(response);
    const request: Request = response.req;
    request.isGivenUp = true;
    const problem = temporarilyUnavailable(
      'The database does not respond. Whether this was done is not known: send it again in a few seconds, with the same Idempotency-Key if it had one.',
    );
    request.log.error({ unanswered }, problem.code);
    const answerNow = (): void => answer(problem, request, response, publicUrl);
    if (request.complete) answerNow();
    else cutOff(request, response, answerNow);
  }

  return (request, response, next) => {
    open.set(response, { since: Date.now(), bytes: request.socket.bytesRead });
    whenClosed(response, () => open.delete(response));
    lookLater();
    next();
  };
}

/** Not of an answer that has begun: that can only break off, as it does when the driver gives up. */
function hasWaited(response: Response, waiting: Waiting, patienceMs: number): boolean {
  const { bytesRead } = response.req.socket;
  if (bytesRead > waiting.bytes) Object.assign(waiting, { bytes: bytesRead, since: Date.now() });
  return !response.headersSent && Date.now() - waiting.since >= patienceMs;
}
