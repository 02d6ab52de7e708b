import { checkFile } from './check-file';
import type { Verdict } from './check-file';
import { slowness } from '../support/slowness';
import { timed } from './timed';
import { WORST_CASES } from './worst-cases';

/**
 * Reads and checks the worst files one after another and prints a line of JSON for each:
 * node --max-old-space-size=256 --import tsx test/corpus-tools/check-worst-cases.ts
 */
export interface WorstCaseReport {
  what: string;
  /** At best of a few tries, and as on a quiet core. */
  elapsedMs: number;
  faults: string[];
  /** The most memory that the process has had so far. */
  peakMegabytes: number;
}

const SUSPICIOUS_MS = 1_000;
const TRIES = 6;

async function checkWorstCases(): Promise<void> {
  for (const [what, make] of WORST_CASES) {
    const content = make();
    const { elapsedMs, faults } = await checkAtBest(typeof content === 'string' ? Buffer.from(content) : content);
    const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const report: WorstCaseReport = { what, elapsedMs: Math.round(elapsedMs), faults, peakMegabytes };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  }
}

/** What a file costs, it costs each time; what other programs cost that run meanwhile, it does not. */
async function checkAtBest(bytes: Uint8Array): Promise<Pick<Verdict, 'elapsedMs' | 'faults'>> {
  const best = { elapsedMs: Infinity, faults: [] as string[] };
  for (let i = 0; i < TRIES && best.elapsedMs > SUSPICIOUS_MS; i++) {
    const { result, elapsedMs, workedMs } = await timed(() => checkFile(bytes));
    best.faults = result.faults;
    best.elapsedMs = Math.min(best.elapsedMs, Math.min(elapsedMs, workedMs) / slowness());
  }
  return best;
}

void checkWorstCases();
