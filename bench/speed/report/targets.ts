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

/** The ratios of the product to its peers, those that were run. */
export function ratioTargets(results: readonly Timed[]): Target[] {
  return results
    .filter(({ subject }) => subject === 'product')
    .flatMap((product) => {
      const peer = (name: string): Timed | undefined =>
        results.find(
          ({ subject, files, latencyMs }) =>
            subject === name && files === product.files && latencyMs === product.latencyMs,
        );
      const [script, bullmq] = [peer('script'), peer('bullmq')];
      const where = `${product.files === 1 ? 'one warm file' : `${product.files} files`}, ${product.latencyMs} ms`;
      const wall = product.files === 1 ? WALL_OF_ONE[product.latencyMs] : product.latencyMs === 20 ? WALL : undefined;
      return [
        ...(script ? [{ measure: `wall ÷ script, ${where}`, figure: product.ms / script.ms, ...wall }] : []),
        ...(bullmq ? [{ measure: `wall ÷ BullMQ, ${where}`, figure: product.ms / bullmq.ms, ...WALL_TO_BULLMQ }] : []),
        ...(script ? [{ measure: `CPU ÷ script, ${where}`, figure: product.cpuTotal / script.cpuTotal, ...CPU }] : []),
      ];
    });
}

export const verdict = ({ figure, must, aim }: Target): string => {
  if (aim !== undefined && figure <= aim) return 'aim';
  if (must === undefined) return '';
  return figure <= must ? 'must' : 'no';
};
