/** What to do with a send whose fate the provider could not tell. */
export type SettlePolicy = 'never-twice' | 'resend-after-settle';

/** The provider's answer when it is asked for a message; `unknown` if it could not be asked. */
export type LookUpAnswer = 'accepted' | 'not-found' | 'unknown';

/** After so many sends that the provider does not know, another one will not help. */
export const MAX_ATTEMPTS = 5;

/**
 * Decides about an invitation in doubt whose settle window is over. It is never sent again if its person is gone
 * (`canBeResent` is false).
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
