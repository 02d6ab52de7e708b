import type { ProviderName } from '../http/exchange';
import type { FaultKind } from './schema';

/** An address that causes a fault by itself, so that one can be seen without planning it. */
export interface MagicFault {
  provider: ProviderName;
  /** An address, or its beginning followed by `*`. */
  to: string;
  kind: FaultKind;
  status?: number;
  /** Error code of Twilio. */
  code?: number;
  message?: string;
  /** How many requests in a row fail before one is accepted; all, if absent. */
  times?: number;
  /** For the inbox page. */
  effect: string;
}

/** The five that Twilio documents for its test credentials, then the same and more on ordinary-looking numbers. */
const REJECTED_NUMBERS = [
  { to: '+15005550001', code: 21211, effect: 'Rejected: not a valid number' },
  { to: '+15005550002', code: 21612, effect: 'Rejected: no route to this number' },
  { to: '+15005550003', code: 21408, effect: 'Rejected: country not enabled' },
  { to: '+15005550004', code: 21610, effect: 'Rejected: the person has opted out' },
  { to: '+15005550009', code: 21614, effect: 'Rejected: cannot receive SMS' },
  { to: '+12025550191', code: 21211, effect: 'Rejected: not a valid number' },
  { to: '+12025550192', code: 21612, effect: 'Rejected: no route to this number' },
  { to: '+12025550193', code: 21408, effect: 'Rejected: country not enabled' },
  { to: '+12025550194', code: 21610, effect: 'Rejected: the person has opted out' },
  { to: '+12025550195', code: 21614, effect: 'Rejected: cannot receive SMS' },
] as const;

const BUSY = { kind: 'rate-limit', times: 2, effect: 'Busy (429) twice, then accepted' } as const;
const DOWN = { kind: 'error', status: 503, times: 1, effect: 'Not accepted, 503, once; then accepted' } as const;
const LOST = { kind: 'reply-lost', times: 1, effect: 'Accepted, but the answer is lost, once' } as const;

/** The first one decides where a request holds several. */
export const MAGIC_FAULTS: readonly MagicFault[] = [
  ...REJECTED_NUMBERS.map((rejected) => ({ provider: 'twilio', kind: 'error', ...rejected }) as const),
  { provider: 'twilio', to: '+12025550196', ...BUSY },
  { provider: 'twilio', to: '+12025550197', ...DOWN },
  { provider: 'twilio', to: '+12025550198', ...LOST },
  {
    provider: 'sendgrid',
    to: 'sandbox-rejected*',
    kind: 'error',
    status: 400,
    message: 'This address is rejected, because it begins with sandbox-rejected.',
    effect: 'Rejected, and the whole request with it; the error names the personalization',
  },
  { provider: 'sendgrid', to: 'sandbox-busy*', ...BUSY },
  { provider: 'sendgrid', to: 'sandbox-down*', ...DOWN },
  { provider: 'sendgrid', to: 'sandbox-lost*', ...LOST },
];

/** Beginning of invalid credentials (401): of an auth token of Twilio, or of a key of SendGrid after its `SG.`. */
export const WRONG_CREDENTIAL = 'sandbox-wrong';
