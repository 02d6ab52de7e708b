import type { Meaning } from './provider-problem';
import { ambiguous, busy, keyRefused } from './provider-problem';

/** Our own codes for what has no other name. */
export const DEADLINE = 'deadline';
export const TOO_LATE = 'too-late';
export const INVALID_REQUEST = 'invalid-request';
export const UNEXPECTED = 'unexpected-error';

const NO_ROUTE = 'There is no way through the network to the provider.';
const NO_NAME = 'The name of the provider could not be found in the network.';
const BROKEN_OFF = 'The connection to the provider broke off.';
const NO_CONNECTION = 'A connection to the provider could not be made in time.';
const NO_TRUST = 'The certificate that the provider shows cannot be trusted.';
const NO_HTTP = 'What came back was no answer of the provider; something between it and us may be at work.';

/** Without a proper answer, by the code of the fault. */
const WORDS: Record<string, string> = {
  [DEADLINE]: 'The provider did not answer in time.',
  [TOO_LATE]: 'The request could not be begun in time, so it was put off.',
  [INVALID_REQUEST]: 'No request can be made with the key or the address of the provider in our settings.',
  [UNEXPECTED]: 'Something unexpected went wrong while the message was being sent.',
  ECONNREFUSED: 'Nobody takes connections at the address of the provider.',
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

export const wordsOfFault = (cause: string): string | undefined =>
  Object.hasOwn(WORDS, cause) ? WORDS[cause] : cause.startsWith('HPE_') ? NO_HTTP : undefined;

/**
 * What it means that no answer came. `not-sent`: not a byte of the request was written; `in-doubt`: any other case. One
 * fault may be either, a reset for instance, so it is not the code that decides.
 */
export function meaningOfFault(kind: 'not-sent' | 'in-doubt', cause: string): Meaning {
  const words = wordsOfFault(cause) ?? 'The network failed in a way that we do not know.';
  // Waiting for the settings to mend themselves would be for ever.
  if (cause === INVALID_REQUEST) return keyRefused(words);
  return kind === 'not-sent' ? busy(words) : ambiguous(words);
}
