import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { median, percentile } from '../report/figures';
import { importByProduct } from '../product';
import { seedOther } from '../stack/other-organisation';
import { timedGet } from './timed-get';
import type { Measure } from './measure';

const CONNECTIONS = 64;
/** Quiet and flooded turn by turn, so that whatever else the machine does meets both. */
const ROUNDS = 6;
const ROUND_MS = 5_000;
const EVERY_MS = 25;
/** The flood is under way, with all of its connections. */
const FLOODED_AFTER_MS = 2_000;

/** The status requests of an organisation while another floods the API, beside their times when it is quiet. */
export const flood: Measure = {
  async run(stack, newFiles, note) {
    const headers = await seedOther(stack);
    const { ids } = await importByProduct(stack, newFiles(1), headers);
    const mine = `${stack.apiUrl}/v1/imports/${ids[0]!}`;
    const times: Record<'quiet' | 'flooded', number[]> = { quiet: [], flooded: [] };
    const ratios: number[] = [];
    const answers: Record<string, number> = {};
    await readFor(ROUND_MS, mine, headers);
    for (let round = 0; round < ROUNDS; round++) {
      const before = await readFor(ROUND_MS, mine, headers);
      const flooder = new Worker(join(__dirname, 'flooder.cjs'), {
        workerData: { url: `${stack.apiUrl}/v1/imports?limit=10`, headers: stack.headers, connections: CONNECTIONS },
      });
      await pause(FLOODED_AFTER_MS);
      const during = await readFor(ROUND_MS, mine, headers);
      times.quiet.push(...before);
      times.flooded.push(...during);
      ratios.push(percentile(during, 95) / percentile(before, 95));
      flooder.postMessage('end');
      const [got] = (await once(flooder, 'message')) as [Record<string, number>];
      for (const [status, count] of Object.entries(got)) answers[status] = (answers[status] ?? 0) + count;
    }
    note(`The flood was answered: ${JSON.stringify(answers)}`);
    return [
      // The median of the rounds: one in which the machine did something else says nothing.
      { measure: 'p95 of a status while another organisation floods ÷ quiet', figure: median(ratios), must: 1.2 },
      { measure: 'p95 of a status, quiet', figure: percentile(times.quiet, 95), unit: 'ms' },
      { measure: 'p95 of a status, flooded', figure: percentile(times.flooded, 95), unit: 'ms' },
      { measure: 'p50 of a status, quiet', figure: percentile(times.quiet, 50), unit: 'ms' },
      { measure: 'p50 of a status, flooded', figure: percentile(times.flooded, 50), unit: 'ms' },
    ];
  },
};

async function readFor(ms: number, url: string, headers: Record<string, string>): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + ms;
  while (performance.now() < until) {
    times.push(await timedGet(url, headers));
    await pause(EVERY_MS);
  }
  return times;
}
