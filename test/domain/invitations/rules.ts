import type { Transition } from '../../../domain/invitations/transitions';
import { settle } from '../../../domain/invitations/settle';
import { fenceOf, shortestSettleWindow } from '../../../domain/invitations/windows';
import type { Deadline } from '../../../platform/deadline';

export const DEADLINE_MS = 1_000;
export const LAG_MS = 1_000;
export const FENCE_MS = fenceOf(DEADLINE_MS);

/** What a provider may do with a request: whether it takes the message, and what of that reaches us. */
export type Answer =
  'accepted' | 'refused' | 'busy' | 'stopped' | '5xx' | '5xx, accepted' | 'no reply' | 'no reply, accepted';
export const ANSWERS: readonly Answer[] = [
  'accepted',
  'refused',
  'busy',
  'stopped',
  '5xx',
  '5xx, accepted',
  'no reply',
  'no reply, accepted',
];

/** All decisions. They are the product's own rules, except where the test of the model takes one of them away. */
export const RULES = {
  /** Whether it is too late to send what was claimed. */
  isExpired: (deadline: Deadline): boolean => deadline.expired(),
  settle,
  settleWindowMs: shortestSettleWindow({ deadlineMs: DEADLINE_MS, lagMs: LAG_MS }),
  /** What an answer does to the invitation; `null` leaves it in doubt. */
  moveAfter: (answer: Answer): Transition | null => {
    switch (answer) {
      case 'accepted':
        return 'accept';
      case 'refused':
        return 'reject';
      case 'busy':
      case 'stopped':
        return 'release';
      default:
        return null;
    }
  },
  /** Whether a claim is a compare-and-set. */
  claims: true,
  /** Whether records and releases count only from the attempt that has the claim. */
  holders: true,
  /** Whether a worker looks for a pause once it has claimed. */
  looksForPauses: true,
  /** Whether an e-mail in doubt is settled only once its reports must have come. */
  awaitsReports: true,
  /** Whether a pause is confirmed only once no claim is young enough to be sent. */
  awaitsFence: true,
};
export type Rules = typeof RULES;
