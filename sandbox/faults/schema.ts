import type { Check } from '../http/schema';
import { isFlag, isMatch, isOneOf, isShare, isText, isWhole, problemsOf, problemsOfEach } from '../http/schema';
import type { Operation, ProviderName } from '../http/exchange';

export const FAULT_KINDS = [
  /** 429 with the header that says when to come back; not accepted. */
  'rate-limit',
  /** An error in the provider's own shape; not accepted unless `accept`. */
  'error',
  /** The connection is closed without a byte; not accepted unless `accept`. */
  'drop',
  /** The same, but by a reset, as from a machine that has just died; not accepted unless `accept`. */
  'reset',
  /** Answered as usual, only `delayMs` later, even if the caller has gone away by then. */
  'delay',
  /** Accepted; then the socket is destroyed, or the error `status` is answered. */
  'reply-lost',
  /** An HTML page where JSON is due; not accepted unless `accept`. */
  'html-error',
  /** The answer of success with half of its JSON, as if that were all of it. */
  'broken-json',
  /** The answer of success; the connection is closed in the middle of its body, short of its Content-Length. */
  'truncated',
  /** The same, but by a reset. */
  'reset-body',
  /** The answer of success, one byte every half second. */
  'drip',
  /** Never answered; not accepted unless `accept`. */
  'hang',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const PROVIDERS = ['twilio', 'sendgrid', 'both'] as const;
const OPERATIONS = ['send', 'list'] as const;
/** What the kinds do that accept or not as told, if they are not told; the others always do the one or the other. */
const ACCEPTS_UNTOLD: Readonly<Partial<Record<FaultKind, boolean>>> = {
  error: false,
  drop: false,
  reset: false,
  'html-error': false,
  hang: false,
  // These answer that it was accepted, which is a lie if they are told otherwise.
  delay: true,
  'broken-json': true,
  truncated: true,
  'reset-body': true,
  drip: true,
};

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
  /** Whether the messages get into the ledger, whatever is answered. */
  accept?: boolean;
  /** 0 to 1, drawn from a sequence that `seed` repeats. */
  probability?: number;
  seed?: number;
  times?: number;
}

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

/** What is wrong with the body of `POST /__faults`, which holds one fault or a list of them. */
export const faultProblems = (body: unknown): string[] =>
  problemsOfEach(body, 'fault', (request) => {
    const problems = problemsOf(request, FIELDS, ['provider', 'kind']);
    return problems.length > 0 ? problems : contradictionsIn(request as FaultRequest);
  });

function contradictionsIn({ kind, accept, delayMs }: FaultRequest): string[] {
  const problems: string[] = [];
  if (accept !== undefined && ACCEPTS_UNTOLD[kind] === undefined) {
    problems.push(`"accept" is only for the kinds ${Object.keys(ACCEPTS_UNTOLD).join(', ')}`);
  }
  if (kind === 'delay' && delayMs === undefined) problems.push('"delayMs" is missing');
  return problems;
}

/** Whether a fault of a kind that can do both accepts what it strikes. */
export const isAccepting = ({ kind, accept }: Pick<FaultRequest, 'kind' | 'accept'>): boolean =>
  accept ?? ACCEPTS_UNTOLD[kind] ?? false;

export const settingProblems = (body: unknown): string[] =>
  problemsOf(body, { latencyMs: isWhole(0, 3_600_000), listLagMs: isWhole(0, 86_400_000) }, []);
