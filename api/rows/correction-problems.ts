import type { CellProblem } from '../../contract/problem';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { isError, sentenceOf } from '../../domain/problems/problem-sentences';
import type { ImportDoc, RowDoc } from '../../store/documents';
import { HttpProblem } from '../http/http-problem';
import { requireRows } from '../downloads/staged-rows';

/** Why rows cannot be corrected, each with what to do instead. */

export function requireOpenBooks(importDoc: ImportDoc): void {
  requireRows(importDoc);
  const { status, pausedBy } = importDoc;
  if (status === 'awaiting-approval') {
    throw new HttpProblem(
      409,
      'not-applied-yet',
      'Nothing of this preview was carried out yet. Correct the file and upload it again, or apply the plan first and correct the row then.',
    );
  }
  if (status === 'cancelled' || pausedBy?.staff?.cancels) {
    throw new HttpProblem(
      409,
      'import-cancelled',
      'This import was cancelled, so nothing of it goes on. Get its failed rows as a file, correct them there and upload that.',
    );
  }
  if (status === 'failed') {
    throw new HttpProblem(409, 'import-failed', 'This import has failed as a whole. Upload the file again.');
  }
}

export function requireCorrectable({ row, status, plan }: RowDoc): void {
  switch (status) {
    case 'pending':
      throw inProgress(`Row ${row} is being carried out at this moment.`);
    case 'skipped':
      throw new HttpProblem(
        409,
        'row-skipped',
        plan.personId === undefined
          ? `Row ${row} is the example of the template, which is nobody. Invite the person by hand instead.`
          : `Row ${row} was skipped, because the person was there already and the upload asked for that. ` +
              'Upload the row again and let people who are there already be updated.',
      );
    case 'cancelled':
      throw new HttpProblem(409, 'row-cancelled', `Row ${row} was cancelled. Upload it again if it is still wanted.`);
    default:
      return;
  }
}

export const noRow = (line: string): HttpProblem =>
  new HttpProblem(404, 'not-found', `There is no row "${line}" in this import.`);

export const inProgress = (what: string): HttpProblem =>
  new HttpProblem(
    409,
    'row-in-progress',
    `${what} Try again when that is settled; if the import is paused, resume it first. Nothing was changed.`,
    { retryAfterSeconds: 2 },
  );

export const correctedElsewhere = (row: number): HttpProblem =>
  new HttpProblem(
    409,
    'row-corrected',
    `Row ${row} was corrected by another file already. Look at that file's import, and correct the row there.`,
  );

export const personGone = (row: number): HttpProblem =>
  new HttpProblem(409, 'person-removed', `The person of row ${row} was removed since. Invite them anew by hand.`);

export const teamNotReady = (row: number, team: string): HttpProblem =>
  new HttpProblem(
    409,
    'team-not-ready',
    `A new address means a new invitation, and nobody of the staff of the client team "${team}" is active, so nobody can be ` +
      `invited to it. Have somebody of its staff accept or be activated, then correct row ${row}. Nothing was changed.`,
  );

/** The row would not pass the checks like this. All that is wrong with it is told, in words. */
export function refused(row: number, problems: readonly CellProblem[]): HttpProblem {
  const reasons = problems.filter(isError).map((problem) => sentenceOf(problem, row, { withSuggestion: true }));
  return new HttpProblem(
    422,
    'row-refused',
    `Row ${row} is not accepted like this, and nothing was changed. ${reasons.join(' ')}`,
    { problems: problems.map((problem) => describeProblem(problem, row)) },
  );
}

/** The member of staff would leave a client team in which nobody else is. */
export function lastMemberCorrection(
  row: number,
  team: string,
  { columns }: ImportDoc,
  value: string | undefined,
): HttpProblem {
  const column = columns.find(({ key }) => key === 'teams');
  const place = { column: column?.header ?? null, letter: column?.letter ?? null };
  return refused(row, [{ code: 'group.last-member', ...place, value: value ?? null, details: { team } }]);
}
