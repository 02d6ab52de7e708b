import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { slowness } from '../support/slowness';
import { checkFile } from './check-file';
import type { Verdict } from './check-file';
import { timed } from './timed';
import { mutate } from './mutate';
import type { Mutant } from './mutate';
import { createRandom } from './random';
import { SEEDS } from './seeds';

/**
 * Reads and checks damaged files in a process that does nothing else, and prints what it found as one line of JSON:
 * node --import tsx test/corpus-tools/check-mutants.ts <count> <seed>
 */
export interface MutantsReport {
  files: number;
  read: number;
  refused: number;
  rows: number;
  megabytes: number;
  slowestMs: number;
  longestDelayMs: number;
  faults: string[];
}

const TIME_LIMIT_MS = 2_000;
const DELAY_LIMIT_MS = 200;
/** From here on a file is looked at by itself: what it costs it costs each time, other programs' doing it does not. */
const SUSPICIOUS_MS = 100;
const TRIES = 3;
const RESOLUTION_MS = 5;

async function checkMutants(count: number, seed: number): Promise<MutantsReport> {
  const report: MutantsReport = {
    ...{ files: count, read: 0, refused: 0, rows: 0, megabytes: 0, slowestMs: 0, longestDelayMs: 0 },
    faults: [],
  };
  for (let i = seed; i < seed + count; i++) {
    const mutant = mutate(SEEDS, createRandom(i));
    const verdict = await checkFile(mutant.bytes, optionsOf(i));
    if (verdict.refused) report.refused++;
    else report.read++;
    report.rows += verdict.rows;
    report.megabytes += mutant.bytes.length / 1e6;
    const { elapsedMs, delayMs } =
      verdict.elapsedMs < SUSPICIOUS_MS ? { ...verdict, delayMs: verdict.elapsedMs } : await timeAlone(mutant, i);
    report.slowestMs = Math.max(report.slowestMs, elapsedMs);
    report.longestDelayMs = Math.max(report.longestDelayMs, delayMs);
    report.faults.push(...faultsOf(verdict, elapsedMs, delayMs).map((fault) => `${i} (${mutant.story}): ${fault}`));
    await nextTurn();
  }
  return report;
}

/** The best of a few tries, with the longest time in which nothing else got its turn, as on a quiet core. */
async function timeAlone({ bytes }: Mutant, seed: number): Promise<{ elapsedMs: number; delayMs: number }> {
  const best = { elapsedMs: Infinity, delayMs: Infinity };
  for (let i = 0; i < TRIES; i++) {
    const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delays.enable();
    await pause(2 * RESOLUTION_MS);
    const { elapsedMs, workedMs } = await timed(() => checkFile(bytes, optionsOf(seed)));
    await pause(2 * RESOLUTION_MS);
    delays.disable();
    const slower = slowness();
    best.elapsedMs = Math.min(best.elapsedMs, Math.min(elapsedMs, workedMs) / slower);
    best.delayMs = Math.min(best.delayMs, Math.min(delays.max / 1e6, workedMs) / slower);
  }
  return best;
}

const optionsOf = (seed: number) => ({ kind: seed % 7 === 0 ? 'staff' : 'clients' }) as const;

function faultsOf({ faults }: Verdict, elapsedMs: number, delayMs: number): string[] {
  return [
    ...faults,
    ...(elapsedMs > TIME_LIMIT_MS ? [`It takes ${Math.round(elapsedMs)} ms`] : []),
    ...(delayMs > DELAY_LIMIT_MS ? [`Nothing else gets its turn for ${Math.round(delayMs)} ms`] : []),
  ];
}

void checkMutants(Number(process.argv[2]), Number(process.argv[3])).then((report) => {
  process.stdout.write(`${JSON.stringify(report)}\n`);
});
