import { importWorkflowId } from '../../../contract/import';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../report/figures';
import { importByProduct } from '../product';
import { seedOther } from '../stack/other-organisation';
import type { Stack } from '../stack/stack';
import type { Measure } from './measure';

const BUSY_FILES = 200;
const LONE_RUNS = 5;
/** Until the many files are under way. */
const UNDER_WAY_MS = 2_000;

/** One file of an organisation while another runs many, beside its time alone. */
export const fair: Measure = {
  async run(stack, newFiles, note) {
    const headers = await seedOther(stack);
    const files = newFiles(BUSY_FILES);
    const own = newFiles(1);
    // To make them takes longer than the API keeps a silent connection, which is noticed now.
    await pause(100);
    const alone: number[] = [];
    for (let i = 0; i <= LONE_RUNS; i++) alone.push((await importByProduct(stack, newFiles(1), headers)).ms);
    const others = importByProduct(stack, files);
    await pause(UNDER_WAY_MS);
    const { ms, uploadMs, ids } = await importByProduct(stack, own, headers);
    await others;
    note(`beside others: ${await timelineOf(stack, ids[0]!, uploadMs)}`);
    const lone = median(alone.slice(1));
    return [
      { measure: `one file beside ${BUSY_FILES} of another organisation ÷ alone`, figure: ms / lone, must: 2 },
      { measure: 'one file alone', figure: lone, unit: 'ms' },
    ];
  },
};

/** When the upload was answered, and the steps of the import since it was started, in milliseconds. */
async function timelineOf({ temporal }: Stack, importId: string, uploadMs: number): Promise<string> {
  const { events } = await temporal.workflow.getHandle(importWorkflowId(importId)).fetchHistory();
  const times = events!.map((event) => ({
    type: Object.keys(event)
      .find((name) => name.endsWith('EventAttributes'))!
      .replace('EventAttributes', ''),
    at: Number(event.eventTime!.seconds) * 1000 + Number(event.eventTime!.nanos ?? 0) / 1e6,
  }));
  const steps = times.map(({ type, at }) => `${type} ${(at - times[0]!.at).toFixed(0)}`);
  return `upload ${uploadMs.toFixed(0)}; ${steps.join(', ')}`;
}
