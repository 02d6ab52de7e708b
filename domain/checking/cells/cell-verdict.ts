import type { CellProblem } from '../../../contract/problem';
import type { ProblemCode } from '../../../contract/problem-codes';

/** A problem of a cell; the caller knows which cell that is. */
export interface UnplacedProblem {
  code: ProblemCode;
  details?: NonNullable<CellProblem['details']>;
  /** A guess at the correct value, never applied. */
  suggestion?: string;
  /** The values that the cell can mean, each of which would be accepted. */
  choices?: string[];
  /** The part of the cell that it is about, unless that is the whole. */
  value?: string;
}

export interface CellVerdict<T> {
  /** The value to store. `undefined` if and only if the cell is rejected. */
  value: T | undefined;
  /** The cell as it was understood. If it differs from the cell as typed, that is a repair. */
  text: string;
  problems: UnplacedProblem[];
}

export const accept = <T>(value: T, text: string, ...problems: UnplacedProblem[]): CellVerdict<T> => ({
  value,
  text,
  problems,
});

/** A rejected cell keeps its text, so no repair is shown for it. */
export const reject = (cell: string, ...problems: [UnplacedProblem, ...UnplacedProblem[]]): CellVerdict<never> => ({
  value: undefined,
  text: cell,
  problems,
});

/** The value of a cell that the caller knows to be accepted; throws otherwise. */
export function acceptedValue<T>({ value, problems }: CellVerdict<T>): T {
  if (value === undefined) throw new TypeError(`The cell is rejected: ${problems.map(({ code }) => code).join()}`);
  return value;
}

/** A problem of which some parts may be unknown. */
export const unplaced = (
  code: ProblemCode,
  details?: UnplacedProblem['details'],
  suggestion?: string,
): UnplacedProblem => ({
  code,
  ...(details && { details }),
  ...(suggestion !== undefined && { suggestion }),
});
