import { checkMessages, checkProduct } from '../facts/check';
import { median } from '../report/figures';
import { importByProduct } from '../product';
import type { Measure } from './measure';

const FILES = 50;
const ROUNDS = 3;

/** Two workers beside one, in turns. */
export const workers: Measure = {
  async run(stack, newFiles) {
    await importByProduct(stack, newFiles(FILES / 5));
    const times: Record<'one' | 'two', number[]> = { one: [], two: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const count of ['one', 'two'] as const) {
        if (count === 'two') {
          await stack.startWorker('worker-2');
          await importByProduct(stack, newFiles(FILES / 5));
        }
        await fetch(`${stack.sandboxUrl}/__ledger`, { method: 'DELETE' });
        const files = newFiles(FILES);
        const { ids, ms } = await importByProduct(stack, files);
        await checkMessages(stack, files);
        await checkProduct(stack, ids);
        times[count].push(ms);
      }
      await stack.stopProgram('worker-2');
    }
    return [{ measure: 'wall of two workers ÷ of one', figure: median(times.two) / median(times.one), must: 1 }];
  },
};
