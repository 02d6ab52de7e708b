import { isResting } from '../../contract/import-status';
import type { CellProblem } from '../../contract/problem';
import type { RowStatus } from '../../contract/row';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { isError } from '../../domain/problems/problem-sentences';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';

const PAGE = 500;

/** The rows of an import in the order of its lines, page by page; never an empty page. */
export async function* pagesOfRows(
  { rows }: Pick<Store, 'rows'>,
  importId: string,
  status?: RowStatus,
): AsyncGenerator<RowDoc[]> {
  let after = 0;
  for (;;) {
    const page = await rows.page(importId, { after, limit: PAGE, ...(status && { status }) });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.row;
  }
}

/** Refuses to give back the rows of a file that has none: it was not read yet, or is refused as a whole. */
export function requireRows({ plannedAt, status, fileProblems }: ImportDoc): void {
  if (!plannedAt && isResting(status)) {
    throw new HttpProblem(409, 'never-read', 'The import ended before its file was read. Upload the file again.');
  }
  if (!plannedAt) {
    throw new HttpProblem(409, 'not-read-yet', 'The file has not been read yet. Try again in a few seconds.', {
      retryAfterSeconds: 2,
    });
  }
  const errors = fileProblems.filter(isError);
  if (errors.length > 0) throw fileRefused(errors);
}

export function fileRefused(problems: readonly CellProblem[]): HttpProblem {
  const reasons = problems.map((problem) => {
    const { message, fix } = describeProblem(problem, null);
    return `${message} ${fix}`;
  });
  return new HttpProblem(
    409,
    'file-refused',
    `The file as a whole was refused, so no row of it was tried and none can be given back. ${reasons.join(' ')}`,
  );
}
