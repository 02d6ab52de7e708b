import type { Request, RequestHandler } from 'express';
import { isIPv6 } from 'node:net';
import { HttpProblem, temporarilyUnavailable } from './http-problem';
import { whenClosed } from '../when-closed';

export interface Rate {
  perSecond: number;
  /** How many may come at once. */
  burst: number;
}

/** Where a request comes from: `ip` is behind a trusted proxy, too. */
export type Origin = Partial<Pick<Request, 'ip'>> & Pick<Request, 'socket'>;

/** What one network address may ask for without a key. */
export interface Budget {
  /** Throws a 429 that says when to come back. */
  spend(request: Origin): void;
}

/** How many wrong keys or tokens one network address may try, at all processes together. */
export interface FailureLimit {
  /** Throws a 429 that says when to come back. */
  spend(request: Origin): Promise<void>;
  /** Takes back what turned out to be right. */
  refund(request: Origin): void;
}

/** Asks about a token. Only who guesses uses tokens that never were, so a known one is taken back. */
export async function askByToken<T extends { kind: string }>(
  failures: FailureLimit,
  request: Origin,
  ask: () => Promise<T>,
): Promise<T> {
  await failures.spend(request);
  const answer = await ask();
  if (answer.kind !== 'unknown') failures.refund(request);
  return answer;
}

/** Requests without a key that end in 401 or 404, and reports without a signature. A browser needs a few. */
export const STRANGERS: Rate = { perSecond: 50, burst: 200 };
/** Health checks: several load balancers behind one address. */
export const PROBES: Rate = { perSecond: 50, burst: 200 };
/** Accepted invitations: an office of several hundred people behind one address. */
export const GUESTS: Rate = { perSecond: 50, burst: 500 };

/** Half of the addresses that are remembered, in some 2 MB; one that was not seen for so many others has a full budget again. */
const MAX_ADDRESSES = 5000;

/**
 * A token bucket for each address, in memory: it protects the process from what costs nothing but its CPU, so each process has its
 * own. By hand, since the limiters that were looked at keep a timer or a record for every address, without bound.
 */
export function createBudget({ perSecond, burst }: Rate, now: () => number = Date.now): Budget {
  // Two generations, since a Map that is emptied from its front slows down with all that it has forgotten.
  let [buckets, older] = [new Map<string, Bucket>(), new Map<string, Bucket>()];

  return {
    spend(request) {
      const address = networkOf(request);
      const at = now();
      const bucket = buckets.get(address) ?? older.get(address) ?? { tokens: burst, at };
      const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
      if (buckets.size >= MAX_ADDRESSES) [buckets, older] = [new Map<string, Bucket>(), buckets];
      buckets.set(address, { tokens: tokens < 1 ? tokens : tokens - 1, at });
      if (tokens < 1) throw tooManyRequests();
    },
  };
}

interface Bucket {
  tokens: number;
  /** When it had so many, in milliseconds. */
  at: number;
}

export const spendOf =
  (budget: Budget): RequestHandler =>
  (request, _response, next) => {
    budget.spend(request);
    next();
  };

/** One subscriber has all addresses of an IPv6 network of 64 bits. */
export function networkOf({ ip, socket }: Origin): string {
  const address = ip ?? socket.remoteAddress ?? '';
  return isIPv6(address) && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address;
}

const tooManyRequests = (): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    'Your network has sent too many requests without a valid key. Wait a second, then send fewer.',
    { retryAfterSeconds: 1 },
  );

export interface OpenLimit {
  /** Requests at a time, of all addresses together. */
  most: number;
  /** A body that is not complete by then ends with its connection. In milliseconds. */
  bodyWithinMs: number;
}

/** Bounds the memory of a route without a key: how many bodies are there at a time, and for how long. */
export function limitOpen({ most, bodyWithinMs }: OpenLimit): RequestHandler {
  let open = 0;
  return (request, response, next) => {
    if (open >= most) throw temporarilyUnavailable('Too many requests are open. Try again in a few seconds.');
    open++;
    const slow = setTimeout(() => request.destroy(), bodyWithinMs);
    request.once('end', () => clearTimeout(slow));
    whenClosed(response, () => {
      clearTimeout(slow);
      open--;
    });
    next();
  };
}
