import type { Answer } from './answer';

export const PROVIDERS = ['twilio', 'sendgrid'] as const;
export type ProviderName = (typeof PROVIDERS)[number];
export const OPERATIONS = ['send', 'list'] as const;
/** `list` is every look-up of sent messages. */
type Operation = (typeof OPERATIONS)[number];

/** The message that one person would receive: planned faults and magic recipients are matched against it. */
export interface Delivery {
  to: string;
  text: string;
  /** Path of the address in the request, if the provider names it in its errors. */
  field?: string;
}

export interface FailureDetails {
  status?: number | undefined;
  code?: number | undefined;
  message?: string | undefined;
  fields?: string[];
}

/** The shape that a provider gives to its errors. */
export interface ErrorFormat {
  rateLimited(retryAfterSeconds: number): Answer;
  failed(details: FailureDetails): Answer;
}

/** A valid request, before it is decided how it is answered. */
export interface Exchange {
  provider: ProviderName;
  operation: Operation;
  deliveries: readonly Delivery[];
  errorFormat: ErrorFormat;
  /** Does the requested work, once, and returns the answer of success. */
  accept(): Answer;
  /** Returns the answer that `accept` would give, and does nothing. */
  fakeAccept(): Answer;
}

/** A request that is answered at once, without regard to faults: an invalid one, or one that is only checked. */
export interface Answered {
  answer: Answer;
  to: string[];
}
