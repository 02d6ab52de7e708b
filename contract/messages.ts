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

/** The messages that staff give, as updates and as signals but for the plan, which is an update. */
export const COMMANDS = [APPLY_PLAN, RETRY_INVITATIONS, PAUSE, RESUME, CANCEL] as const;

/** A message to a workflow that an activity carries out. */
export interface GivenCommand {
  /** The same after a reset, which repeats the message. */
  id: string;
  /** Of a signal: which of the signals of these names it is in the history of its run, from 1. */
  signal?: number;
  /** Of an update. */
  updateId?: string;
}

/** Signal: something has changed outside of the workflow. */
export const REFRESH = 'refresh';

export interface ApplyPlanRequest {
  /** Hash of the plan to apply; any other plan is rejected. */
  planHash: string;
}

export interface RowsQuery {
  /** Of the row or, if no row has such a status (`failed`, `bounced` …), of one of its invitations, as in the API. */
  status?: RowStatus | InvitationState;
  /** Only rows below this line. */
  after?: number;
  /** At most this many rows; default 100. */
  limit?: number;
}

export interface RowQuery {
  row?: number;
}

/** The answer to the query `rows`: a page, or a word, since an empty list is shown as `null` or not at all. */
export interface RowsAnswer {
  rows: RowState[] | 'none';
}

/** The answer to the query `row`. */
export type RowAnswer = ({ found: true } & RowState) | { found: false; row: number; note?: string };

/** One row of a workflow: line, states and codes, no personal data. */
export interface RowState {
  row: number;
  status: RowStatus;
  codes: ProblemCode[];
  /** Of a row that waits: the name of its client team. */
  team?: string;
  invitations: { channel: Channel; state: InvitationState; code?: ProblemCode }[];
}

/** Which failed invitations to send again. Everybody is asked for in words: `all`. */
export interface RetryRequest {
  all?: true;
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

/** How to ask for everybody; an empty input asks for nobody. */
export const ASK_FOR_ALL = '{"all": true}';

/** Whether a selection says whom it reaches: everybody, or those whom a field names. */
export const namesSomebody = (
  selection: Pick<RetryRequest, 'all' | 'rows' | 'channels' | 'classes'> | null | undefined,
): boolean => ['all', 'rows', 'channels', 'classes'].some((field) => Object.hasOwn(selection ?? {}, field));

/** Checks that a selection does not ask for everybody and for some lines; `undefined` for a valid one. */
export const problemOfAll = (selection: Pick<RetryRequest, 'all' | 'rows'> | null | undefined): string | undefined =>
  selection?.all && selection.rows
    ? `"all" means every line, and "rows" names some: give one of them, ${ASK_FOR_ALL} or {"rows": [17]}.`
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
