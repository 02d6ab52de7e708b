import type { CellProblem } from '../../contract/problem';
import { describeProblem } from './problem-catalogue';
import { PROBLEM_CATALOGUE } from './texts/catalogue';
import { withoutUpload } from './texts/upload-again';

const SEPARATOR = ' / ';

export const isError = ({ code }: Pick<CellProblem, 'code'>): boolean => PROBLEM_CATALOGUE[code].severity === 'error';

/** The distinct codes for one cell of a download, separated by spaces, at which spreadsheets do not split cells. */
export const joinCodes = (problems: readonly Pick<CellProblem, 'code'>[]): string =>
  [...new Set(problems.map(({ code }) => code))].join(' ');

/** Sentences for one cell of a download. They stay on one line to keep the rows low. */
export const joinSentences = (sentences: readonly string[]): string => sentences.join(SEPARATOR);

/** One of several values, for a sentence: A, B or C. */
export const joinChoices = (choices: readonly string[]): string =>
  [choices.slice(0, -1).join(', '), ...choices.slice(-1)].filter(Boolean).join(' or ');

/** Errors of a row that was typed in, such as a correction in place, each as below. */
export const sentencesOfTyped = (problems: readonly CellProblem[], line: number): string[] =>
  problems.filter(isError).map((problem) => withoutUpload(sentenceOf(problem, line, { withSuggestion: true })));

/** Place, problem and fix in one text that needs no context. */
export function sentenceOf(problem: CellProblem, line: number, options: { withSuggestion: boolean }): string {
  const { column, letter, message, fix, suggestion, choices } = describeProblem(problem, line);
  const place = column === null ? '' : `${column}${letter === null ? '' : ` (column ${letter})`}: `;
  const hint = options.withSuggestion && suggestion ? ` Perhaps “${suggestion}” is meant.` : '';
  const listed = options.withSuggestion && choices ? ` It can be ${joinChoices(choices)}.` : '';
  return `${place}${message} ${fix}${listed}${hint}`;
}
