import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Config } from '../../platform/config';
import type { RateLimits } from '../../store/rate-limits';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import { createCounter } from './counter';
import type { Counter } from './counter';

/** Short, so that a caller who has sent too many waits for seconds. */
const WINDOW_MS = 10_000;
/** Of the limit. */
const BLOCK_SHARE = 1 / 20;

/** The block by which a process takes its part of a limit. */
export const blockOf = (limit: number): number => Math.max(1, Math.floor(limit * BLOCK_SHARE));

/** The rate of each key and of each organisation, in the fields `RateLimit` and `RateLimit-Policy` of the current IETF draft. */
export function limitCallers({ perKey, perOrganisation }: Config['limits'], rateLimits: RateLimits): RequestHandler[] {
  const limitBy = (name: string, limit: number, keyOf: (request: Request) => string): RequestHandler => {
    const counter = createCounter({ name, limit, windowMs: WINDOW_MS, block: blockOf(limit) }, rateLimits);
    return toMiddleware(name, WINDOW_MS, counter, keyOf);
  };
  return [
    limitBy('key', perKey, (request) => callerOf(request).id),
    limitBy('organisation', perOrganisation, (request) => callerOf(request).organisationId),
  ];
}

function toMiddleware(
  name: string,
  windowMs: number,
  counter: Counter,
  keyOf: (request: Request) => string,
): RequestHandler {
  return rateLimit({
    windowMs,
    limit: counter.limit,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its checks are of keys that are network addresses, and of stores that count each call for themselves.
    validate: false,
    keyGenerator: keyOf,
    store: {
      async increment(key) {
        const { used, resetAt } = await counter.hit(key);
        return { totalHits: used, resetTime: new Date(resetAt) };
      },
      decrement: (key) => counter.refund(key),
      resetKey: () => undefined,
    },
    handler: (_request, response, next) => {
      // Set by the middleware before it calls this.
      next(tooManyRequests(name, Number(response.getHeader('Retry-After') ?? 1)));
    },
  });
}

const tooManyRequests = (name: string, retryAfterSeconds: number): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    `Your ${name} has sent too many requests. Send the next one in ${retryAfterSeconds} s; the header RateLimit of each answer tells how many are left.`,
    { retryAfterSeconds },
  );
