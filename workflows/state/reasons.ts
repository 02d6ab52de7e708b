import { CODES_TO_CORRECT, OPTED_OUT_CODE, RETRYABLE_STATES } from '../../contract/invitation';
import type { InvitationOutcome } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import { formatRowSet, parseRowSet } from '../../contract/row-set';
import type { RowSet } from '../../contract/row-set';
import { PROBLEM_CATALOGUE, sentencesWithoutDetails } from '../../domain/problems/texts/catalogue';
import type { ImportState } from './import-state';

/** Why some lines need a person. */
export interface Reason {
  /** A row set, or `whole file`. */
  lines: string;
  /** How many they are, where `lines` names the first of them. */
  count?: number;
  /** Where they stand. */
  what: string;
  code?: ProblemCode;
  /** What to do, as sentences. */
  fix: string;
}

/** The failed invitations for which another try can help without another address. */
export const isWorthRetrying = ({ state, code }: Pick<InvitationOutcome, 'state' | 'code'>): boolean =>
  RETRYABLE_STATES.includes(state) && code !== OPTED_OUT_CODE && !isToCorrect(code);

/** Only another address or number helps. */
export const isToCorrect = (code: ProblemCode | undefined): boolean =>
  code !== undefined && CODES_TO_CORRECT.includes(code);

const isError = (code: ProblemCode): boolean => PROBLEM_CATALOGUE[code].severity === 'error';

/** All reasons, those of the whole file first, then in the order of their first lines. A line with two has two. */
export function reasonsOf({ snapshot }: ImportState): Reason[] {
  if (!snapshot) return [];
  const { rows, invitations, fileProblems = [] } = snapshot;
  // A code may come several times, as for each column that is missing. Which they are is not in Temporal.
  const ofFile = [...new Set(fileProblems)].map((code) => {
    const times = fileProblems.filter((other) => other === code).length;
    return because({ rows: 'whole file' }, times === 1 ? 'rejected' : `rejected, ${times} times`, code);
  });
  const ofRows = rows.flatMap((group) => {
    const { status, codes = [], team } = group;
    if (status === 'rejected') return codes.filter(isError).map((code) => because(group, 'rejected', code));
    if (status === 'waiting') return [because(group, team ? `waiting for team ${team}` : 'waiting', 'group.waiting')];
    return [];
  });
  const ofInvitations = invitations
    .filter(({ state }) => NEEDS_ATTENTION_STATES.includes(state))
    .map((group) => because(group, `${group.channel} ${group.state}`, group.code));
  return [...ofFile, ...merged([...ofRows, ...ofInvitations])];
}

function because(
  { rows: lines, count }: { rows: string; count?: number },
  what: string,
  code: ProblemCode | undefined,
): Reason {
  return {
    lines,
    ...(count !== undefined && { count }),
    what,
    ...(code && { code }),
    fix: code ? sentencesWithoutDetails(code).fix : '',
  };
}

/** One entry a reason, with all lines that have it. */
function merged(reasons: Reason[]): Reason[] {
  const byReason = new Map<string, Reason>();
  for (const reason of reasons) {
    const name = `${reason.what} ${reason.code ?? ''}`;
    const before = byReason.get(name);
    byReason.set(name, before ? together(before, reason) : reason);
  }
  const firstLine = ({ lines }: Reason): number => Number.parseInt(lines, 10) || 0;
  return [...byReason.values()].sort((a, b) => firstLine(a) - firstLine(b));
}

function together(one: Reason, other: Reason): Reason {
  if (one.count === undefined || other.count === undefined) return { ...one, lines: unionOf(one.lines, other.lines) };
  return { ...one, lines: `${one.lines},${other.lines}`, count: one.count + other.count };
}

const unionOf = (...sets: RowSet[]): RowSet => formatRowSet(sets.flatMap(parseRowSet));
