import type { CellProblem, Problem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import { CELL_PROBLEM_TEXTS } from './cell-problem-texts';
import { FILE_PROBLEM_TEXTS } from './file-problem-texts';
import { INVITATION_PROBLEM_TEXTS } from './invitation-problem-texts';
import { fillIn } from './problem-text';
import type { ProblemText } from './problem-text';

/** Every problem code in words. What the API, the command line and the documentation say is made from it. */
export const PROBLEM_CATALOGUE: Readonly<Record<ProblemCode, ProblemText>> = {
  ...FILE_PROBLEM_TEXTS,
  ...CELL_PROBLEM_TEXTS,
  ...INVITATION_PROBLEM_TEXTS,
};

/** A problem in words. `line` is the spreadsheet row it was found in, `null` if it is about the whole file. */
export function describeProblem(problem: CellProblem, line: number | null): Problem {
  const { code, column, letter, value, details, suggestion = null } = problem;
  const { severity, message, expected, fix } = PROBLEM_CATALOGUE[code];
  // Details come last: where they name a line, it is the one that the text is about.
  const fill = (text: string): string => fillIn(text, { column, letter, line, ...details });
  return {
    code,
    severity,
    line,
    column,
    letter,
    value,
    message: fill(message),
    expected: fill(expected),
    fix: fill(fix),
    suggestion,
  };
}
