import type { ProblemCode } from '../../contract/problem-codes';
import type { ListedProblem } from './listed-problems';

/** Which option of this program helps with a problem. The texts of problems are the same everywhere, so they name none. */
const OPTIONS: readonly [ProblemCode, string][] = [
  ['email.already-used', 'People who are there already: --on-existing invite|update|skip'],
  ['file.staff-template', 'Members of staff: --kind staff'],
  ['file.clients-template', 'Clients: --kind clients'],
];

const EXAMPLE: ProblemCode = 'row.template-example';
export const ONLY_EXAMPLE = "only the template's example: fill in your people";

/** One line for each option that helps with what was found. */
export const hintsFor = (found: readonly Pick<ListedProblem, 'code'>[]): string[] =>
  OPTIONS.filter(([code]) => found.some((item) => item.code === code)).map(([, hint]) => hint);

/** Whether a file has rows, and none of them is a person that somebody has filled in. */
export const isOnlyExample = (rows: readonly { problems: readonly { code: string }[] }[]): boolean =>
  rows.length > 0 && rows.every(({ problems }) => problems.some(({ code }) => code === EXAMPLE));
