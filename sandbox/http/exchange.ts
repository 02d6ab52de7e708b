import type { Answer } from './answer';

export type ProviderName = 'twilio' | 'sendgrid';
export type Operation = 'send' | 'list';

/** What one person would receive: what planned faults and magic recipients are matched against. */
export interface Delivery {
  to: string;
  text: string;
  /** Where the address stands in the request, if the provider names that in its errors. */
  field?: string;
}

export interface FailureDetails {
  status?: number | undefined;
  code?: number | undefined;
  message?: string | undefined;
  fields?: string[];
}

/** How a provider words what goes wrong. */
export interface ErrorFormat {
  rateLimited(retryAfterSeconds: number): Answer;
  failed(details: FailureDetails): Answer;
}

/** A request with nothing wrong in it, before it is decided what becomes of it. */
export interface Exchange {
  provider: ProviderName;
  operation: Operation;
  deliveries: readonly Delivery[];
  errorFormat: ErrorFormat;
  /** Does what was asked, once, and gives the answer to it. */
  accept(): Answer;
  /** The answer that `accept` would give, with nothing done. */
  fakeAccept(): Answer;
}

/** A request that is answered at once, without regard to faults: refused, or only checked. */
export interface Answered {
  answer: Answer;
  to: string[];
}
