type Cell = string | number;

/** Collects measurements of a suite, and prints them as a table after its tests. */
export function createFigures(title: string, columns: readonly string[]) {
  const rows: Cell[][] = [];
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
  });
  return { add: (...cells: Cell[]): void => void rows.push(cells) };
}

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
