import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { FAILURES } from '../contract/failures';

/** The texts stand in Temporal's history: ids and counts only. */
export const importNotFound = (importId: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`There is no import ${importId}`, FAILURES.importNotFound);

/** An answer to a person, not a fault: it is neither logged as one nor counted. */
export const nothingToRetry = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'Nothing failed among these invitations: there is nothing to retry.',
    type: FAILURES.nothingToRetry,
    nonRetryable: true,
    category: ApplicationFailureCategory.BENIGN,
  });

/** `retryAfterMs` is the provider's own wish; without it the retry policy of the step decides. */
export const providerBusy = (providerCode: string, retryAfterMs: number | undefined): ApplicationFailure =>
  ApplicationFailure.create({
    message: `The provider is busy (${providerCode}); nothing of this was processed`,
    type: FAILURES.providerBusy,
    category: ApplicationFailureCategory.BENIGN,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
  });

/** The process was frozen, or the database slow, between a claim and what it was for. Nothing was done on it. */
export const claimTooOld = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'Too much time has passed to go on safely; the step begins anew',
    type: FAILURES.claimTooOld,
  });
