import { setTimeout as pause } from 'node:timers/promises';
import { eventsOf } from '../facts/history';
import { medians, median, table } from '../report/figures';
import { importByProduct } from '../product';
import type { Imported } from '../product';
import { seedOther } from '../stack/other-organisation';
import type { Stack } from '../stack/stack';
import type { Measure } from './measure';

/** `FAIR_FILES=40` for a shorter run. */
const BUSY_FILES = Number(process.env['FAIR_FILES'] ?? 200);
const LONE_RUNS = 5;
/** Until the many files are under way. */
const UNDER_WAY_MS = 2_000;
const BETWEEN_MS = 1_000;

/** One file of an organisation while another runs many, beside its time alone. Both are the median of several, and each is told in parts. */
export const fair: Measure = {
  async run(stack, newFiles, note) {
    const headers = await seedOther(stack);
    const files = newFiles(BUSY_FILES);
    // To make them takes longer than the API keeps a silent connection, which is noticed now.
    await pause(100);
    const importLone = (): Promise<Imported> => importByProduct(stack, newFiles(1), headers);
    await importLone();
    const alone: Imported[] = [];
    for (let i = 0; i < LONE_RUNS; i++) alone.push(await importLone());
    let isUnderWay = true;
    const others = importByProduct(stack, files).finally(() => (isUnderWay = false));
    await pause(UNDER_WAY_MS);
    const beside: Imported[] = [];
    while (beside.length < LONE_RUNS && isUnderWay) {
      const imported = await importLone();
      if (isUnderWay) beside.push(imported);
      await pause(BETWEEN_MS);
    }
    const { ms } = await others;
    const times = beside.map(msOf);
    note(`${BUSY_FILES} files in ${(ms / 1000).toFixed(1)} s; the lone ones: ${times.map(Math.round).join(', ')} ms\n`);
    note(`${await partsTable(stack, { alone, beside, 'the first of these': beside.slice(0, 1) })}\n`);
    const [lone, besideOthers] = [median(alone.map(msOf)), median(times)];
    return [
      {
        measure: `one file beside ${BUSY_FILES} of another organisation ÷ alone`,
        figure: besideOthers / lone,
        must: 2,
      },
      { measure: 'the first of them, while the others are started', figure: times[0]! / lone },
      { measure: 'one file alone', figure: lone, unit: 'ms' },
    ];
  },
};

/** The time of one import, in milliseconds: what it waits for, and what it does itself. */
type Parts = Record<(typeof PARTS)[number], number>;
const PARTS = [
  'upload and start',
  'wait for a workflow task',
  'first workflow task',
  'wait for a place',
  'own work',
  'seen as resting',
] as const;

const msOf = ({ ms }: Imported): number => ms;

/** Of an import whose history has been complete for long: that ends a little after the import is seen as resting. */
async function partsOf(stack: Stack, { ms, uploadMs, ids }: Imported): Promise<Parts> {
  const events = await eventsOf(stack, ids[0]!);
  const at = (type: string): number => events.find((event) => event.type === type)!.at;
  const started = at('workflowExecutionStarted');
  const firstTask = at('workflowTaskStarted');
  const scheduled = at('activityTaskScheduled');
  const step = at('activityTaskStarted');
  const [work, untilWork] = [at('activityTaskCompleted') - step, step - started];
  return {
    // The workflow begins a little before the upload is answered.
    'upload and start': uploadMs,
    'wait for a workflow task': firstTask - started,
    'first workflow task': scheduled - firstTask,
    'wait for a place': step - scheduled,
    'own work': work,
    'seen as resting': ms - uploadMs - untilWork - work,
  };
}

async function partsTable(stack: Stack, runs: Record<string, Imported[]>): Promise<string> {
  const found: Parts[] = [];
  for (const imports of Object.values(runs))
    found.push(medians(await Promise.all(imports.map((imported) => partsOf(stack, imported)))) as Parts);
  return table(
    ['ms', ...Object.keys(runs)],
    PARTS.map((part) => [part, ...found.map((times) => times[part].toFixed(0))]),
  );
}
