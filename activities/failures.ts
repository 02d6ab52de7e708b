import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { FAILURES } from '../contract/failures';
import type { Deadline } from '../platform/deadline';

/** The texts are stored in Temporal's history, so they contain ids and counts only. */
export const importNotFound = (importId: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`Import ${importId} does not exist`, FAILURES.importNotFound);

/** An expected answer to a person's request. Benign, so it is neither logged nor counted as a failure. */
const answer = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.create({ message, type, nonRetryable: true, category: ApplicationFailureCategory.BENIGN });

export const nothingToRetry = (): ApplicationFailure =>
  answer(FAILURES.nothingToRetry, 'None of these invitations has failed, so there is nothing to retry.');

export const planOutdated = (): ApplicationFailure =>
  answer(
    FAILURES.planOutdated,
    'The data has changed since this plan was made. Look at the new plan and apply that one.',
  );

/** Contains codes only; the API adds the texts. */
export const fileRejected = (codes: readonly string[]): ApplicationFailure =>
  answer(
    FAILURES.nothingToApply,
    `The file as a whole is rejected by now (${codes.join(', ')}). Look at the import to see why.`,
  );

/** Names the options that answer the open questions. */
export const choicesMissing = (options: readonly string[]): ApplicationFailure =>
  answer(
    FAILURES.choicesMissing,
    `This import asks something before it sends anything. Look at its questions and choose: ${options.join(', ')}.`,
  );

export const nothingToApply = (): ApplicationFailure =>
  answer(FAILURES.nothingToApply, 'No plan waits to be applied: it was applied already, or it has expired.');

export const nothingToPause = (): ApplicationFailure =>
  answer(FAILURES.nothingToPause, 'This import has ended, so it cannot be paused or cancelled.');

/** `retryAfterMs` is the delay the provider asks for; without it the retry policy of the activity decides. */
export const providerBusy = (providerCode: string, retryAfterMs: number | undefined): ApplicationFailure =>
  ApplicationFailure.create({
    message: `The provider is busy (${providerCode}) and processed none of these messages`,
    type: FAILURES.providerBusy,
    category: ApplicationFailureCategory.BENIGN,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
  });

/** The process was frozen, or the database slow, between a claim and its use. The claim stays unused. */
const claimTooOld = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'Too much time has passed to continue safely; the step is retried',
    type: FAILURES.claimTooOld,
  });

/** Stops a process that was frozen past its deadline, since another may have taken over. */
export function assertNotExpired(deadline: Deadline): void {
  if (deadline.expired()) throw claimTooOld();
}
