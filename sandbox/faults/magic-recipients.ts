import type { FaultKind } from './schema';
import type { ProviderName } from '../http/exchange';

/** An address that brings on an error by itself, so that one can be seen without planning a fault. */
export interface MagicFault {
  provider: ProviderName;
  /** An address, or its beginning followed by `*`. */
  to: string;
  kind: FaultKind;
  status?: number;
  /** Error code of Twilio. */
  code?: number;
  message?: string;
  /** How many requests in a row it spoils before one gets through; always, if absent. */
  times?: number;
  /** For the inbox page. */
  effect: string;
}

/** The five documented by Twilio for its test credentials, then the same and more on numbers that look like anybody's. */
const REFUSED_NUMBERS = [
  { to: '+15005550001', code: 21211, effect: 'Refused: not a valid number' },
  { to: '+15005550002', code: 21612, effect: 'Refused: no route to this number' },
  { to: '+15005550003', code: 21408, effect: 'Refused: country not enabled' },
  { to: '+15005550004', code: 21610, effect: 'Refused: the person has opted out' },
  { to: '+15005550009', code: 21614, effect: 'Refused: cannot receive SMS' },
  { to: '+12025550191', code: 21211, effect: 'Refused: not a valid number' },
  { to: '+12025550192', code: 21612, effect: 'Refused: no route to this number' },
  { to: '+12025550193', code: 21408, effect: 'Refused: country not enabled' },
  { to: '+12025550194', code: 21610, effect: 'Refused: the person has opted out' },
  { to: '+12025550195', code: 21614, effect: 'Refused: cannot receive SMS' },
] as const;

const BUSY = { kind: 'rate-limit', times: 2, effect: 'Busy (429) twice, then accepted' } as const;
const DOWN = { kind: 'error', status: 503, times: 1, effect: 'Not accepted, 503, once; then accepted' } as const;
const LOST = { kind: 'reply-lost', times: 1, effect: 'Accepted, but the answer is lost, once' } as const;

/** Where one request holds several of them, the one that stands first here decides. */
export const MAGIC_FAULTS: readonly MagicFault[] = [
  ...REFUSED_NUMBERS.map((refused) => ({ provider: 'twilio', kind: 'error', ...refused }) as const),
  { provider: 'twilio', to: '+12025550196', ...BUSY },
  { provider: 'twilio', to: '+12025550197', ...DOWN },
  { provider: 'twilio', to: '+12025550198', ...LOST },
  {
    provider: 'sendgrid',
    to: 'sandbox-refused*',
    kind: 'error',
    status: 400,
    message: 'This address is refused, because it begins with sandbox-refused.',
    effect: 'Refused, and the whole request with it; the error names the personalization',
  },
  { provider: 'sendgrid', to: 'sandbox-busy*', ...BUSY },
  { provider: 'sendgrid', to: 'sandbox-down*', ...DOWN },
  { provider: 'sendgrid', to: 'sandbox-lost*', ...LOST },
];

/** Sender numbers that Twilio documents for its test credentials. */
export const MAGIC_SENDERS: Readonly<Record<string, number>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
};

/** Credentials that are refused with 401: auth tokens of Twilio, and keys of SendGrid after their `SG.`, that begin so. */
export const WRONG_CREDENTIAL = 'sandbox-wrong';
