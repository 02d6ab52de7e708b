import type { CellProblem } from '../../contract/problem';
import type { Question } from '../../contract/question';
import { isError } from '../problems/problem-sentences';
import type { ReadTable } from '../table';

/**
 * What an import knows of a file without a table. With questions it waits: then the errors, each of which rejects a file for good, are
 * what an answer can change, and the questions stand in their place.
 */
export function whatIsLeftOf({ problems, questions = [] }: Extract<ReadTable, { ok: false }>): {
  fileProblems: CellProblem[];
  questions: Question[];
} {
  if (questions.length === 0) return { fileProblems: problems, questions };
  const asked = questions.map(({ problem }) => problem);
  const others = problems.filter((problem) => !isError(problem) && !asked.some(({ code }) => code === problem.code));
  return { fileProblems: [...asked, ...others], questions };
}
