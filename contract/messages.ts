import type { Channel, FailureClass, InvitationState } from './invitation';
import type { ProblemCode } from './problem-codes';
import type { RowStatus } from './row';

/** Names of the messages to an import's workflow. Each takes one optional JSON object. */
export const QUERIES = { progress: 'progress', rows: 'rows', row: 'row' } as const;
/** Offered as an update (which answers) and as a signal (which the command line can send to many at once). */
export const RETRY_INVITATIONS = 'retryInvitations';

/** Update: applies the plan of a preview. */
export const APPLY_PLAN = 'applyPlan';
/** Pause all sends, resume them, or end the import. Offered as updates, which answer, and as signals. */
export const PAUSE = 'pause';
export const RESUME = 'resume';
export const CANCEL = 'cancel';

/** Signal: something has changed outside of the workflow. */
export const REFRESH = 'refresh';

export interface ApplyPlanRequest {
  /** Hash of the plan to apply; any other plan is rejected. */
  planHash: string;
}

export interface RowsQuery {
  status?: RowStatus;
  /** Only rows below this line. */
  after?: number;
  /** At most this many rows; default 100. */
  limit?: number;
}

export interface RowQuery {
  row?: number;
}

/** One row of a workflow: line, states and codes, no personal data. */
export interface RowState {
  row: number;
  status: RowStatus;
  codes: ProblemCode[];
  invitations: { channel: Channel; state: InvitationState; code?: ProblemCode }[];
}

/** Which failed invitations to send again; without a field, all of them. */
export interface RetryRequest {
  rows?: number[];
  channels?: Channel[];
  /** Only what failed in one of these ways. */
  classes?: FailureClass[];
  /** Also unconfirmed invitations: a person who did get one gets it twice. */
  includeUnconfirmed?: boolean;
}

/** Checks the one rule that concerns two fields of a retry; `undefined` for a valid request. */
export const problemOfUnconfirmed = (request: RetryRequest | null | undefined): string | undefined =>
  request?.classes?.includes('unconfirmed') && !request.includeUnconfirmed
    ? 'The class "unconfirmed" may have arrived: add "includeUnconfirmed": true to send it again, or leave the class out.'
    : undefined;

/** How many invitations a retry sends again. */
export type RetryReceipt = Record<Channel, number>;

/** Search attributes of an import's workflow. Never personal data: they are stored in plain text. */
export const SEARCH_ATTRIBUTES = {
  status: 'ImportStatus',
  organisation: 'ImportOrganisation',
  failedRows: 'ImportFailedRows',
  day: 'ImportDay',
} as const;
