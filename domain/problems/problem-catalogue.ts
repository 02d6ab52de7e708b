import type { CellProblem, Problem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import { CELL_PROBLEM_TEXTS } from './texts/cell-problem-texts';
import { EMAIL_PROBLEM_TEXTS } from './texts/email-problem-texts';
import { FILE_PROBLEM_TEXTS } from './texts/file-problem-texts';
import { showInvisible } from './invisible';
import { shorten } from './make-problem';
import { INVITATION_PROBLEM_TEXTS } from './texts/invitation-problem-texts';
import { MAPPING_PROBLEM_TEXTS } from './texts/mapping-problem-texts';
import { MOBILE_PROBLEM_TEXTS } from './texts/mobile-problem-texts';
import { PERSON_PROBLEM_TEXTS } from './texts/person-problem-texts';
import { fillIn } from './texts/problem-text';
import type { ProblemText } from './texts/problem-text';
import { TEAM_PROBLEM_TEXTS } from './texts/team-problem-texts';

/** The texts of every problem code, for the API, the command line and the documentation. */
export const PROBLEM_CATALOGUE: Readonly<Record<ProblemCode, ProblemText>> = {
  ...FILE_PROBLEM_TEXTS,
  ...MAPPING_PROBLEM_TEXTS,
  ...CELL_PROBLEM_TEXTS,
  ...EMAIL_PROBLEM_TEXTS,
  ...PERSON_PROBLEM_TEXTS,
  ...MOBILE_PROBLEM_TEXTS,
  ...TEAM_PROBLEM_TEXTS,
  ...INVITATION_PROBLEM_TEXTS,
};

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
