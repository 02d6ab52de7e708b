import type { ProblemCode } from '../../contract/problem-codes';

/** What an answer of a provider, or the lack of one, means for an invitation. */
export interface Meaning {
  /**
   * `rejected`: this person cannot be invited like this. `busy`: known not to have been processed, so it may be sent
   * again. `ambiguous`: may or may not have been accepted. `stopped`: nobody can be invited until a person has mended it.
   */
  outcome: 'rejected' | 'busy' | 'ambiguous' | 'stopped';
  problem: ProblemCode;
  /** For support staff: one sentence, without a person in it. */
  words: string;
}

const meaning =
  (outcome: Meaning['outcome'], problem: ProblemCode) =>
  (words: string): Meaning => ({ outcome, problem, words });

export const addressRefused = meaning('rejected', 'invitation.address-refused');
export const optedOut = meaning('rejected', 'invitation.opted-out');
export const notReachable = meaning('rejected', 'invitation.not-reachable');
export const countryNotEnabled = meaning('rejected', 'invitation.country-not-enabled');
export const bounced = meaning('rejected', 'invitation.bounced');
export const undelivered = meaning('rejected', 'invitation.undelivered');
export const filtered = meaning('rejected', 'invitation.filtered');
/** What is wrong is in the part of the message that is this person's alone. */
export const personsMessageRefused = meaning('rejected', 'invitation.message-refused');

export const messageRefused = meaning('stopped', 'invitation.message-refused');
export const senderRefused = meaning('stopped', 'invitation.sender-refused');
export const keyRefused = meaning('stopped', 'invitation.key-refused');
export const creditsExhausted = meaning('stopped', 'invitation.credits-exhausted');
export const accountStopped = meaning('stopped', 'invitation.account-stopped');

export const busy = meaning('busy', 'invitation.provider-unavailable');
export const ambiguous = meaning('ambiguous', 'invitation.unconfirmed');
