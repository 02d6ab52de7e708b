import { keepResult } from './keep-result';

type Cell = string | number;

/**
 * Collects measurements of a suite, and prints them as a table after its tests. With `KEEP_RESULTS` they replace those of the last run
 * under this name in docs/drills.md.
 */
export function createFigures(title: string, columns: readonly string[], name?: string) {
  const rows: Cell[][] = [];
  const startedAt = Date.now();
  afterAll(() => {
    const table = [columns, ...rows].map((row) => row.map(String));
    const widths = columns.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
    const lines = table.map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    );
    process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
    // A part of a suite is no result of it.
    const isWhole = !process.argv.includes('-t');
    if (name !== undefined && isWhole && process.env.KEEP_RESULTS) keepResult(name, table, seconds(startedAt));
  });
  return { add: (...cells: Cell[]): void => void rows.push(cells) };
}

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
