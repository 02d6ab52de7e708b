import type { Filter } from 'mongodb';
import { FAILURE_CLASSES, OPTED_OUT_CODE, RETRYABLE_STATES, TRANSIENT_CODES } from '../../contract/invitation';
import type { FailureClass } from '../../contract/invitation';
import type { InvitationDoc } from '../documents';

export interface RetryableSelection {
  classes?: readonly FailureClass[];
  includeUnconfirmed?: boolean;
}

/** The invitations that may be sent again on request. Whoever has asked for no more messages is never among them. */
export function retryable({
  classes = FAILURE_CLASSES,
  includeUnconfirmed,
}: RetryableSelection): Filter<InvitationDoc> {
  const failed = { state: { $in: [...RETRYABLE_STATES] } };
  const byClass: Record<FailureClass, Filter<InvitationDoc>> = {
    transient: { ...failed, code: { $in: [...TRANSIENT_CODES] } },
    permanent: { ...failed, code: { $nin: [...TRANSIENT_CODES, OPTED_OUT_CODE] } },
    unconfirmed: { state: 'unconfirmed', code: { $ne: OPTED_OUT_CODE } },
  };
  const wanted = classes.filter((one) => one !== 'unconfirmed' || includeUnconfirmed);
  return wanted.length > 0 ? { $or: wanted.map((one) => byClass[one]) } : { _id: { $in: [] } };
}
