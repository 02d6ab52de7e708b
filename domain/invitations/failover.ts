import { ELSEWHERE_CODE, OPTED_OUT_CODE, REFUSED_AT_NIGHT_CODE } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Failover } from '../../contract/sending/failover';

const HOUR_MS = 3_600_000;
/** Those that are due within one minute are looked at together. */
const MINUTE_MS = 60_000;

/** The newest message on the channel that is tried first, of one row. */
export interface FirstMessage {
  state: InvitationState;
  code?: ProblemCode;
  trail: readonly { state: InvitationState; at: Date }[];
  deferred?: { until: Date };
}

/** What becomes of the message on the other channel: it waits until a moment, or the first one is enough. */
export type SecondMessage = 'send' | 'not-needed' | { until: Date };

export const secondChannel = ({ first }: Pick<Failover, 'first'>): Channel => (first === 'email' ? 'sms' : 'email');

/**
 * Decides about the message on the second channel by the first one alone, whatever was decided before: the first one may be opened
 * again, and may bounce after it was delivered. `first` is absent where the channel reaches nobody.
 */
export function secondMessage(
  first: FirstMessage | undefined,
  { afterHours }: Pick<Failover, 'afterHours'>,
  now: Date,
): SecondMessage {
  if (!first) return 'send';
  const { state, code, deferred } = first;
  const waitFrom = (at: Date): SecondMessage => {
    const until = new Date(Math.ceil((at.getTime() + afterHours * HOUR_MS) / MINUTE_MS) * MINUTE_MS);
    return until > now ? { until } : 'send';
  };
  const since = first.trail.at(-1)?.at ?? now;
  switch (state) {
    case 'pending':
      return waitFrom(deferred && deferred.until > now ? deferred.until : now);
    case 'delivered':
    case 'accepted':
      return 'not-needed';
    case 'sent':
      // They have answered it, so it has reached them.
      return code === OPTED_OUT_CODE ? 'not-needed' : waitFrom(since);
    case 'sending':
    case 'unconfirmed':
      // It may have arrived, and a report of that may come.
      return waitFrom(since);
    case 'suppressed':
      // The message of another import is on its way.
      return code === ELSEWHERE_CODE ? waitFrom(since) : 'send';
    case 'failed':
    case 'bounced':
      // It is opened again in the morning.
      return code === REFUSED_AT_NIGHT_CODE ? waitFrom(since) : 'send';
    case 'cancelled':
      return 'send';
  }
}

/** Why a message on the second channel was sent. */
export const FAILOVER_CAUSES = ['failed', 'bounced', 'not-delivered', 'not-sent'] as const;
export type FailoverCause = (typeof FAILOVER_CAUSES)[number];

/** By the state of the first message when the second one was claimed; of several generations the newest then. */
export function failoverCause(generations: readonly Pick<FirstMessage, 'trail'>[], claimedAt: Date): FailoverCause {
  const state = generations.flatMap(({ trail }) => trail).findLast(({ at }) => at <= claimedAt)?.state;
  if (state === 'failed' || state === 'bounced') return state;
  return state === undefined || state === 'suppressed' || state === 'cancelled' ? 'not-sent' : 'not-delivered';
}

/** Why a message on the second channel was sent, in a sentence. */
export function failoverSentence(cause: FailoverCause, { first, afterHours }: Failover): string {
  const message = first === 'email' ? 'the e-mail' : 'the SMS';
  switch (cause) {
    case 'failed':
      return `Sent because ${message} could not be sent.`;
    case 'bounced':
      return `Sent because ${message} bounced.`;
    case 'not-delivered':
      return `Sent because ${message} was not delivered within ${afterHours} ${afterHours === 1 ? 'hour' : 'hours'}.`;
    case 'not-sent':
      return `Sent because there was ${first === 'email' ? 'no e-mail' : 'no SMS'}.`;
  }
}
