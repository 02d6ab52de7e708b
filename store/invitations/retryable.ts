import type { Filter } from 'mongodb';
import {
  ELSEWHERE_CODE,
  FAILURE_CLASSES,
  NOT_NEEDED_CODE,
  OPTED_OUT_CODE,
  REFUSED_AT_NIGHT_CODE,
  RETRYABLE_STATES,
  TRANSIENT_CODES,
} from '../../contract/invitation';
import type { FailureClass } from '../../contract/invitation';
import { OPTED_IN_AGAIN_CODE } from '../../domain/invitations/opt-outs';
import type { InvitationDoc } from '../documents';

export interface RetryableSelection {
  classes?: readonly FailureClass[];
  includeUnconfirmed?: boolean;
  /** Only what a provider has refused for the hour alone, of invitations that have at most so many generations. */
  refusedAtNight?: { mostGenerations: number };
  /** Only what was not needed, since the first channel had reached its person. */
  notNeeded?: true;
}

/**
 * Invitations that were never sent: their import was cancelled, or another one came first. They may be sent to people whom no
 * import has invited since.
 */
const UNTRIED: Filter<InvitationDoc>[] = [{ state: 'cancelled' }, { state: 'suppressed', code: ELSEWHERE_CODE }];

export const isUntried = ({ state, code }: InvitationDoc): boolean =>
  state === 'cancelled' || (state === 'suppressed' && code === ELSEWHERE_CODE);

/** Stopped by an opt-out before they were sent; their people allow messages again. */
const ALLOWED_AGAIN: Filter<InvitationDoc> = { state: 'suppressed', code: OPTED_IN_AGAIN_CODE };

/** Selects the invitations that may be sent again on request. People who have opted out or were erased are never among them. */
export function retryable({
  classes = FAILURE_CLASSES,
  includeUnconfirmed,
  refusedAtNight,
  notNeeded,
}: RetryableSelection): Filter<InvitationDoc> {
  const failed = { state: { $in: [...RETRYABLE_STATES] } };
  const isReachable = { erasedAt: { $exists: false } };
  if (refusedAtNight) {
    const generation = { $lte: refusedAtNight.mostGenerations };
    return { ...isReachable, ...failed, code: REFUSED_AT_NIGHT_CODE, generation };
  }
  if (notNeeded) return { ...isReachable, state: 'suppressed', code: NOT_NEEDED_CODE };
  const byClass: Record<FailureClass, Filter<InvitationDoc>> = {
    transient: { $or: [{ ...failed, code: { $in: [...TRANSIENT_CODES] } }, ALLOWED_AGAIN, ...UNTRIED] },
    permanent: { ...failed, code: { $nin: [...TRANSIENT_CODES, OPTED_OUT_CODE] } },
    unconfirmed: { state: 'unconfirmed', code: { $ne: OPTED_OUT_CODE } },
  };
  const selected = classes.filter((failureClass) => failureClass !== 'unconfirmed' || includeUnconfirmed);
  return selected.length > 0
    ? { ...isReachable, $or: selected.map((failureClass) => byClass[failureClass]) }
    : { _id: { $in: [] } };
}
