import type { ProblemCode } from '../../../contract/problem-codes';
import { CELL_PROBLEM_TEXTS } from './cell-problem-texts';
import { EMAIL_PROBLEM_TEXTS } from './email-problem-texts';
import { FILE_PROBLEM_TEXTS } from './file-problem-texts';
import { INVITATION_PROBLEM_TEXTS } from './invitation-problem-texts';
import { MAPPING_PROBLEM_TEXTS } from './mapping-problem-texts';
import { MOBILE_PROBLEM_TEXTS } from './mobile-problem-texts';
import { PERSON_PROBLEM_TEXTS } from './person-problem-texts';
import { TEAM_PROBLEM_TEXTS } from './team-problem-texts';
import { fillIn } from './problem-text';
import type { ProblemText } from './problem-text';

/** The texts of every problem code, for the API, the command line, the documentation and the page of an import in the Temporal UI. */
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

/** The message and the fix of a code alone: for a place that may not hold what the file says. What is left out is `…`. */
export function sentencesWithoutDetails(code: ProblemCode): Pick<ProblemText, 'message' | 'fix'> {
  const { message, fix } = PROBLEM_CATALOGUE[code];
  return { message: fillIn(message, {}), fix: fillIn(fix, {}) };
}
