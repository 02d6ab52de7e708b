import type { Plan } from './arguments';
import type { Result } from './compare';
import { show, table } from './figures';
import type { History } from './history';
import type { CommandCount } from './mongo-commands';

export interface Figures {
  at: string;
  plan: Plan;
  results: Result[];
  history: History;
  commands: CommandCount;
}

export function report({ plan, results, history, commands }: Figures): string {
  return [
    `Medians of ${plan.rounds} rounds; a row is two messages. CPU in µs a row, peak memory in MB.`,
    '',
    comparison(results),
    '',
    `History of a clean file: ${history.events} events, ${(history.bytes / 1000).toFixed(1)} kB.`,
    '',
    `MongoDB commands of a clean file: ${commands.total} (${list(commands.commands)}).`,
    '',
    table(
      ['collection', 'kind', 'operations', 'documents read', 'ms'],
      commands.operations.map(({ collection, kind, operations, read, ms }) => [
        collection,
        kind,
        String(operations),
        String(read),
        String(ms),
      ]),
    ),
  ].join('\n');
}

function comparison(results: readonly Result[]): string {
  const yardstick = (result: Result): Result | undefined =>
    results.find((other) => other.subject === 'script' && isSameCell(other, result));
  return table(
    ['files', 'latency', 'who', 'wall ms', '(range)', '÷ script', 'CPU', '÷ script', 'CPU by process', 'peak memory'],
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
