import { median } from '../report/figures';
import { importByProduct } from '../product';
import type { Measure } from './measure';

const UPLOADS = 50;
const FILES_AN_UPLOAD = 10;
const LATE_MS = 6_000;

/** How many of 500 files are far later than the others, of uploads one after another. */
export const tail: Measure = {
  async run(stack, newFiles) {
    const times: number[] = [];
    for (let i = 0; i < UPLOADS; i++) {
      const { ids } = await importByProduct(stack, newFiles(FILES_AN_UPLOAD));
      const imports = stack.db.collection<{ _id: string; createdAt: Date; closedAt: Date }>('imports');
      for await (const { createdAt, closedAt } of imports.find({ _id: { $in: ids } })) {
        times.push(closedAt.getTime() - createdAt.getTime());
      }
    }
    const middle = median(times);
    const late = times.filter((ms) => ms > middle + LATE_MS).length;
    return [
      { measure: `files of ${times.length} later than the median + 6 s`, figure: late, must: 0 },
      { measure: 'median of these files', figure: middle, unit: 'ms' },
      { measure: 'slowest of these files', figure: Math.max(...times), unit: 'ms' },
    ];
  },
};
