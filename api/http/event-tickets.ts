import type { RequestHandler } from 'express';
import type { Store } from '../../store/index';
import type { Caller } from './caller';
import { endedAmong } from './open-requests';
import type { OpenRequests } from './open-requests';

/** A ticket for it signs in to the page once: the address that `npm start` prints. */
export const SIGN_IN = '/v1/session';

/**
 * Lets a stream of events be opened by a ticket in the query, since an EventSource cannot send a key. A ticket opens one stream,
 * once, within a minute, as the caller who asked for it, and ends with the key that it was asked with; requests are logged without
 * their query. Everything else needs a key.
 */
export const orTicket =
  (
    store: Pick<Store, 'eventTickets' | 'apiKeys'>,
    openRequests: OpenRequests,
    authenticate: RequestHandler,
  ): RequestHandler =>
  async (request, response, next) => {
    const { ticket } = request.query;
    const isTaken = request.method === 'GET' || request.path === SIGN_IN;
    const isTicket = typeof ticket === 'string' && isTaken && !request.get('authorization');
    const found = isTicket ? await store.eventTickets.take(ticket, request.path) : null;
    if (!found || (await endedAmong(store, [found.credential])).size > 0) return authenticate(request, response, next);
    request.caller = found.caller as Caller;
    request.credential = found.credential;
    openRequests.add(response, found.credential);
    next();
  };
