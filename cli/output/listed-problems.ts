import type { CellProblem, Problem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { joinChoices } from '../../domain/problems/problem-sentences';
import type { ImportView, RowView } from '../http/views';

/** A problem of a file, a row or an invitation, as the terminal shows it. */
export interface ListedProblem {
  severity: Problem['severity'];
  code: string;
  line: number | null;
  /** The person of the row, as far as the file has a name; may be empty. */
  name: string;
  /** The column of the file, or the channel of an invitation; may be empty. */
  where: string;
  /** What stands in the cell; empty for a blank cell, and where no cell is meant. */
  value: string;
  /** What is wrong, and what to do. */
  message: string;
  fix: string;
  /** What the cell may mean; may be empty. */
  guess: string;
}

export const isError = ({ severity }: Pick<Problem, 'severity'>): boolean => severity === 'error';
export const isWarning = ({ severity }: Pick<Problem, 'severity'>): boolean => severity === 'warning';

/** Problems of the file as a whole. */
export const problemsOfFile = ({ problems }: Pick<ImportView, 'problems'>): ListedProblem[] =>
  problems.map((problem) => fromProblem(problem));

/** Problems of the rows, and of invitations that were not sent. */
export const problemsOfRows = (rows: readonly RowView[]): ListedProblem[] =>
  rows.flatMap(({ row, person, problems, invitations }) => {
    const name = nameOf(person);
    return [
      ...problems.map((problem) => fromProblem(problem, name)),
      ...invitations
        .filter(({ state }) => NEEDS_ATTENTION_STATES.includes(state))
        .flatMap(({ channel, problem }) =>
          problem
            ? [{ ...fromProblem(problem, name), line: row, where: channel, value: addressOn(channel, person) }]
            : [],
        ),
    ];
  });

const addressOn = (channel: RowView['invitations'][number]['channel'], { email, mobile }: RowView['person']): string =>
  channel === 'email' ? email : mobile;

/** Problems that were found without the API. A problem of the file may still name one line. */
export const problemsOfCells = (
  problems: readonly CellProblem[],
  line: number | null = null,
  name?: string,
): ListedProblem[] => problems.map((problem) => fromProblem(describeProblem(problem, line ?? lineIn(problem)), name));

const lineIn = ({ details }: CellProblem): number | null => (typeof details?.line === 'number' ? details.line : null);

/** The first and the last name with one space between. */
export const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  [firstName, lastName]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');

const fromProblem = (
  { severity, code, line, letter, column, value, message, fix, suggestion, choices }: Problem,
  name = '',
): ListedProblem => ({
  ...{ severity, code, line, name, message, fix },
  where: [letter, column].filter(Boolean).join(' '),
  value: value ?? '',
  guess: [
    ...(choices ? [`It can be ${joinChoices(choices)}.`] : []),
    ...(suggestion === null ? [] : [`Perhaps “${suggestion}” is meant.`]),
  ].join(' '),
});

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
