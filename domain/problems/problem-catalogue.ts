import type { CellProblem, Problem } from '../../contract/problem';
import { PROBLEM_CATALOGUE } from './texts/catalogue';
import { showInvisible } from './invisible';
import { shorten } from './make-problem';
import { fillIn } from './texts/problem-text';

/** Describes a problem. `line` is its spreadsheet row, `null` for the whole file. */
export function describeProblem(problem: CellProblem, line: number | null): Problem {
  const { code, column, letter, value, details, suggestion = null, choices } = problem;
  const { severity, message, expected, fix } = PROBLEM_CATALOGUE[code];
  // Details come last: a line in them is the one that the text is about.
  const fill = (text: string): string => fillIn(text, { column, letter, line, ...details });
  return {
    code,
    severity,
    line,
    column,
    letter,
    // Else a suggestion could look like the value that it replaces.
    value: value && shorten(showInvisible(value)),
    message: fill(message),
    expected: fill(expected),
    fix: fill(fix),
    suggestion,
    ...(choices && { choices }),
  };
}
