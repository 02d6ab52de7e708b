import type { CellProblem, Problem } from '../../contract/problem';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import type { ImportView, RowView } from '../http/views';

/** Something that a person has to look at, or should know. */
export interface ListedProblem {
  severity: Problem['severity'];
  line: number | null;
  where: string;
  code: string;
  text: string;
}

export const isError = ({ severity }: Pick<Problem, 'severity'>): boolean => severity === 'error';
export const isWarning = ({ severity }: Pick<Problem, 'severity'>): boolean => severity === 'warning';

/** What was found in the file as a whole. */
export const problemsOfFile = ({ problems }: Pick<ImportView, 'problems'>): ListedProblem[] => problems.map(fromProblem);

/** What was found in the rows, and the invitations that were not sent. */
export const problemsOfRows = (rows: readonly RowView[]): ListedProblem[] =>
  rows.flatMap(({ row, problems, invitations }) => [
    ...problems.map(fromProblem),
    ...invitations
      .filter(({ state }) => NEEDS_ATTENTION_STATES.includes(state))
      .flatMap(({ channel, problem }) => (problem ? [{ ...fromProblem(problem), line: row, where: channel }] : [])),
  ]);

/** The same of what was found without the API. A problem of the file may still be about one line. */
export const problemsOfCells = (problems: readonly CellProblem[], line: number | null = null): ListedProblem[] =>
  problems.map((problem) => fromProblem(describeProblem(problem, line ?? lineIn(problem))));

const lineIn = ({ details }: CellProblem): number | null => (typeof details?.line === 'number' ? details.line : null);

/** A value is shown where there is no column in which a person would look it up. */
const fromProblem = ({
  severity,
  line,
  code,
  letter,
  column,
  value,
  message,
  fix,
  suggestion,
}: Problem): ListedProblem => ({
  severity,
  line,
  where: [letter, column].filter(Boolean).join(' '),
  code,
  text: [
    message,
    ...(column === null && value !== null ? [`Here: “${value}”.`] : []),
    fix,
    ...(suggestion !== null ? [`Perhaps “${suggestion}” is meant.`] : []),
  ].join(' '),
});
