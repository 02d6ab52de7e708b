import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewFiles } from '../client-files';
import { eventsOf } from '../facts/history';
import type { Measure } from '../measures/measure';
import { importByProduct } from '../product';
import type { Stack } from '../stack/stack';
import { ANSWERED_WITHIN_MS, marksOf } from './marks';
import type { Mark, Note } from './marks';
import { timelineTable } from './timeline-table';

/** Imports one after another whose medians are shown, for each latency of the providers. */
const FILES = Number(process.env['TIMELINE_FILES'] ?? 20);
const LATENCIES = (process.env['TIMELINE_LATENCIES'] ?? '20,80').split(',').map(Number);
const WARM_UP_FILES = 8;
/** The probe writes once nothing has happened for 100 ms. */
const WRITTEN_AFTER_MS = 400;
const PROGRAMS = ['api', 'worker'] as const;
const FOLDER = join(tmpdir(), `client-import-timeline-${process.pid}`);

/**
 * The time line of a lone file: when each of its steps is reached, by medians of warm files one after another. The probe costs a few per
 * cent, so that the whole takes a little longer than in the comparison.
 */
export const timeline: Measure = {
  options: {
    settings: { PROBE_FOLDER: FOLDER },
    nodeArguments: (program) =>
      PROGRAMS.some((name) => name === program) ? ['--require', join(__dirname, 'probe.cjs')] : [],
  },
  async run(stack, newFiles) {
    // Not before: the programs write there until they have ended.
    process.once('exit', () => rmSync(FOLDER, { recursive: true, force: true }));
    const texts: string[] = [];
    for (const latencyMs of LATENCIES) {
      await stack.setLatency(latencyMs);
      for (let i = 0; i < WARM_UP_FILES; i++) await importByProduct(stack, newFiles(1));
      const imports: Mark[][] = [];
      for (let i = 0; i < FILES; i++) imports.push(await timelineOf(stack, newFiles));
      texts.push(
        `Providers answer after ${latencyMs} ms; medians of ${FILES} warm files, in ms.`,
        timelineTable(imports),
      );
    }
    return { targets: [], text: texts.join('\n\n') };
  },
};

async function timelineOf(stack: Stack, newFiles: NewFiles): Promise<Mark[]> {
  const files = newFiles(1);
  const asked = performance.timeOrigin + performance.now();
  const { ids, ms, uploadMs } = await importByProduct(stack, files);
  const client = { asked, answered: asked + uploadMs, seen: asked + ms };
  await pause(WRITTEN_AFTER_MS);
  return marksOf({
    client,
    notes: notesOf(stack, client.seen + ANSWERED_WITHIN_MS),
    history: await eventsOf(stack, ids[0]!),
  });
}

/** What the probe has noted until then, the oldest first. */
function notesOf(stack: Stack, until: number): Note[] {
  const pids = stack.pids(...PROGRAMS);
  return PROGRAMS.flatMap((program) =>
    readFileSync(join(FOLDER, `${pids[program]}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const [at, busyMs, what, edge] = JSON.parse(line) as [number, number, string, Note['edge']];
        return { program, at, busyMs, what, edge };
      }),
  )
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at);
}
