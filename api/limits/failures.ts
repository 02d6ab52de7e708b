import { createHash } from 'node:crypto';
import type { RateLimits } from '../../store/rate-limits';
import { networkOf } from '../http/budget';
import type { FailureLimit, Origin } from '../http/budget';
import { HttpProblem } from '../http/http-problem';
import { createCounter } from './counter';
import { blockOf } from './rate-limits';

const WINDOW_MS = 60_000;

/** Bounds how often a network may try what only guessers try often. All processes count together. */
export function limitFailures(name: string, limit: number, rateLimits: RateLimits): FailureLimit {
  const counter = createCounter({ name, limit, windowMs: WINDOW_MS, block: blockOf(limit) }, rateLimits);

  return {
    async spend(request) {
      const { isOver, resetAt } = await counter.hit(keyOf(request));
      if (isOver) throw tooManyFailures(resetAt);
    },
    refund: (request) => counter.refund(keyOf(request)),
  };
}

/** Hashed, since an address that is stored is somebody's. */
const keyOf = (request: Origin): string =>
  createHash('sha256').update(networkOf(request)).digest('base64url').slice(0, 22);

const tooManyFailures = (resetAt: number): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    'Your network has sent too many requests with a wrong key or token. Wait a minute, then send one that is right.',
    { retryAfterSeconds: Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)) },
  );
