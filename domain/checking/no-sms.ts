import type { CellProblem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';

const NO_SMS: readonly ProblemCode[] = ['mobile.landline', 'mobile.not-a-mobile'];

/** The warning for which a person gets no SMS though the organisation sends them; `undefined` if there is none. */
export const noSmsCodeOf = (problems: readonly Pick<CellProblem, 'code'>[]): ProblemCode | undefined =>
  problems.find(({ code }) => NO_SMS.includes(code))?.code;
