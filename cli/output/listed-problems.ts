import type { CellProblem, Problem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { joinChoices } from '../../domain/problems/problem-sentences';
import type { ImportView, RowView } from '../http/views';

/** A problem of a file, a row or an invitation, as the terminal shows it. */
export interface ListedProblem {
  severity: Problem['severity'];
  line: number | null;
  /** The column of the file, or the channel of an invitation. */
  where: string;
  code: string;
  text: string;
}

export const isError = ({ severity }: Pick<Problem, 'severity'>): boolean => severity === 'error';
export const isWarning = ({ severity }: Pick<Problem, 'severity'>): boolean => severity === 'warning';

/** Problems of the file as a whole. */
export const problemsOfFile = ({ problems }: Pick<ImportView, 'problems'>): ListedProblem[] =>
  problems.map(fromProblem);

/** Problems of the rows, and of invitations that were not sent. */
export const problemsOfRows = (rows: readonly RowView[]): ListedProblem[] =>
  rows.flatMap(({ row, problems, invitations }) => [
    ...problems.map(fromProblem),
    ...invitations
      .filter(({ state }) => NEEDS_ATTENTION_STATES.includes(state))
      .flatMap(({ channel, problem }) => (problem ? [{ ...fromProblem(problem), line: row, where: channel }] : [])),
  ]);

/** Problems that were found without the API. A problem of the file may still name one line. */
export const problemsOfCells = (problems: readonly CellProblem[], line: number | null = null): ListedProblem[] =>
  problems.map((problem) => fromProblem(describeProblem(problem, line ?? lineIn(problem))));

const lineIn = ({ details }: CellProblem): number | null => (typeof details?.line === 'number' ? details.line : null);

/** Shows the value only where no column is named in which a person could look it up. */
const fromProblem = (problem: Problem): ListedProblem => {
  const { severity, line, code, letter, column, value, message, fix, suggestion, choices } = problem;
  const text = [
    message,
    ...(column === null && value !== null ? [`Here: “${value}”.`] : []),
    fix,
    ...(choices ? [`It can be ${joinChoices(choices)}.`] : []),
    ...(suggestion !== null ? [`Perhaps “${suggestion}” is meant.`] : []),
  ].join(' ');
  return { severity, line, where: [letter, column].filter(Boolean).join(' '), code, text };
};

/** The options of this program that help with a problem. The texts of problems serve the API too, so they name no option. */
const HINTS: readonly [ProblemCode, string][] = [
  ['email.already-used', 'People who are there already: --on-existing invite|update|skip'],
  ['file.staff-template', 'Members of staff: --kind staff'],
  ['file.clients-template', 'Clients: --kind clients'],
];

export const hintsFor = (problems: readonly ListedProblem[]): string[] =>
  HINTS.filter(([code]) => problems.some((problem) => problem.code === code)).map(([, hint]) => hint);

const EXAMPLE: ProblemCode = 'row.template-example';
export const ONLY_EXAMPLE = "only the template's example: fill in your people";

/** Whether a file has rows, and each is the example of the template. */
export const isOnlyExample = (rows: readonly { problems: readonly { code: string }[] }[]): boolean =>
  rows.length > 0 && rows.every(({ problems }) => problems.some(({ code }) => code === EXAMPLE));
