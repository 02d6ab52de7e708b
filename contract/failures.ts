/**
 * Types of the failures that cross from an activity to its workflow.
 * The text of such a failure stands in Temporal's history, so it names lines and codes and never a person.
 */
export const FAILURES = {
  /** There is no such import. Never retried. */
  importNotFound: 'ImportNotFound',
  /** A provider asked to wait, or was not reached at all; nothing was processed. Retried after its own delay. */
  providerBusy: 'ProviderBusy',
  /** A step stood still for so long that another may have taken over. Retried. */
  claimTooOld: 'ClaimTooOld',
  /** A retry was asked for and no invitation is in a state that may be sent again. */
  nothingToRetry: 'NothingToRetry',
  /** The plan that was approved is not what would be done now. */
  planOutdated: 'PlanOutdated',
  /** There is no plan that waits to be applied. */
  nothingToApply: 'NothingToApply',
  /** An import at its end cannot be held back, and one that nothing holds back cannot be resumed. */
  nothingToPause: 'NothingToPause',
  /** What a person sent to a running import can't be understood; the text says what is expected. */
  invalidRequest: 'InvalidRequest',
} as const;
