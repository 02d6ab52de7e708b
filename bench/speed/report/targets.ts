/** A measure that is promised: it is met where the figure is at most `must`. */
export interface Target {
  measure: string;
  figure: number;
  unit?: string;
  must?: number;
  aim?: number;
}

/** What the comparison needs to know of one subject in one cell. */
export interface Timed {
  subject: string;
  files: number;
  latencyMs: number;
  ms: number;
  cpuTotal: number;
}

const WALL = { must: 1.6, aim: 1.2 };
const WALL_OF_ONE: Record<number, { must: number; aim: number }> = {
  20: { must: 2, aim: 1.4 },
  80: { must: 1.3, aim: 1 },
};
const WALL_TO_BULLMQ = { must: 1.4, aim: 1.05 };
const CPU = { must: 2.8, aim: 1.6 };

/**
 * The ratios of the product to its peers, those that were run; and after each that of the bookkeeper, which keeps the same books and does
 * nothing else.
 */
export function ratioTargets(results: readonly Timed[]): Target[] {
  return results
    .filter(({ subject }) => subject === 'product')
    .flatMap((product) => {
      const peer = (name: string): Timed | undefined =>
        results.find(
          ({ subject, files, latencyMs }) =>
            subject === name && files === product.files && latencyMs === product.latencyMs,
        );
      const [script, bullmq, bookkeeper] = [peer('script'), peer('bullmq'), peer('bookkeeper')];
      const where = `${product.files === 1 ? 'one warm file' : `${product.files} files`}, ${product.latencyMs} ms`;
      const wall = product.files === 1 ? WALL_OF_ONE[product.latencyMs] : product.latencyMs === 20 ? WALL : undefined;
      const ratios = (
        name: string,
        to: Timed | undefined,
        figureOf: (timed: Timed) => number,
        limits?: Pick<Target, 'must' | 'aim'>,
      ): Target[] => {
        if (!to) return [];
        const measure = `${name}, ${where}`;
        const ratio = (timed: Timed): number => figureOf(timed) / figureOf(to);
        return [
          { measure, figure: ratio(product), ...limits },
          ...(bookkeeper ? [{ measure: `floor of ${measure}`, figure: ratio(bookkeeper) }] : []),
        ];
      };
      return [
        ...ratios('wall ÷ script', script, ({ ms }) => ms, wall),
        ...ratios('wall ÷ BullMQ', bullmq, ({ ms }) => ms, WALL_TO_BULLMQ),
        ...ratios('CPU ÷ script', script, ({ cpuTotal }) => cpuTotal, CPU),
      ];
    });
}

export const verdict = ({ figure, must, aim }: Target): string => {
  if (aim !== undefined && figure <= aim) return 'aim';
  if (must === undefined) return '';
  return figure <= must ? 'must' : 'no';
};
