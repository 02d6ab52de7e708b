import { median } from '../report/figures';
import { importByProduct } from '../product';
import type { Measure } from './measure';

const IMPORTS = 1_000;
const AN_UPLOAD = 50;
const READS = 21;

/** The list of imports beside the status of one, with many imports in history. */
export const list: Measure = {
  async run(stack, newFiles) {
    let last = '';
    for (let i = 0; i < IMPORTS; i += AN_UPLOAD) {
      last = (await importByProduct(stack, newFiles(AN_UPLOAD, 1))).ids[0]!;
    }
    const times: Record<'one' | 'many', number[]> = { one: [], many: [] };
    for (let i = 0; i < READS; i++) {
      times.one.push(await timeOf(`${stack.apiUrl}/v1/imports/${last}`, stack.headers));
      times.many.push(await timeOf(`${stack.apiUrl}/v1/imports?limit=100`, stack.headers));
    }
    const [one, many] = [median(times.one), median(times.many)];
    return [
      { measure: 'list of 100 imports of 1,000 ÷ status of one', figure: many / one, must: 2 },
      { measure: 'list of 100 imports of 1,000', figure: many, unit: 'ms' },
      { measure: 'status of one import', figure: one, unit: 'ms' },
    ];
  },
};

async function timeOf(url: string, headers: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return performance.now() - startedAt;
}
