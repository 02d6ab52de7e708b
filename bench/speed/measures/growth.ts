import { setTimeout as pause } from 'node:timers/promises';
import { checkMessages, checkProduct } from '../facts/check';
import { ROWS } from '../client-files';
import type { NewFiles } from '../client-files';
import { median, medians, sum } from '../report/figures';
import { measure } from '../stack/processes';
import { importByProduct } from '../product';
import type { Stack } from '../stack/stack';
import type { Measure } from './measure';

const FEW = 10;
const MANY = 200;
const ROUNDS = 3;

/** What a row costs, and what the worker holds, with few files queued and with many. */
export const growth: Measure = {
  async run(stack, newFiles, note) {
    await importByProduct(stack, newFiles(FEW));
    const few = [];
    for (let i = 0; i < ROUNDS; i++) few.push(await costOf(stack, newFiles, FEW));
    const many = await costOf(stack, newFiles, MANY);
    const fewCpu = medians(few.map(({ cpu }) => cpu));
    for (const name of Object.keys(many.cpu))
      note(
        `µs a row of ${name}: ${fewCpu[name]!.toFixed(0)} with ${FEW} files, ${many.cpu[name]!.toFixed(0)} with ${MANY}`,
      );
    return [
      {
        measure: `CPU a row with ${MANY} files ÷ with ${FEW}`,
        figure: total(many.cpu) / median(few.map(({ cpu }) => total(cpu))),
        must: 1.05,
      },
      { measure: `peak memory of the worker, ${MANY} files`, figure: many.worker, unit: 'MB', must: 380, aim: 330 },
      {
        measure: `peak memory of the worker, ${FEW} files`,
        figure: median(few.map(({ worker }) => worker)),
        unit: 'MB',
      },
    ];
  },
};

interface Cost {
  /** µs a row, by process. */
  cpu: Record<string, number>;
  /** The peak of the worker's memory, in MB. */
  worker: number;
}

const total = (cpu: Cost['cpu']): number => sum(Object.values(cpu));

async function costOf(stack: Stack, newFiles: NewFiles, count: number): Promise<Cost> {
  const files = newFiles(count);
  await fetch(`${stack.sandboxUrl}/__ledger`, { method: 'DELETE' });
  const done = measure(stack.pids());
  const { ids } = await importByProduct(stack, files);
  await pause(500);
  const { cpu, peak } = done();
  await checkMessages(stack, files);
  await checkProduct(stack, ids);
  const aRow = Object.entries(cpu).map(([name, ms]) => [name, (ms * 1000) / (count * ROWS)]);
  return { cpu: Object.fromEntries(aRow) as Cost['cpu'], worker: peak['worker']! };
}
