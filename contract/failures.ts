/**
 * Types of the failures that cross from an activity to its workflow. Their texts are stored in Temporal's history, so they
 * contain lines and codes only.
 */
export const FAILURES = {
  /** The import does not exist. Never retried. */
  importNotFound: 'ImportNotFound',
  /** A provider asks for a delay, or was not reached, and processed nothing. Retried after that delay. */
  providerBusy: 'ProviderBusy',
  /** A step was frozen for so long that another may have taken over. Retried. */
  claimTooOld: 'ClaimTooOld',
  /** None of the requested invitations can be sent again. */
  nothingToRetry: 'NothingToRetry',
  /** The plan that was to be applied is outdated. */
  planOutdated: 'PlanOutdated',
  /** The plan leaves questions open that an administrator must answer first. */
  choicesMissing: 'ChoicesMissing',
  /** No plan waits to be applied. */
  nothingToApply: 'NothingToApply',
  /** An import that has ended cannot be paused. */
  nothingToPause: 'NothingToPause',
  /** The endpoint of an organisation did not take a webhook. Retried for a day. */
  webhookNotTaken: 'WebhookNotTaken',
  /** A person's request to a workflow is invalid; the text describes valid input. */
  invalidRequest: 'InvalidRequest',
} as const;
