import { median, table } from '../report/figures';
import type { Mark } from './marks';

const show = (values: readonly number[]): string => (values.length === 0 ? '–' : median(values).toFixed(1));

/**
 * The medians of all imports for each step, in the order in which they are reached: when, how long after the step before, and for how much
 * of the time since its own step before the worker's thread has worked. For the rest of that it has waited.
 */
export function timelineTable(imports: readonly (readonly Mark[])[]): string {
  const at = (position: number): number[] => imports.flatMap((marks) => marks[position]!.ms ?? []);
  const steps = imports[0] ?? [];
  const order = steps
    .map((_, position) => position)
    .filter((position) => at(position).length > 0)
    .sort((a, b) => median(at(a)) - median(at(b)));
  const reached = imports.map((marks) => order.map((position) => marks[position]!).map(withStep));
  return table(
    ['step', 'at', 'after', 'worker busy'],
    order.map((position, i) => [
      steps[position]!.step,
      show(at(position)),
      show(reached.flatMap((marks) => marks[i]!.after ?? [])),
      show(reached.flatMap((marks) => marks[i]!.busy ?? [])),
    ]),
  );
}

function withStep({ ms, busyMs }: Mark, position: number, marks: readonly Mark[]): { after?: number; busy?: number } {
  const before = marks.slice(0, position);
  const last = before.findLast((mark) => mark.ms !== undefined)?.ms ?? 0;
  const busyBefore = before.findLast((mark) => mark.busyMs !== undefined)?.busyMs;
  return {
    ...(ms !== undefined && { after: ms - last }),
    ...(busyMs !== undefined && busyBefore !== undefined && { busy: busyMs - busyBefore }),
  };
}
