import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { FAILURES } from '../contract/failures';
import type { Deadline } from '../platform/deadline';

/** The texts stand in Temporal's history: ids and counts only. */
export const importNotFound = (importId: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`There is no import ${importId}`, FAILURES.importNotFound);

/** An answer to a person, not a fault: it is neither logged as one nor counted. */
const answer = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.create({ message, type, nonRetryable: true, category: ApplicationFailureCategory.BENIGN });

export const nothingToRetry = (): ApplicationFailure =>
  answer(FAILURES.nothingToRetry, 'Nothing failed among these invitations: there is nothing to retry.');

export const planOutdated = (): ApplicationFailure =>
  answer(
    FAILURES.planOutdated,
    'This is not the plan that would be carried out now: the data has moved since. Look at the new plan and apply that one.',
  );

/** Codes only: in words it is told by the API. */
export const fileRejected = (codes: readonly string[]): ApplicationFailure =>
  answer(
    FAILURES.nothingToApply,
    `The file as a whole is refused by now (${codes.join(', ')}). Look at the import to see why.`,
  );

export const nothingToApply = (): ApplicationFailure =>
  answer(
    FAILURES.nothingToApply,
    'There is no plan that waits to be applied: it was applied already, or it has expired.',
  );

export const nothingToPause = (): ApplicationFailure =>
  answer(FAILURES.nothingToPause, 'This import is at its end: there is nothing left to hold back or to cancel.');

/** `retryAfterMs` is the provider's own wish; without it the retry policy of the step decides. */
export const providerBusy = (providerCode: string, retryAfterMs: number | undefined): ApplicationFailure =>
  ApplicationFailure.create({
    message: `The provider is busy (${providerCode}); nothing of this was processed`,
    type: FAILURES.providerBusy,
    category: ApplicationFailureCategory.BENIGN,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
  });

/** The process was frozen, or the database slow, between a claim and its use. The claim was not used. */
const claimTooOld = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'Too much time has passed to go on safely; the step begins anew',
    type: FAILURES.claimTooOld,
  });

/** A process that was frozen until its deadline expired must not go on: another may have taken over. */
export function assertNotExpired(deadline: Deadline): void {
  if (deadline.expired()) throw claimTooOld();
}
