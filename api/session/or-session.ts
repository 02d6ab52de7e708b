import type { Request, RequestHandler } from 'express';
import type { Store } from '../../store/index';
import { secretOf } from './session-cookie';
import type { Caller, Credential } from '../http/caller';
import { HttpProblem } from '../http/http-problem';
import { endedAmong } from '../http/open-requests';
import type { OpenRequests } from '../http/open-requests';

/** What the page sends with each request. Another site can have a browser send a cookie, but no header of its own. */
const OF_THE_PAGE = 'client-import-page';
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Lets in whoever has signed in to the page, by the cookie of their session. A request with a key of its own is judged by that. A
 * session ends with the key that it began with, and may what that key may now.
 */
export const orSession =
  (
    store: Pick<Store, 'sessions' | 'apiKeys'>,
    isTls: boolean,
    openRequests: OpenRequests,
    authenticate: RequestHandler,
  ): RequestHandler =>
  async (request, response, next) => {
    const secret = request.get('authorization') === undefined ? secretOf(request, isTls) : undefined;
    const session = secret === undefined ? null : await store.sessions.find(secret);
    const caller = session && (await callerOf(store, session.caller as Caller, session.credential));
    if (!caller) return authenticate(request, response, next);
    if (!SAFE.has(request.method)) requireOwnPage(request);
    request.caller = caller;
    request.credential = session.credential;
    openRequests.add(response, session.credential);
    next();
  };

async function callerOf(
  store: Pick<Store, 'apiKeys'>,
  caller: Caller,
  credential: Credential,
): Promise<Caller | undefined> {
  if (credential.hash === undefined) return (await endedAmong(store, [credential])).size > 0 ? undefined : caller;
  const found = await store.apiKeys.findByHash(credential.hash);
  return found ? { ...caller, role: found.key.role, rights: found.key.rights } : undefined;
}

function requireOwnPage(request: Request): void {
  const site = request.get('sec-fetch-site');
  if (request.get('x-requested-with') === OF_THE_PAGE && (site === undefined || site === 'same-origin')) return;
  throw new HttpProblem(
    403,
    'cross-site-request',
    'A session of the page is valid for requests of the page only. Other programs send a key: "Authorization: Bearer <key>".',
  );
}
