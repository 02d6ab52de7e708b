import type { RequestHandler } from 'express';
import { setTimeout as pause } from 'node:timers/promises';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';

export interface Pace {
  perSecond: number;
  /** How many may come at once. */
  burst: number;
  /** A request that would wait longer is refused. In milliseconds. */
  longestWaitMs: number;
}

/** An organisation that has not asked for so long does not need room. In milliseconds. */
const LATELY_MS = 5_000;

/**
 * Spreads the requests of an organisation over time while others are there too: a window that allows three thousand in ten seconds
 * allows them in the first, in which everybody else would wait. An organisation that is alone is not slowed. Each process has its own
 * pace, since what it shares out is its own CPU.
 */
export function createFairPace(
  { perSecond, burst, longestWaitMs }: Pace,
  now: () => number = performance.now.bind(performance),
) {
  const intervalMs = 1000 / perSecond;
  /** When the next request of an organisation is due. */
  const dueAt = new Map<string, number>();
  let latest = { organisation: '', at: -Infinity };
  /** The latest of any other organisation than that one. */
  let latestOther = latest;

  /** Whether another organisation has asked lately. */
  function hasCompany(organisation: string, at: number): boolean {
    if (latest.organisation === organisation) latest.at = at;
    else [latestOther, latest] = [latest, { organisation, at }];
    return at - latestOther.at < LATELY_MS;
  }

  return {
    /** How long a request has to wait, in milliseconds; `undefined` if that is too long. */
    waitOf(this: void, organisation: string): number | undefined {
      const at = now();
      if (!hasCompany(organisation, at)) return 0;
      const due = Math.max(dueAt.get(organisation) ?? 0, at - burst * intervalMs);
      const waitMs = Math.max(0, due - at);
      if (waitMs > longestWaitMs) return undefined;
      dueAt.set(organisation, due + intervalMs);
      return waitMs;
    },
  };
}

export const FAIR: Omit<Pace, 'perSecond'> = { burst: 10, longestWaitMs: 1000 };

export function keepFairPace(perSecond: number): RequestHandler {
  const pace = createFairPace({ ...FAIR, perSecond });
  return async (request, _response, next) => {
    const waitMs = pace.waitOf(callerOf(request).organisationId);
    if (waitMs === 0) return next();
    await pause(waitMs ?? FAIR.longestWaitMs * (1 + Math.random()));
    if (waitMs === undefined) throw tooFast();
    next();
  };
}

/** Told after the longest wait: told at once, it would be asked for again at once, and told at the same moment, at the same moment. */
const tooFast = (): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    'Your organisation sends more requests at once than it gets its share of while others are served too. Send fewer at a time.',
    { retryAfterSeconds: 1 },
  );
