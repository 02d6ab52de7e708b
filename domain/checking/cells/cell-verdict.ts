import type { CellProblem } from '../../../contract/problem';
import type { ProblemCode } from '../../../contract/problem-codes';

/** Something found in a cell; which cell that was, the caller knows. */
export interface UnplacedProblem {
  code: ProblemCode;
  details?: NonNullable<CellProblem['details']>;
  /** What could stand in place of the value; only a guess. */
  suggestion?: string;
  /** The part of the cell that it is about, where that is not the whole. */
  value?: string;
}

/** What one cell was judged to be. */
export interface CellVerdict<T> {
  /** What is stored. `undefined` if and only if the cell is refused. */
  value: T | undefined;
  /** The cell as it was understood. Where that differs from what was typed, it is a repair. */
  text: string;
  findings: UnplacedProblem[];
}

export const accept = <T>(value: T, text: string, ...findings: UnplacedProblem[]): CellVerdict<T> => ({
  value,
  text,
  findings,
});

/** The value of a cell that is known not to be refused. */
export function acceptedValue<T>({ value, findings }: CellVerdict<T>): T {
  if (value === undefined) throw new TypeError(`The cell is refused: ${findings.map(({ code }) => code).join()}`);
  return value;
}

/** A refused cell keeps its text, so no repair is shown for it. */
export const reject = (cell: string, ...findings: [UnplacedProblem, ...UnplacedProblem[]]): CellVerdict<never> => ({
  value: undefined,
  text: cell,
  findings,
});

/** A finding of which some parts may be unknown. */
export const unplaced = (code: ProblemCode, details?: UnplacedProblem['details'], suggestion?: string): UnplacedProblem => ({
  code,
  ...(details && { details }),
  ...(suggestion !== undefined && { suggestion }),
});
