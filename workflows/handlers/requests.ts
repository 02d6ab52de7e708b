import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { importWorkflowId } from '../../contract/import';
import type { ImportInput } from '../../contract/import';
import { CHANNELS, FAILURE_CLASSES, INVITATION_STATES } from '../../contract/invitation';
import { FAILURES } from '../../contract/failures';
import { problemOfAll, problemOfUnconfirmed } from '../../contract/messages';
import type { RetryRequest } from '../../contract/messages';
import { ROW_STATUSES } from '../../contract/row';

interface Field {
  accepts: (value: unknown) => boolean;
  /** The rest of a sentence that begins with the field's name. */
  expected: string;
}

const oneOf =
  (choices: readonly string[]) =>
  (value: unknown): boolean =>
    choices.includes(value as string);
const listOf =
  (accepts: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(accepts);
const isLine = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

const RETRY: Record<string, Field> = {
  all: { accepts: (value) => value === true, expected: 'must be true, or be left out' },
  rows: { accepts: listOf(isLine), expected: 'must be a list of spreadsheet line numbers, such as [17, 42]' },
  channels: { accepts: listOf(oneOf(CHANNELS)), expected: 'must be a list of "email" and "sms"' },
  classes: { accepts: listOf(oneOf(FAILURE_CLASSES)), expected: `must be a list of ${FAILURE_CLASSES.join(', ')}` },
  includeUnconfirmed: { accepts: (value) => typeof value === 'boolean', expected: 'must be true or false' },
};
const APPLY: Record<string, Field> = {
  planHash: {
    accepts: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
    expected: 'must be the hash of the plan as the API shows it',
  },
};
/** As in the API: of the row or, if no row has such a status, of one of its invitations. */
const STATUSES_OF_ROWS = [...new Set([...ROW_STATUSES, ...INVITATION_STATES])];
const ROWS: Record<string, Field> = {
  status: { accepts: oneOf(STATUSES_OF_ROWS), expected: `must be one of ${STATUSES_OF_ROWS.join(', ')}` },
  after: { accepts: isLine, expected: 'must be a line number, such as 101' },
  limit: { accepts: isLine, expected: 'must be a number, such as 50' },
};
const ROW: Record<string, Field> = { row: { accepts: isLine, expected: 'must be a line number, such as 17' } };

/**
 * The problem of an input from the Temporal UI, as a sentence; `undefined` for a valid one. Checked by hand, since zod would cost
 * each workflow some 15 ms and half a megabyte: the sandbox runs a library's code once per workflow.
 */
export const problemOfRetry = (request: unknown): string | undefined =>
  problemOf(request, RETRY) ??
  problemOfAll(request as RetryRequest | null | undefined) ??
  problemOfUnconfirmed(request as RetryRequest | null | undefined);
export const problemOfApply = (request: unknown): string | undefined =>
  problemOf(request ?? {}, APPLY) ??
  ((request as { planHash?: unknown } | null)?.planHash === undefined
    ? `"planHash" ${APPLY.planHash!.expected}.`
    : undefined);
export const problemOfRows = (request: unknown): string | undefined => problemOf(request, ROWS);
export const problemOfRow = (request: unknown): string | undefined => problemOf(request, ROW);

/** The Temporal UI sends `null` for an empty input. */
function problemOf(request: unknown, fields: Record<string, Field>): string | undefined {
  if (request === undefined || request === null) return undefined;
  if (typeof request !== 'object' || Array.isArray(request)) return 'The input must be one JSON object, or nothing.';
  for (const [name, value] of Object.entries(request)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return `Unknown field "${name}". Known are: ${Object.keys(fields).join(', ')}.`;
    if (!field.accepts(value)) return `"${name}" ${field.expected}.`;
  }
  return undefined;
}

/**
 * The problem of a start by hand, such as by "Start Workflow Like This One": without ids there is no import, and a second workflow of
 * one under another name would hear of no command.
 */
export function problemOfStart(input: Partial<ImportInput> | null | undefined, workflowId: string): string | undefined {
  const { importId, organisationId } = input ?? {};
  if (typeof importId !== 'string' || typeof organisationId !== 'string')
    return 'The input must be {"importId": "…", "organisationId": "…"}. A new import is an upload to the API.';
  const own = importWorkflowId(importId);
  if (workflowId === own) return undefined;
  return `The workflow of this import is "${own}". Start it under that id: it goes on from what was done, and invites nobody twice.`;
}

/** The problem of an unexpected input: who narrows what cannot be narrowed must not get all of it. */
export const problemOfNoInput = (request: unknown): string | undefined =>
  request === null || request === undefined ? undefined : 'This takes no input: leave it empty.';

export const invalid = (problem: string): ApplicationFailure => refusal(problem, FAILURES.invalidRequest);

/** Rejects a message with the problem of its input. */
export function rejectIf(problem: string | undefined): void {
  if (problem !== undefined) throw invalid(problem);
}

/** Why a step has refused a message. Its own failure says only that an activity failed, and the Temporal UI shows no more than that. */
export const causeOf = (error: unknown): unknown =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure
    ? refusal(error.cause.message, error.cause.type ?? FAILURES.invalidRequest)
    : error;

/** The dialog of the Temporal UI shows a stack trace below the sentence, which tells people nothing. */
function refusal(problem: string, type: string): ApplicationFailure {
  const failure = ApplicationFailure.nonRetryable(problem, type);
  failure.stack = '';
  return failure;
}
