import { CHANNELS, FAILURE_CLASSES } from '../../contract/invitation';
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
const ROWS: Record<string, Field> = {
  status: { accepts: oneOf(ROW_STATUSES), expected: `must be one of ${ROW_STATUSES.join(', ')}` },
  after: { accepts: isLine, expected: 'must be a line number, such as 101' },
  limit: { accepts: isLine, expected: 'must be a number, such as 50' },
};
const ROW: Record<string, Field> = { row: { accepts: isLine, expected: 'must be a line number, such as 17' } };

/** What is wrong with an input that a person typed in the Temporal UI, as a sentence; `undefined` if nothing is. */
export const faultOfRetry = (request: unknown): string | undefined =>
  faultOf(request, RETRY) ?? faultOfDoubt(request as RetryRequest | null | undefined);
export const faultOfApply = (request: unknown): string | undefined =>
  faultOf(request ?? {}, APPLY) ??
  ((request as { planHash?: unknown } | null)?.planHash === undefined
    ? `"planHash" ${APPLY.planHash!.expected}.`
    : undefined);
export const faultOfRows = (request: unknown): string | undefined => faultOf(request, ROWS);
export const faultOfRow = (request: unknown): string | undefined => faultOf(request, ROW);

/** Whoever asks for those that may have arrived says so twice. */
function faultOfDoubt(request: RetryRequest | null | undefined): string | undefined {
  if (!request?.classes?.includes('unconfirmed') || request.includeUnconfirmed) return undefined;
  return 'The class "unconfirmed" may have arrived: add "includeUnconfirmed": true to send it again all the same.';
}

/** The UI sends `null` for an input that is left empty. */
function faultOf(request: unknown, fields: Record<string, Field>): string | undefined {
  if (request === undefined || request === null) return undefined;
  if (typeof request !== 'object' || Array.isArray(request)) return 'The input must be one JSON object, or nothing.';
  for (const [name, value] of Object.entries(request)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return `Unknown field "${name}". Known are: ${Object.keys(fields).join(', ')}.`;
    if (!field.accepts(value)) return `"${name}" ${field.expected}.`;
  }
  return undefined;
}
