import type { Response } from 'express';
import type { Answer } from './answer';
import { bodyText, htmlPage, sendAnswer } from './answer';
import type { Exchange } from './exchange';
import type { FaultHit } from './fault-plan';

const DRIP_INTERVAL_MS = 500;
/** An answer without a body drips this much white space, so that there is something to wait for. */
const DRIP_FILLER = ' '.repeat(120);

/** Does to a request what the fault says. The kinds are described in `fault-schema.ts`. */
export async function actOut(res: Response, exchange: Exchange, { fault, deliveries }: FaultHit): Promise<void> {
  if (fault.delayMs !== undefined) await pause(fault.delayMs);
  const failure = () => {
    const fields = deliveries.flatMap(({ field }) => field ?? []);
    // Only where the fault points at somebody is that person to blame.
    const named = fault.match && fault.status === 400 ? { fields } : {};
    const answer = exchange.voice.failed({ status: fault.status, code: fault.code, message: fault.message, ...named });
    return fault.retryAfterSeconds === undefined ? answer : withRetryAfter(answer, fault.retryAfterSeconds);
  };
  switch (fault.kind) {
    case 'rate-limit':
      sendAnswer(res, exchange.voice.rateLimited(fault.retryAfterSeconds ?? 1));
      return;
    case 'delay':
      sendAnswer(res, exchange.accept());
      return;
    case 'broken-json':
      sendAnswer(res, truncated(exchange.accept()));
      return;
    case 'drip':
      drip(res, exchange.accept());
      return;
    case 'reply-lost':
      exchange.accept();
      if (fault.status === undefined) res.destroy();
      else sendAnswer(res, failure());
      return;
  }
  if (fault.accept) exchange.accept();
  if (fault.kind === 'error') sendAnswer(res, failure());
  if (fault.kind === 'html-error') sendAnswer(res, htmlPage(fault.status ?? 502, fault.message ?? 'Bad Gateway'));
  if (fault.kind === 'drop') res.destroy();
}

/** Unreferenced: a pause that nobody waits for any more must not keep a stopped process alive. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

const withRetryAfter = (answer: Answer, seconds: number): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'Retry-After': `${seconds}` },
});

function truncated(answer: Answer): Answer {
  const whole = bodyText(answer);
  const body = whole === '' ? '{"message": "acc' : whole.slice(0, Math.ceil(whole.length / 2));
  return { ...answer, headers: { ...answer.headers, 'Content-Type': 'application/json' }, body };
}

function drip(res: Response, answer: Answer): void {
  const bytes = Buffer.from(bodyText(answer) || DRIP_FILLER);
  res.status(answer.status).set({ ...answer.headers, 'Content-Type': 'application/json' });
  res.flushHeaders();
  let next = 0;
  const timer = setInterval(() => {
    if (next < bytes.length) res.write(bytes.subarray(next, ++next));
    else res.end();
  }, DRIP_INTERVAL_MS);
  res.on('close', () => clearInterval(timer));
}
