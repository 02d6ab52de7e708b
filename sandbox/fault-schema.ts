import type { Operation, ProviderName } from './exchange';

export const FAULT_KINDS = [
  /** 429 with the header that says when to come back; not accepted. */
  'rate-limit',
  /** An error in the provider's own shape; not accepted unless `accept`. */
  'error',
  /** The socket is destroyed without a byte; not accepted unless `accept`. */
  'drop',
  /** Handled as usual, only `delayMs` later, even if the caller has gone away by then. */
  'delay',
  /** Accepted; then the socket is destroyed, or the error `status` is answered. */
  'reply-lost',
  /** An HTML page where JSON is due; not accepted unless `accept`. */
  'html-error',
  /** Accepted; the answer stops in the middle of its JSON. */
  'broken-json',
  /** Accepted; the answer comes one byte every half second. */
  'drip',
  /** Never answered; not accepted unless `accept`. */
  'hang',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const PROVIDERS = ['twilio', 'sendgrid', 'both'] as const;
const OPERATIONS = ['send', 'list'] as const;
/** The kinds that accept or not as told; the others always do the one or the other. */
const ACCEPT_KINDS: readonly FaultKind[] = ['error', 'drop', 'html-error', 'hang'];

export interface FaultRequest {
  id?: string;
  provider: ProviderName | 'both';
  /** `send` unless told; `list` is every look-up of sent messages. */
  operation?: Operation;
  /** `to` is an address, or its beginning followed by `*`; `contains` is looked for in subject and text. */
  match?: { to?: string; contains?: string };
  kind: FaultKind;
  status?: number;
  code?: number;
  message?: string;
  retryAfterSeconds?: number;
  /** Waited before anything happens, with every kind. */
  delayMs?: number;
  accept?: boolean;
  /** 0 to 1, drawn from a sequence that `seed` repeats. */
  probability?: number;
  seed?: number;
  times?: number;
}

/** Says what the value should be, or nothing if it is. */
type Check = (value: unknown) => string | undefined;
const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text');
const isFlag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const isWhole =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;
const isShare: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'must be a number from 0 to 1';
const isOneOf =
  (allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(', ')}`;
const isMatch: Check = (value) => {
  const faults = problemsOf(value, { to: isText, contains: isText }, []);
  return faults.length > 0 ? `is wrong: ${faults.join('; ')}` : undefined;
};

const FIELDS: Record<keyof FaultRequest, Check> = {
  id: isText,
  provider: isOneOf(PROVIDERS),
  operation: isOneOf(OPERATIONS),
  match: isMatch,
  kind: isOneOf(FAULT_KINDS),
  status: isWhole(200, 599),
  code: isWhole(1, 99_999),
  message: isText,
  retryAfterSeconds: isWhole(0, 86_400),
  delayMs: isWhole(0, 3_600_000),
  accept: isFlag,
  probability: isShare,
  seed: isWhole(0),
  times: isWhole(1),
};

/** Each way in which a JSON value is not an object of these fields, as a phrase that names the field. */
export function problemsOf(value: unknown, fields: Record<string, Check>, required: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['must be an object'];
  const missing = required.filter((name) => !(name in value)).map((name) => `"${name}" is missing`);
  const wrong = Object.entries(value).flatMap(([name, content]) => {
    if (!Object.hasOwn(fields, name)) return [`"${name}" is unknown; known are ${Object.keys(fields).join(', ')}`];
    const complaint = fields[name]!(content);
    return complaint ? [`"${name}" ${complaint}`] : [];
  });
  return [...missing, ...wrong];
}

/** What is wrong with the body of `POST /__faults`, which holds one fault or a list of them. */
export function faultProblems(body: unknown): string[] {
  const requests: unknown[] = Array.isArray(body) ? body : [body];
  return requests.flatMap((request, i) => {
    const problems = problemsOf(request, FIELDS, ['provider', 'kind']);
    if (problems.length === 0) problems.push(...contradictionsIn(request as FaultRequest));
    return problems.map((problem) => (Array.isArray(body) ? `fault ${i}: ${problem}` : problem));
  });
}

function contradictionsIn({ kind, accept, delayMs }: FaultRequest): string[] {
  const problems: string[] = [];
  if (accept !== undefined && !ACCEPT_KINDS.includes(kind)) {
    problems.push(`"accept" is only for the kinds ${ACCEPT_KINDS.join(', ')}`);
  }
  if (kind === 'delay' && delayMs === undefined) problems.push('"delayMs" is missing');
  return problems;
}

export const settingProblems = (body: unknown): string[] =>
  problemsOf(body, { latencyMs: isWhole(0, 3_600_000), listLagMs: isWhole(0, 86_400_000) }, []);
