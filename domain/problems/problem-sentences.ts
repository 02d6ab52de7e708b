import type { CellProblem } from '../../contract/problem';
import { describeProblem, PROBLEM_CATALOGUE } from './problem-catalogue';

const SEPARATOR = ' / ';

export const isError = ({ code }: Pick<CellProblem, 'code'>): boolean => PROBLEM_CATALOGUE[code].severity === 'error';

/** The codes for one cell of a file that is given back, each once; divided by nothing that a spreadsheet divides cells at. */
export const joinCodes = (problems: readonly Pick<CellProblem, 'code'>[]): string =>
  [...new Set(problems.map(({ code }) => code))].join(' ');

/** Texts for one cell of a file that is given back. They stay on one line: a tall row is hard to read past. */
export const joinSentences = (sentences: readonly string[]): string => sentences.join(SEPARATOR);

/** Where the problem is, what it is and what to do, to be read without anything beside it. */
export function sentenceOf(problem: CellProblem, line: number, options: { withSuggestion: boolean }): string {
  const { column, letter, message, fix, suggestion } = describeProblem(problem, line);
  const place = column === null ? '' : `${column}${letter === null ? '' : ` (column ${letter})`}: `;
  const hint = options.withSuggestion && suggestion ? ` Perhaps “${suggestion}” is meant.` : '';
  return `${place}${message} ${fix}${hint}`;
}
