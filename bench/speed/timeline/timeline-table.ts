import { median, table } from '../report/figures';
import type { Mark } from './marks';

const ms = (values: readonly number[]): string => (values.length === 0 ? '–' : median(values).toFixed(1));

/**
 * The medians of all imports for each step: when it is reached, how long after the step before, and for how much of that the worker's
 * thread has worked. The rest of that time the worker has waited.
 */
export function timelineTable(imports: readonly (readonly Mark[])[]): string {
  const steps = imports[0]?.map(({ step }) => step) ?? [];
  const reached = imports.map((marks) => marks.map(withStep));
  return table(
    ['step', 'at', 'after', 'worker busy'],
    steps.map((step, i) => {
      const ofAll = reached.map((marks) => marks[i]!);
      return [
        step,
        ms(ofAll.flatMap(({ at }) => at ?? [])),
        ms(ofAll.flatMap(({ after }) => after ?? [])),
        ms(ofAll.flatMap(({ busy }) => busy ?? [])),
      ];
    }),
  );
}

/** With what has passed since the newest of the marks that stand before it. */
function withStep(mark: Mark, position: number, marks: readonly Mark[]) {
  const before = marks.slice(0, position).filter(({ ms: at }) => at !== undefined);
  const newest = before.reduce<Mark | undefined>((late, one) => (late && late.ms! > one.ms! ? late : one), undefined);
  const busyBefore = before.findLast(({ busyMs }) => busyMs !== undefined)?.busyMs;
  return {
    at: mark.ms,
    after: mark.ms === undefined ? undefined : mark.ms - (newest?.ms ?? 0),
    busy: mark.busyMs === undefined || busyBefore === undefined ? undefined : mark.busyMs - busyBefore,
  };
}
