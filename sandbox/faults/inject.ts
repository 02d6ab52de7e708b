import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../http/answer';
import { bodyText, htmlPage, sendAnswer } from '../http/answer';
import type { Exchange } from '../http/exchange';
import type { FaultHit } from './plan';
import { isAccepting } from './schema';

const DRIP_INTERVAL_MS = 500;
/** The body of an answer that has none, so that there is something to wait for or to break off. */
const FILLER = ' '.repeat(120);
/** A reset discards the bytes that its receiver has not read yet; by now it has read the half body. */
const RESET_AFTER_MS = 50;

/** Answers a request as the fault says. The kinds are described in `schema.ts`. */
export async function injectFault(
  res: ServerResponse,
  exchange: Exchange,
  { fault, deliveries }: FaultHit,
): Promise<void> {
  if (fault.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
  const failure = () => {
    const fields = deliveries.flatMap(({ field }) => field ?? []);
    // A fault without a match blames no address.
    const named = fault.match && fault.status === 400 ? { fields } : {};
    const { status, code, message, retryAfterSeconds } = fault;
    const answer = exchange.errorFormat.failed({ status, code, message, ...named });
    return retryAfterSeconds === undefined ? answer : withRetryAfter(answer, retryAfterSeconds);
  };
  switch (fault.kind) {
    case 'rate-limit':
      sendAnswer(res, exchange.errorFormat.rateLimited(fault.retryAfterSeconds ?? 1));
      return;
    case 'reply-lost':
      exchange.accept();
      if (fault.status === undefined) res.destroy();
      else sendAnswer(res, failure());
      return;
  }
  const success = isAccepting(fault) ? exchange.accept() : exchange.fakeAccept();
  switch (fault.kind) {
    case 'error':
      sendAnswer(res, failure());
      return;
    case 'html-error':
      sendAnswer(res, htmlPage(fault.status ?? 502, fault.message ?? 'Bad Gateway'));
      return;
    case 'drop':
      res.destroy();
      return;
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'delay':
      sendAnswer(res, success);
      return;
    case 'broken-json':
      sendAnswer(res, halved(success));
      return;
    case 'truncated':
      sendHalf(res, success, () => res.socket?.end());
      return;
    case 'reset-body':
      sendHalf(res, success, () => setTimeout(() => res.socket?.resetAndDestroy(), RESET_AFTER_MS).unref());
      return;
    case 'drip':
      drip(res, success);
  }
}

const withRetryAfter = (answer: Answer, seconds: number): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'Retry-After': `${seconds}` },
});

function halved(answer: Answer): Answer {
  const whole = bodyText(answer);
  const body = whole === '' ? '{"message": "acc' : whole.slice(0, Math.ceil(whole.length / 2));
  return { ...answer, headers: { ...answer.headers, 'Content-Type': 'application/json' }, body };
}

/** Sends the first half of an answer whose head promises all of it, and then breaks off. */
function sendHalf(res: ServerResponse, answer: Answer, breakOff: () => void): void {
  const bytes = Buffer.from(bodyText(answer) || FILLER);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': `${bytes.length}` };
  res.writeHead(answer.status, { ...answer.headers, ...headers });
  res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), breakOff);
}

function drip(res: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(bodyText(answer) || FILLER);
  res.writeHead(answer.status, { ...answer.headers, 'Content-Type': 'application/json' });
  res.flushHeaders();
  let next = 0;
  const timer = setInterval(() => {
    if (next < bytes.length) res.write(bytes.subarray(next, ++next));
    else res.end();
  }, DRIP_INTERVAL_MS);
  res.on('close', () => clearInterval(timer));
}
