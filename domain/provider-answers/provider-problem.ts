import type { ProblemCode } from '../../contract/problem-codes';

/** Why an invitation was not accepted by a provider, or may not have been. */
export interface ProviderProblem {
  /**
   * `rejected`: this person cannot be invited like this. `busy`: known not to have been processed, so it may be sent
   * again. `ambiguous`: may or may not have been accepted. `stopped`: no invitation goes out until staff solve it. What may
   * concern one recipient or one country only is `rejected`: a pause would hold everybody else.
   */
  outcome: 'rejected' | 'busy' | 'ambiguous' | 'stopped';
  code: ProblemCode;
  /** One sentence for support staff, without personal data. */
  reason: string;
}

const problem =
  (outcome: ProviderProblem['outcome'], code: ProblemCode) =>
  (reason: string): ProviderProblem => ({ outcome, code, reason });

export const addressRefused = problem('rejected', 'invitation.address-refused');
export const optedOut = problem('rejected', 'invitation.opted-out');
export const notReachable = problem('rejected', 'invitation.not-reachable');
export const countryNotEnabled = problem('rejected', 'invitation.country-not-enabled');
/** The sender, which may reach other countries and telephone companies. */
export const senderNotForNumber = problem('rejected', 'invitation.sender-not-for-number');
export const bounced = problem('rejected', 'invitation.bounced');
export const undelivered = problem('rejected', 'invitation.undelivered');
export const refusedAtNight = problem('rejected', 'invitation.refused-at-night');
export const filtered = problem('rejected', 'invitation.filtered');
/** The invalid part of the message is this person's alone, so the others are still sent theirs. */
export const personsMessageRefused = problem('rejected', 'invitation.message-refused');

// About what all messages share: the account and its settings.
export const messageRefused = problem('stopped', 'invitation.message-refused');
export const senderRefused = problem('stopped', 'invitation.sender-refused');
export const keyRefused = problem('stopped', 'invitation.key-refused');
export const creditsExhausted = problem('stopped', 'invitation.credits-exhausted');
export const accountStopped = problem('stopped', 'invitation.account-stopped');

export const busy = problem('busy', 'invitation.provider-unavailable');
export const ambiguous = problem('ambiguous', 'invitation.unconfirmed');
