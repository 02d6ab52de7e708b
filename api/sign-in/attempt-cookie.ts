import type { Request } from 'express';
import type { Attempt } from './provider-client';

/** Somebody types a password and looks for their telephone meanwhile. In seconds. */
const KEPT_SECONDS = 600;
const PART = /^[\w-]{43}$/;

/** One for each attempt: two tabs may sign in at the same time. `state` is random, and some of it tells them apart. */
const nameOf = (state: string, isTls: boolean): string =>
  `${isTls ? '__Host-' : ''}client-import-sign-in-${state.slice(0, 8)}`;

/**
 * Keeps an attempt in the browser that began it, so that nobody can have another browser finish it. `Lax`: the provider, which is another
 * site, leads back here.
 */
const cookieOf = (name: string, value: string, isTls: boolean, seconds: number): string =>
  [`${name}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${seconds}`, ...(isTls ? ['Secure'] : [])].join(
    '; ',
  );

export const keepAttempt = ({ state, nonce, verifier }: Attempt, isTls: boolean): string =>
  cookieOf(nameOf(state, isTls), [state, nonce, verifier].join('.'), isTls, KEPT_SECONDS);

export const forgetAttempt = (state: string, isTls: boolean): string => cookieOf(nameOf(state, isTls), '', isTls, 0);

/** The attempt with this `state` that began in the browser of the request. */
export function attemptOf({ headers }: Pick<Request, 'headers'>, state: string, isTls: boolean): Attempt | undefined {
  const name = nameOf(state, isTls);
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const parts = (pairs.find(([one]) => one === name)?.[1] ?? '').split('.');
  const [kept, nonce, verifier] = parts;
  if (parts.length !== 3 || !parts.every((part) => PART.test(part)) || kept !== state) return undefined;
  return { state, nonce: nonce!, verifier: verifier! };
}

/** Whether it can be one of ours: a cookie is named by it. */
export const isState = (state: string | null): state is string => state !== null && PART.test(state);
