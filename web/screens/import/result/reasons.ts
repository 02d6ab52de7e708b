import { errorsOf, isUnreached } from '../model';
import type { Problem, Row } from '../model';

/** Rows that need somebody for the same reason. */
export interface Reason {
  code: string;
  problem: Problem;
  /** With the cell, or where the message went; empty for a problem of the whole row. */
  lines: { line: number; value: string }[];
  /** Whether sending again can help, without a correction. */
  canRetry: boolean;
}

/** Sending to the same address again ends the same way. */
const NEEDS_CORRECTION = /^invitation\.(address-refused|bounced|not-reachable|opted-out)$/;

const ADDRESS = { email: 'email', sms: 'mobile' } as const;

/** Its column and what stands in it. */
const cellOf = ({ column, value }: Problem): string => [column, value].filter(Boolean).join(': ');

/** Why rows were refused and messages failed, the most frequent reason first. */
export function reasonsOf(rows: readonly Row[]): Reason[] {
  const reasons = new Map<string, Reason>();
  const add = (line: number, value: string, problem: Problem, isMessage: boolean): void => {
    const known = reasons.get(problem.code);
    const reason = known ?? {
      code: problem.code,
      problem,
      lines: [],
      canRetry: isMessage && !NEEDS_CORRECTION.test(problem.code),
    };
    if (reason.lines.at(-1)?.line !== line) reason.lines.push({ line, value });
    reasons.set(problem.code, reason);
  };
  for (const row of rows) {
    if (row.status === 'rejected') for (const problem of errorsOf(row)) add(row.row, cellOf(problem), problem, false);
    for (const { channel, state, problem } of row.invitations)
      if (problem && isUnreached(state)) add(row.row, row.person[ADDRESS[channel]], problem, true);
  }
  return [...reasons.values()].sort((a, b) => b.lines.length - a.lines.length);
}
