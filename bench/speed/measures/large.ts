import { setTimeout as pause } from 'node:timers/promises';
import { importWorkflowId } from '../../../contract/import';
import { importByProduct } from '../product';
import type { NewFiles } from '../client-files';
import type { Target } from '../report/targets';
import { measure } from '../stack/processes';
import type { Spent } from '../stack/processes';
import { commandsOf } from '../facts/mongo-commands';
import type { Stack } from '../stack/stack';
import type { Measure } from './measure';

const ROWS = Number(process.env['LARGE_ROWS'] ?? 100_000);
/** As many rows as are worth comparing with, in files of the usual size. */
const SMALL_FILES = Number(process.env['LARGE_SMALL_FILES'] ?? 20);
const SMALL_ROWS = 500;
const LIMIT_MS = 1_800_000;
/** For what goes on behind the close. */
const QUIET_MS = 2_000;

interface Cost {
  /** CPU by process, in microseconds a row. */
  cpu: Record<string, number>;
  peak: Record<string, number>;
  commandsARow: number;
  msARow: number;
  ids: string[];
}

/** One file of many rows against as many as usual in files of 500: what a row costs, and what the processes hold. */
export const large: Measure = {
  options: {
    settings: { MAX_ROWS_PER_FILE: String(Math.max(ROWS, SMALL_ROWS)), UPLOAD_MAX_BYTES: String(100 * 1024 * 1024) },
  },
  async run(stack, newFiles, note) {
    await importByProduct(stack, newFiles(4));
    await pause(QUIET_MS);
    const usual = await costOf(stack, newFiles, SMALL_FILES, SMALL_ROWS);
    note(`${SMALL_FILES} files of ${SMALL_ROWS} rows: ${inWords(usual)}`);
    const one = await costOf(stack, newFiles, 1, ROWS);
    note(`one file of ${ROWS} rows: ${inWords(one)}`);
    const runs = await runsOf(stack, one.ids[0]!);
    return [
      ...ratios(usual, one),
      { measure: `runs of the workflow, ${ROWS} rows`, figure: runs.length },
      { measure: 'events of its longest run', figure: Math.max(...runs.map(({ events }) => events)) },
      {
        measure: 'kilobytes of its longest run',
        figure: Math.max(...runs.map(({ bytes }) => bytes)) / 1024,
        unit: 'kB',
      },
    ];
  },
};

async function costOf(stack: Stack, newFiles: NewFiles, files: number, rows: number): Promise<Cost> {
  const made = newFiles(files, rows);
  const stopCounting = await commandsOf(stack);
  const stopMeasuring = measure(stack.pids());
  const { ids, ms } = await importByProduct(stack, made, stack.headers, LIMIT_MS);
  await pause(QUIET_MS);
  const { cpu, peak }: Spent = stopMeasuring();
  const commands = await stopCounting();
  const all = files * rows;
  return {
    cpu: Object.fromEntries(Object.entries(cpu).map(([name, spent]) => [name, (spent * 1_000) / all])),
    peak,
    commandsARow: commands / all,
    msARow: ms / all,
    ids,
  };
}

const totalOf = ({ cpu }: Cost): number => Object.values(cpu).reduce((sum, each) => sum + each, 0);
const rounded = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${Math.round(value)}`)
    .join(', ');
const inWords = (cost: Cost): string =>
  `CPU a row ${Math.round(totalOf(cost))} µs (${rounded(cost.cpu)}); peak MB: ${rounded(cost.peak)}; ` +
  `${cost.commandsARow.toFixed(3)} commands a row; ${cost.msARow.toFixed(2)} ms a row`;

function ratios(usual: Cost, one: Cost): Target[] {
  const own = (cost: Cost): number =>
    cost.cpu['worker']! + cost.cpu['api']! + cost.cpu['temporal']! + cost.cpu['mongod']!;
  return [
    { measure: 'CPU a row of files of 500 rows', figure: own(usual), unit: 'µs' },
    { measure: `CPU a row of a file of ${ROWS} rows`, figure: own(one), unit: 'µs' },
    { measure: 'CPU a row ÷ that of files of 500', figure: own(one) / own(usual), must: 1.15 },
    ...['worker', 'api', 'mongod', 'temporal'].map((name) => ({
      measure: `CPU a row of ${name} ÷ that of files of 500`,
      figure: one.cpu[name]! / usual.cpu[name]!,
    })),
    {
      measure: 'peak of the worker ÷ that of files of 500',
      figure: one.peak['worker']! / usual.peak['worker']!,
      must: 1.2,
    },
    { measure: 'peak of the worker', figure: one.peak['worker']!, unit: 'MB' },
    { measure: 'peak of the API ÷ that of files of 500', figure: one.peak['api']! / usual.peak['api']! },
    { measure: 'commands a row ÷ those of files of 500', figure: one.commandsARow / usual.commandsARow },
    { measure: 'time a row', figure: one.msARow, unit: 'ms' },
    { measure: 'time a row of files of 500', figure: usual.msARow, unit: 'ms' },
  ];
}

/** The runs of an import's workflow: each hands over to the next. */
async function runsOf({ temporal }: Stack, importId: string): Promise<{ events: number; bytes: number }[]> {
  const runs: { events: number; bytes: number }[] = [];
  for await (const { historyLength, raw } of temporal.workflow.list({
    query: `WorkflowId = "${importWorkflowId(importId)}"`,
  }))
    runs.push({ events: historyLength, bytes: Number(raw.historySizeBytes ?? 0) });
  return runs;
}
