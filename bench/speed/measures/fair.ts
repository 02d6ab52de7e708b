import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../report/figures';
import { importByProduct } from '../product';
import { seedOther } from '../stack/other-organisation';
import type { Measure } from './measure';

const BUSY_FILES = 200;
const LONE_RUNS = 5;
/** Until the many files are under way. */
const UNDER_WAY_MS = 2_000;

/** One file of an organisation while another runs many, beside its time alone. */
export const fair: Measure = {
  async run(stack, newFiles) {
    const headers = await seedOther(stack);
    const alone: number[] = [];
    for (let i = 0; i <= LONE_RUNS; i++) alone.push((await importByProduct(stack, newFiles(1), headers)).ms);
    const files = newFiles(BUSY_FILES);
    const [own] = [newFiles(1)];
    const others = importByProduct(stack, files);
    await pause(UNDER_WAY_MS);
    const { ms } = await importByProduct(stack, own, headers);
    await others;
    const lone = median(alone.slice(1));
    return [
      { measure: `one file beside ${BUSY_FILES} of another organisation ÷ alone`, figure: ms / lone, must: 2 },
      { measure: 'one file alone', figure: lone, unit: 'ms' },
    ];
  },
};
