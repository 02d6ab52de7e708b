import type { CellProblem, Problem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import { PROBLEM_CATALOGUE } from './texts/catalogue';
import { showInvisible } from './invisible';
import { shorten } from './make-problem';
import { fillIn } from './texts/problem-text';
import type { TranslatedText } from './texts/problem-text';

export type ProblemTexts = Readonly<Record<ProblemCode, TranslatedText>>;

/** Describes a problem. `line` is its spreadsheet row, `null` for the whole file. The texts are the English ones unless others are given. */
export function describeProblem(
  problem: CellProblem,
  line: number | null,
  texts: ProblemTexts = PROBLEM_CATALOGUE,
): Problem {
  const { code, column, letter, value, details, suggestion = null, choices } = problem;
  const { severity } = PROBLEM_CATALOGUE[code];
  const { message, expected, fix } = texts[code];
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
