import type { Plan } from '../arguments';
import type { Result } from '../compare';
import { show, table } from './figures';
import { ratioTargets, verdict } from './targets';
import type { Target } from './targets';
import type { History } from '../facts/history';
import type { CommandCount } from '../facts/mongo-commands';

export interface Figures {
  at: string;
  plan: Plan;
  results: Result[];
  history: History;
  commands: CommandCount;
  /** From the answer to an upload until its rows can be read, in milliseconds. */
  firstRowsMs: number;
}

export function report(figures: Figures): string {
  const { plan, results, history, commands } = figures;
  return [
    targetTable(targetsOf(figures)),
    '',
    `Against ${plan.provider === 'sandbox' ? 'the sandbox' : 'a stand-in of the providers that costs next to nothing'}.`,
    `Medians of ${plan.rounds} rounds; a row is two messages. CPU in µs a row, peak memory in MB.`,
    '',
    comparison(results),
    '',
    `History of a clean file: ${history.events} events, ${(history.bytes / 1000).toFixed(1)} kB.`,
    '',
    commandTable(commands),
  ].join('\n');
}

/** MongoDB's commands by kind, and its operations by collection and kind. */
export const commandTable = (commands: CommandCount): string =>
  [
    `MongoDB commands of a clean file: ${show(commands.total)} (${list(commands.commands)}).`,
    '',
    table(
      ['collection', 'kind', 'operations', 'documents read', 'ms'],
      commands.operations.map(({ collection, kind, operations, read, ms }) => [
        collection,
        kind,
        show(operations),
        show(read),
        show(ms),
      ]),
    ),
  ].join('\n');

/** The promised measures, with what is met of them. */
export const targetTable = (targets: readonly Target[]): string =>
  table(
    ['measure', 'figure', 'must', 'aim', 'met'],
    targets.map((target) => [
      target.measure,
      `${show(target.figure)}${target.unit ? ` ${target.unit}` : ''}`,
      target.must === undefined ? '' : `≤ ${target.must}`,
      target.aim === undefined ? '' : `≤ ${target.aim}`,
      verdict(target),
    ]),
  );

const targetsOf = ({ results, history, commands, firstRowsMs }: Figures): Target[] => [
  ...ratioTargets(results),
  { measure: 'history of a clean file', figure: history.events, unit: 'events', must: 18, aim: 12 },
  { measure: 'history of a clean file', figure: history.bytes / 1000, unit: 'kB', must: 4, aim: 2.5 },
  { measure: 'MongoDB commands of a clean file', figure: commands.total, must: 50, aim: 25 },
  { measure: 'first rows visible after the upload', figure: firstRowsMs, unit: 'ms', must: 150 },
];

/** What each took, as it is and in relation to the subject of that name. */
export function comparison(results: readonly Result[], yardstickName = 'script'): string {
  const yardstick = (result: Result): Result | undefined =>
    results.find((other) => other.subject === yardstickName && isSameCell(other, result));
  const ratio = `÷ ${yardstickName}`;
  return table(
    ['files', 'latency', 'who', 'wall ms', '(range)', ratio, 'CPU', ratio, 'CPU by process', 'peak memory'],
    results.map((result) => [
      String(result.files),
      `${result.latencyMs} ms`,
      result.subject,
      result.ms.toFixed(0),
      `${result.lowest.toFixed(0)} to ${result.highest.toFixed(0)}`,
      show(result.ms / (yardstick(result)?.ms ?? NaN)),
      result.cpuTotal.toFixed(0),
      show(result.cpuTotal / (yardstick(result)?.cpuTotal ?? NaN)),
      list(result.cpu),
      list(result.peak),
    ]),
  );
}

export const isSameCell = (a: Result, b: Result): boolean => a.files === b.files && a.latencyMs === b.latencyMs;

const list = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value.toFixed(0)}`)
    .join(', ');
