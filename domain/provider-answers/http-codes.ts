import type { Meaning } from './provider-problem';
import { accountStopped, ambiguous, busy, keyRefused } from './provider-problem';

/** HTTP statuses that mean the same at every provider, under `http-<status>`. */
const STATUSES: Record<number, Meaning> = {
  301: accountStopped('The provider has moved to another address, so the base URL in our settings is wrong.'),
  307: accountStopped('The provider wants the request at another address, so the base URL in our settings is wrong.'),
  308: accountStopped('The provider has moved to another address, so the base URL in our settings is wrong.'),
  401: keyRefused('The provider does not accept our key: it is wrong, has expired, or was revoked.'),
  403: accountStopped('The provider forbids our account to send; it may be suspended, blocked or under review.'),
  404: accountStopped(
    'There is nothing at the address that we send to: the base URL or the account in our settings is wrong.',
  ),
  405: accountStopped('The address that we send to takes no messages: the base URL in our settings is wrong.'),
  408: ambiguous(
    'The provider says that our request took too long to arrive, which does not tell whether it was accepted.',
  ),
  429: busy('The provider asks us to send more slowly.'),
  500: ambiguous('The provider failed while it dealt with the request, so nobody can tell whether it was accepted.'),
  502: ambiguous(
    'A gateway of the provider got no proper answer, so nobody can tell whether the message was accepted.',
  ),
  503: ambiguous('The provider said that it is unavailable, which does not tell whether the message was accepted.'),
  504: ambiguous(
    'A gateway of the provider waited too long for an answer, so nobody can tell whether it was accepted.',
  ),
};
const OTHER_REFUSAL = accountStopped('The provider refuses what we send in a way that we do not know.');
const OTHER_FAILURE = ambiguous(
  'The provider failed in a way that we do not know, so nobody can tell whether it was accepted.',
);
const UNREADABLE = ambiguous('The provider answered without saying clearly whether the message was accepted.');

export function meaningOfStatus(status: number): Meaning {
  if (status >= 500) return STATUSES[status] ?? OTHER_FAILURE;
  return STATUSES[status] ?? (status >= 400 ? OTHER_REFUSAL : UNREADABLE);
}

/** Whether a status says by itself that nothing was accepted and that trying again as it is would not help. */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;
