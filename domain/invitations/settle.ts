/** The treatment of a send whose outcome is unknown. */
export type SettlePolicy = 'never-twice' | 'resend-after-settle';

/** The provider's answer to a look-up; `unknown` if the look-up failed. */
export type LookUpAnswer = 'accepted' | 'not-found' | 'unknown';

/** The most sends of a message that the provider never finds. */
export const MAX_ATTEMPTS = 5;

/**
 * Decides about an invitation in doubt whose settle window is over. `canBeResent` is false if its person was removed.
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
