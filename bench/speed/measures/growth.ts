import { setTimeout as pause } from 'node:timers/promises';
import { checkMessages, checkProduct } from '../facts/check';
import { ROWS } from '../client-files';
import type { NewFiles } from '../client-files';
import { median, sum } from '../report/figures';
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
    const fewCpu = median(few.map(({ cpu }) => cpu));
    note(`µs a row: ${fewCpu.toFixed(0)} with ${FEW} files, ${many.cpu.toFixed(0)} with ${MANY}`);
    return [
      { measure: `CPU a row with ${MANY} files ÷ with ${FEW}`, figure: many.cpu / fewCpu, must: 1.05 },
      { measure: `peak memory of the worker, ${MANY} files`, figure: many.worker, unit: 'MB', must: 380, aim: 330 },
      {
        measure: `peak memory of the worker, ${FEW} files`,
        figure: median(few.map(({ worker }) => worker)),
        unit: 'MB',
      },
    ];
  },
};

async function costOf(stack: Stack, newFiles: NewFiles, count: number): Promise<{ cpu: number; worker: number }> {
  const files = newFiles(count);
  await fetch(`${stack.sandboxUrl}/__ledger`, { method: 'DELETE' });
  const done = measure(stack.pids());
  const { ids } = await importByProduct(stack, files);
  await pause(500);
  const { cpu, peak } = done();
  await checkMessages(stack, files);
  await checkProduct(stack, ids);
  return { cpu: (sum(Object.values(cpu)) * 1000) / (count * ROWS), worker: peak['worker']! };
}
