import { importWorkflowId } from '../../../contract/import';
import { setTimeout as pause } from 'node:timers/promises';
import { medians, median, table } from '../report/figures';
import { importByProduct } from '../product';
import { seedOther } from '../stack/other-organisation';
import type { NewFiles } from '../client-files';
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
    await importLone(stack, newFiles, headers);
    const alone: Parts[] = [];
    for (let i = 0; i < LONE_RUNS; i++) alone.push(await importLone(stack, newFiles, headers));
    let isUnderWay = true;
    const others = importByProduct(stack, files).finally(() => (isUnderWay = false));
    await pause(UNDER_WAY_MS);
    const beside: Parts[] = [];
    while (beside.length < LONE_RUNS && isUnderWay) {
      const parts = await importLone(stack, newFiles, headers);
      if (isUnderWay) beside.push(parts);
      await pause(BETWEEN_MS);
    }
    const { ms } = await others;
    note(`${BUSY_FILES} files in ${(ms / 1000).toFixed(1)} s; the lone ones: ${beside.map(totalOf).join(', ')} ms\n`);
    note(`${partsTable({ alone, beside })}\n`);
    const [lone, besideOthers] = [median(alone.map(totalOf)), median(beside.map(totalOf))];
    return [
      {
        measure: `one file beside ${BUSY_FILES} of another organisation ÷ alone`,
        figure: besideOthers / lone,
        must: 2,
      },
      { measure: 'the first of them, while the others are started', figure: totalOf(beside[0]!) / lone },
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

const totalOf = (parts: Parts): number => Math.round(Object.values(parts).reduce((sum, ms) => sum + ms, 0));

async function importLone(stack: Stack, newFiles: NewFiles, headers: Stack['headers']): Promise<Parts> {
  const { ms, uploadMs, ids } = await importByProduct(stack, newFiles(1), headers);
  const { events } = await stack.temporal.workflow.getHandle(importWorkflowId(ids[0]!)).fetchHistory();
  const at = (type: string): number => {
    const { eventTime } = events!.find((event) => Object.hasOwn(event, `${type}EventAttributes`))!;
    return Number(eventTime!.seconds) * 1000 + Number(eventTime!.nanos ?? 0) / 1e6;
  };
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

function partsTable(runs: Record<string, Parts[]>): string {
  const found = Object.values(runs).map(medians);
  return table(
    ['ms', ...Object.keys(runs)],
    PARTS.map((part) => [part, ...found.map((times) => times[part]!.toFixed(0))]),
  );
}
