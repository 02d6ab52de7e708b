/** What to do with a send whose fate the provider could not tell. */
export type SettlePolicy = 'never-twice' | 'resend-after-settle';

/** What a provider says when it is asked for a message; `unknown` where it could not be asked. */
export type LookUpAnswer = 'accepted' | 'not-found' | 'unknown';

/** After so many sends that the provider does not know of, something is wrong that another one will not mend. */
export const MAX_ATTEMPTS = 5;

/**
 * What becomes of an invitation in doubt whose settle window is over. Where its person is gone (`canBeResent` is false), it
 * is not sent again, whatever the policy.
 */
export function settle(
  answer: LookUpAnswer,
  policy: SettlePolicy,
  attempts: number,
  canBeResent: boolean,
): 'sent' | 'resend' | 'unconfirmed' | 'ask-again' {
  if (answer === 'accepted') return 'sent';
  if (answer === 'unknown') return 'ask-again';
  return policy === 'resend-after-settle' && canBeResent && attempts < MAX_ATTEMPTS ? 'resend' : 'unconfirmed';
}
