import type { ProblemCode } from '../../contract/problem-codes';
import { formatRowSet } from '../../contract/row-set';
import { isError, isWarning } from './listed-problems';
import type { ListedProblem } from './listed-problems';
import { formatTable } from './table';
import { printable, truncate } from './text';

const HEADINGS = ['LINE', 'COLUMN', 'CODE'];
/** In terminal columns. A header can be a whole paragraph. */
const LONGEST_HEADER = 30;

export interface ListOptions {
  /** Warnings on rows are usually many and seldom of interest; warnings on the file are always listed. */
  listRowWarnings: boolean;
  /** The codes of row warnings that are listed all the same. */
  alwaysListed?: readonly ProblemCode[];
}

/** No, one or two tables: the errors, and the warnings. `width` is that of the terminal, in columns. */
export function formatProblems(
  ofFile: readonly ListedProblem[],
  ofRows: readonly ListedProblem[],
  options: ListOptions & { width: number },
): string[] {
  const listed = [...ofFile, ...ofRows.filter((problem) => isListed(problem, options))];
  const tables: [string, ListedProblem[]][] = [
    ['PROBLEM, AND WHAT TO DO', listed.filter(isError)],
    ['WARNING, AND WHAT TO DO', listed.filter(isWarning)],
  ];
  return tables
    .filter(([, problems]) => problems.length > 0)
    .map(([heading, problems]) => formatTable([[...HEADINGS, heading], ...groupAlike(problems)], options.width));
}

/** Whether a problem of a row is listed, and not only counted. */
export const isListed = (problem: ListedProblem, { listRowWarnings, alwaysListed = [] }: ListOptions): boolean =>
  isError(problem) || listRowWarnings || alwaysListed.some((code) => code === problem.code);

/** The same problem of several lines is shown once. */
function groupAlike(problems: readonly ListedProblem[]): string[][] {
  const groups = new Map<string, ListedProblem[]>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.where, problem.code, problem.text]);
    const alike = groups.get(key);
    if (alike) alike.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups.values()].map((alike) => {
    const { where, code, text } = alike[0]!;
    const lines = formatRowSet(alike.flatMap(({ line }) => line ?? [])) || '-';
    return [lines, truncate(printable(where), LONGEST_HEADER), code, printable(text)];
  });
}
