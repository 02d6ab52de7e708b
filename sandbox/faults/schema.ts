import type { z } from 'zod';
import { OPERATIONS, PROVIDERS } from '../http/exchange';
import { flag, objectOf, oneOf, probability, text, wholeNumber } from '../http/schema';
import { matchSchema } from '../planning/match';

const FAULT_KINDS = [
  /** 429 with the header that says when to come back; not accepted. */
  'rate-limit',
  /** An error in the provider's own shape; not accepted unless `accept`. */
  'error',
  /** The connection is closed without a byte; not accepted unless `accept`. */
  'drop',
  /** The same, but by a reset, as from a machine that has just died; not accepted unless `accept`. */
  'reset',
  /** Answered as usual, only `delayMs` later, even if the caller has gone away by then. */
  'delay',
  /** Accepted; then the socket is destroyed, or the error `status` is answered. */
  'reply-lost',
  /** An HTML page where JSON is due; not accepted unless `accept`. */
  'html-error',
  /** The answer of success with half of its JSON, as if that were all of it. */
  'broken-json',
  /** The answer of success; the connection is closed in the middle of its body, short of its Content-Length. */
  'truncated',
  /** The same, but by a reset. */
  'reset-body',
  /** The answer of success, one byte every half second. */
  'drip',
  /** Never answered; not accepted unless `accept`. */
  'hang',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Whether the kinds that allow `accept` accept without it; the other kinds leave no choice. */
const ACCEPTS_BY_DEFAULT: Readonly<Partial<Record<FaultKind, boolean>>> = {
  error: false,
  drop: false,
  reset: false,
  'html-error': false,
  hang: false,
  // These answer with success, which is a lie under `accept: false`.
  delay: true,
  'broken-json': true,
  truncated: true,
  'reset-body': true,
  drip: true,
};

/** One fault of `POST /__faults`. */
export const faultSchema = objectOf({
  id: text.optional(),
  provider: oneOf([...PROVIDERS, 'both']),
  /** `send`, if absent. */
  operation: oneOf(OPERATIONS).optional(),
  match: matchSchema.optional(),
  kind: oneOf(FAULT_KINDS),
  status: wholeNumber(200, 599).optional(),
  /** Error code of Twilio. */
  code: wholeNumber(1, 99_999).optional(),
  message: text.optional(),
  retryAfterSeconds: wholeNumber(0, 86_400).optional(),
  /** Waited first, with every kind. */
  delayMs: wholeNumber(0, 3_600_000).optional(),
  /** Whether the messages get into the ledger, independent of the answer. */
  accept: flag.optional(),
  /** Share of the requests that are struck, drawn from a sequence that `seed` repeats. */
  probability: probability.optional(),
  seed: wholeNumber(0).optional(),
  /** How many requests it strikes; all that fit, if absent. */
  times: wholeNumber(1).optional(),
}).superRefine(({ kind, accept, delayMs }, context) => {
  const add = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (accept !== undefined && ACCEPTS_BY_DEFAULT[kind] === undefined) {
    add('accept', `is only for the kinds ${Object.keys(ACCEPTS_BY_DEFAULT).join(', ')}`);
  }
  if (kind === 'delay' && delayMs === undefined) add('delayMs', 'is missing');
});
export type FaultRequest = z.infer<typeof faultSchema>;

/** Whether a fault that allows `accept` accepts the request it strikes. */
export const isAccepting = ({ kind, accept }: Pick<FaultRequest, 'kind' | 'accept'>): boolean =>
  accept ?? ACCEPTS_BY_DEFAULT[kind] ?? false;
