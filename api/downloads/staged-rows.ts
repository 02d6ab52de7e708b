import { isResting } from '../../contract/import-status';
import type { CellProblem } from '../../contract/problem';
import type { RowStatus } from '../../contract/row';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { optionsOf } from '../../domain/problems/question-texts';
import { isError } from '../../domain/problems/problem-sentences';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { conflict, HttpProblem } from '../http/http-problem';

const PAGE_SIZE = 500;

/** Yields the rows of an import in the order of their lines, never an empty page. */
export async function* pagesOfRows(
  { rows }: Pick<Store, 'rows'>,
  importId: string,
  statuses?: readonly RowStatus[],
): AsyncGenerator<RowDoc[]> {
  let after = 0;
  for (;;) {
    const page = await rows.page(importId, { after, limit: PAGE_SIZE, ...(statuses && { statuses }) });
    if (page.length > 0) yield page;
    if (page.length < PAGE_SIZE) return;
    after = page.at(-1)!.row;
  }
}

/** Throws a 409 if the import has no rows: its file is not read yet, or rejected as a whole; a 410 if they have expired. */
export function requireRows({
  expired,
  plannedAt,
  status,
  fileProblems,
  planHash,
  questions = [],
  staging,
}: Pick<ImportDoc, 'expired' | 'plannedAt' | 'status' | 'fileProblems' | 'planHash' | 'questions' | 'staging'>): void {
  if (expired === 'rows') throw rowsExpired();
  if (!plannedAt && isResting(status)) {
    throw conflict('never-read', 'The import ended before its file was read. Upload the file again.');
  }
  if (!plannedAt || (staging && status === 'awaiting-approval')) {
    throw conflict('not-read-yet', 'The file has not been read yet. Try again in a few seconds.', {
      retryAfterSeconds: 2,
    });
  }
  const errors = fileProblems.filter(isError);
  if (errors.length > 0) throw fileRejected(errors);
  if (planHash === undefined && questions.length > 0) {
    throw conflict(
      'choices-missing',
      `The file cannot be read before ${optionsOf(questions)} is chosen, by POST …/choices. If the import has ended, upload the file again with it.`,
    );
  }
}

export const rowsExpired = (): HttpProblem =>
  new HttpProblem(
    410,
    'rows-expired',
    'The rows of this import were kept for as long as this installation keeps them, and their cells are gone. The counts of the import stay.',
  );

export function fileRejected(problems: readonly CellProblem[]): HttpProblem {
  const reasons = problems.map((problem) => {
    const { message, fix } = describeProblem(problem, null);
    return `${message} ${fix}`;
  });
  return conflict(
    'file-refused',
    `The file as a whole was rejected, so it has no rows to download or correct. ${reasons.join(' ')}`,
  );
}
