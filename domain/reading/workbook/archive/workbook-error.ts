import type { CellProblem } from '../../../../contract/problem';
import { fileProblem } from '../../../problems/make-problem';

/** Ends the reading of a workbook with a reason for the admin. Any other error means that the workbook is damaged. */
export class WorkbookError extends Error {
  constructor(readonly problem: CellProblem) {
    super(problem.code);
  }
}

export const tooLarge = (reason: string): WorkbookError =>
  new WorkbookError(fileProblem('file.workbook-too-large', { reason }));

export const otherKind = (what: string): WorkbookError => new WorkbookError(fileProblem('file.not-a-csv', { what }));

export const formatCount = (number: number): string => number.toLocaleString('en');
