import { keepResult } from './keep-result';

type Cell = string | number;

/** Where the table of a suite is kept, and how many rows it has once all has gone well. */
interface Kept {
  name: string;
  rows: number;
}

/**
 * Collects measurements of a suite, and prints them as a table after its tests. With `KEEP_RESULTS` they replace those of the last run
 * under this name in docs/drills.md, if none is missing: what has failed in the middle is no result. Add the last once all is asserted.
 */
export function createFigures(title: string, columns: readonly string[], kept?: Kept) {
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
    if (kept?.rows === rows.length && process.env.KEEP_RESULTS) keepResult(kept.name, table, seconds(startedAt));
  });
  return { add: (...cells: Cell[]): void => void rows.push(cells) };
}

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
