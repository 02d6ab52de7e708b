import { isUndone } from '../../contract/import-status';
import type { CellProblem } from '../../contract/problem';
import { describeTyped } from '../problem-types/problem-language';
import { sentencesOfTyped } from '../../domain/problems/problem-sentences';
import { placeOf } from '../../domain/table';
import { isCancelling } from '../../store/documents';
import type { ImportDoc, RowDoc } from '../../store/documents';
import { conflict, HttpProblem } from '../http/http-problem';
import { requireRows } from '../downloads/staged-rows';

/** Throws a 409 if no row of the import can be corrected. */
export function requireCorrectableImport(importDoc: ImportDoc): void {
  requireRows(importDoc);
  const { status, pausedBy } = importDoc;
  if (status === 'awaiting-approval') {
    // It was none when the request came.
    throw conflict('not-applied-yet', 'The plan of this import waits to be applied by now. Look at it, and try again.');
  }
  if (status === 'cancelled' || isCancelling({ pausedBy })) {
    throw conflict(
      'import-cancelled',
      'This import was cancelled. Download its failed rows, correct them in that file and upload it.',
    );
  }
  if (isUndone(status)) {
    throw conflict('import-undone', 'This import was undone. Upload its file again, or invite the person by hand.');
  }
  if (status === 'failed') {
    throw conflict('import-failed', 'The whole import has failed. Upload the file again.');
  }
}

export function requireCorrectableRow({ row, status, plan, problems, erased }: RowDoc): void {
  if (erased) throw personErased(row);
  switch (status) {
    case 'pending':
      throw inProgress(`Row ${row} is being applied.`);
    case 'skipped':
      throw conflict(
        'row-skipped',
        problems.some(({ code }) => code === 'row.hidden')
          ? `Row ${row} was skipped, because it is hidden in the workbook. Invite the person by hand, or upload the row again.`
          : plan.personId === undefined
            ? `Row ${row} is the example of the template, not a person. Invite the person by hand instead.`
            : `Row ${row} was skipped, because the person exists already and the upload had onExisting=skip. ` +
              'Upload the row again with onExisting=update.',
      );
    case 'ignored':
      throw conflict('row-ignored', `Row ${row} was put aside. Take it back first, by DELETE …/rows/${row}/ignore.`);
    case 'cancelled':
      throw conflict('row-cancelled', `Row ${row} was cancelled. Upload it again if you still need it.`);
    default:
      return;
  }
}

export const noRow = (line: string): HttpProblem =>
  new HttpProblem(404, 'not-found', `There is no row "${line}" in this import.`);

export const inProgress = (reason: string): HttpProblem =>
  conflict(
    'row-in-progress',
    `${reason} Try again in a moment; if the import is paused, resume it first. Nothing was changed.`,
    { retryAfterSeconds: 2 },
  );

export const correctedElsewhere = (row: number): HttpProblem =>
  conflict(
    'row-corrected',
    `Another file has already corrected row ${row}. Correct the row in the import of that file.`,
  );

export const personGone = (row: number): HttpProblem =>
  conflict('person-removed', `The person of row ${row} has been removed since. Invite them again by hand.`);

const personErased = (row: number): HttpProblem =>
  conflict(
    'person-erased',
    `The data of the person of row ${row} were erased. Invite them by hand if they want to come back.`,
  );

export const teamNotReady = (row: number, team: string): HttpProblem =>
  conflict(
    'team-not-ready',
    `A new address needs a new invitation, and no staff member of client team "${team}" is active yet. Once a staff member ` +
      `accepts their invitation or is activated, correct row ${row} again. Nothing was changed.`,
  );

/** Names all problems of the row, not only the first. */
export function rowRejected(row: number, problems: readonly CellProblem[]): HttpProblem {
  return new HttpProblem(
    422,
    'row-refused',
    `The correction of row ${row} is invalid, and nothing was changed. ${sentencesOfTyped(problems, row).join(' ')}`,
    { problems: problems.map((problem) => describeTyped(problem, row)) },
  );
}

/** The staff member would leave a client team that has no other one. */
export function lastMemberCorrection(
  row: number,
  team: string,
  { columns }: ImportDoc,
  value: string | undefined,
): HttpProblem {
  return rowRejected(row, [
    { code: 'group.last-member', ...placeOf(columns, 'teams'), value: value ?? null, details: { team } },
  ]);
}
