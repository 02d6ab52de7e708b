import type { ProviderProblem } from './provider-problem';
import { accountStopped, ambiguous, busy, keyRefused } from './provider-problem';

/** HTTP statuses that every provider uses alike; the ledger calls them `http-<status>`. */
const STATUSES: Record<number, ProviderProblem> = {
  301: accountStopped('The provider has moved to another address, so the base URL in our settings is wrong.'),
  307: accountStopped('The provider wants the request at another address, so the base URL in our settings is wrong.'),
  308: accountStopped('The provider has moved to another address, so the base URL in our settings is wrong.'),
  401: keyRefused('The provider does not accept our key: it is wrong, has expired, or was revoked.'),
  403: accountStopped('The provider forbids our account to send; it may be suspended, blocked or under review.'),
  404: accountStopped(
    'The provider has nothing at the address that we send to: the base URL or the account in our settings is wrong.',
  ),
  405: accountStopped('The address that we send to does not take messages: the base URL in our settings is wrong.'),
  408: ambiguous(
    'The provider says that our request took too long to arrive, so it is unknown whether the message was accepted.',
  ),
  429: busy('The provider asks us to send more slowly.'),
  500: ambiguous(
    'The provider failed while it handled the request, so it is unknown whether the message was accepted.',
  ),
  502: ambiguous('A gateway of the provider got an invalid answer, so it is unknown whether the message was accepted.'),
  503: ambiguous('The provider said that it is unavailable, so it is unknown whether the message was accepted.'),
  504: ambiguous(
    'A gateway of the provider waited too long for an answer, so it is unknown whether the message was accepted.',
  ),
};
const OTHER_REFUSAL = accountStopped('The provider refuses our requests with a status that we do not know.');
const OTHER_FAILURE = ambiguous(
  'The provider failed with a status that we do not know, so it is unknown whether the message was accepted.',
);
const UNREADABLE = ambiguous('The provider answered without saying clearly whether the message was accepted.');

export function problemOfStatus(status: number): ProviderProblem {
  if (status >= 500) return STATUSES[status] ?? OTHER_FAILURE;
  return STATUSES[status] ?? (status >= 400 ? OTHER_REFUSAL : UNREADABLE);
}

/** Whether a status alone says that nothing was accepted and that an unchanged request would fail again. */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;
