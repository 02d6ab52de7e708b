import type { InvitationState } from '../../contract/invitation';
import { OPTED_OUT_CODE } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';

/** What is to become of an invitation whose person has told whether they want messages on its channel. */
export type OptOutMark = { suppressed: true } | { code: ProblemCode | undefined };

/** Refused because of a wish that the person has taken back since. */
export const OPTED_IN_AGAIN_CODE: ProblemCode = 'invitation.allowed-again';
/** Nothing is wrong with these, so the wish is all there is to tell of them. */
const WITHOUT_REASON: readonly InvitationState[] = ['sending', 'sent', 'delivered'];
/** The wish is why they failed. What failed for another reason keeps it. */
const FAILED: readonly InvitationState[] = ['failed', 'bounced'];

/**
 * The mark that an invitation lacks; `null` where it stands as it should. It follows from where the invitation and the wish
 * stand, and not from which of them came first. Only the newest of a person's invitations tells of their wish.
 */
export function missingMark(
  { state, code }: { state: InvitationState; code?: ProblemCode },
  wantsNone: boolean,
  isNewest: boolean,
): OptOutMark | null {
  const marked = code === OPTED_OUT_CODE;
  if (state === 'pending') return wantsNone ? { suppressed: true } : null;
  if (WITHOUT_REASON.includes(state)) {
    if (wantsNone && isNewest && !marked) return { code: OPTED_OUT_CODE };
    return !wantsNone && marked ? { code: undefined } : null;
  }
  if (!FAILED.includes(state) || (!marked && code !== OPTED_IN_AGAIN_CODE) || marked === wantsNone) return null;
  return { code: wantsNone ? OPTED_OUT_CODE : OPTED_IN_AGAIN_CODE };
}
