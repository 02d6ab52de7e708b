import type { ProviderProblem } from './provider-problem';
import { ambiguous, busy, keyRefused } from './provider-problem';

/** Our own codes for errors without one. */
export const DEADLINE = 'deadline';
export const TOO_LATE = 'too-late';
export const INVALID_REQUEST = 'invalid-request';
export const UNEXPECTED = 'unexpected-error';

const NO_ROUTE = 'The network has no route to the provider.';
const NO_NAME = 'The network does not know the host name of the provider.';
const BROKEN_OFF = 'The connection to the provider broke off.';
const NO_CONNECTION = 'The provider did not take our connection in time.';
const NO_TRUST = 'The certificate of the provider is not trusted.';
const NO_HTTP = 'The answer is invalid HTTP; a proxy between us and the provider may have written it.';

/** By the code of the error. */
const REASONS: Record<string, string> = {
  [DEADLINE]: 'The provider did not answer in time.',
  [TOO_LATE]: 'The request could not begin in time, so it was put off.',
  [INVALID_REQUEST]: 'The key or the address of the provider in our settings is invalid.',
  [UNEXPECTED]: 'An unexpected error interrupted the sending of the message.',
  ECONNREFUSED: 'The address of the provider does not take connections.',
  ECONNRESET: BROKEN_OFF,
  ECONNABORTED: BROKEN_OFF,
  EPIPE: BROKEN_OFF,
  UND_ERR_SOCKET: BROKEN_OFF,
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  ENETDOWN: NO_ROUTE,
  EHOSTDOWN: NO_ROUTE,
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  ETIMEDOUT: NO_CONNECTION,
  UND_ERR_CONNECT_TIMEOUT: NO_CONNECTION,
  CERT_HAS_EXPIRED: NO_TRUST,
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_TRUST,
  SELF_SIGNED_CERT_IN_CHAIN: NO_TRUST,
  ERR_TLS_CERT_ALTNAME_INVALID: NO_TRUST,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_TRUST,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_TRUST,
  HTTPParserError: NO_HTTP,
  UND_ERR_HEADERS_OVERFLOW: NO_HTTP,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: NO_HTTP,
};

export const reasonOfNetworkError = (cause: string): string | undefined =>
  Object.hasOwn(REASONS, cause) ? REASONS[cause] : cause.startsWith('HPE_') ? NO_HTTP : undefined;

/**
 * The problem of a request without an answer. `not-sent`: not a byte of it was written; `in-doubt`: any other case. The
 * code cannot decide between the two, since a reset, for instance, may be either.
 */
export function problemOfNetworkError(kind: 'not-sent' | 'in-doubt', cause: string): ProviderProblem {
  const reason = reasonOfNetworkError(cause) ?? 'The network failed with an error that we do not know.';
  // Invalid settings stay invalid until staff correct them.
  if (cause === INVALID_REQUEST) return keyRefused(reason);
  return kind === 'not-sent' ? busy(reason) : ambiguous(reason);
}
