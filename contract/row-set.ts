/**
 * A set of spreadsheet lines, written as a print dialog writes pages: `2-40,42,57-501`. So a clean file of 500 rows costs a few
 * bytes of history, and a person can read it in the Temporal UI.
 */
export type RowSet = string;

/** Formats lines in any order, with or without repeats, in the shortest ascending form. No lines give `''`. */
export function formatRowSet(lines: Iterable<number>): RowSet {
  const ascending = [...new Set(lines)].sort((a, b) => a - b);
  const ranges: string[] = [];
  let from = 0;
  for (let i = 0; i < ascending.length; i++) {
    if (ascending[i + 1] === ascending[i]! + 1) continue;
    ranges.push(from === i ? `${ascending[i]}` : `${ascending[from]}-${ascending[i]}`);
    from = i + 1;
  }
  return ranges.join(',');
}

/** The lines of a row set in ascending order. Throws a TypeError on invalid syntax. */
export function parseRowSet(rows: RowSet): number[] {
  if (rows === '') return [];
  return rows.split(',').flatMap((range) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range);
    if (!match) throw new TypeError(`Invalid row set: "${range}". Expected something like "2-40,42".`);
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  });
}

/** Whether a row set has this line. */
export const hasLine = (rows: RowSet, line: number): boolean =>
  rows !== '' &&
  rows.split(',').some((range) => {
    const [from = '', to = from] = range.split('-');
    return Number(from) <= line && line <= Number(to);
  });

/** How many lines a row set has. */
export const countLines = (rows: RowSet): number => {
  let count = 0;
  for (const range of rows === '' ? [] : rows.split(',')) {
    const [from = '', to = from] = range.split('-');
    count += Number(to) - Number(from) + 1;
  }
  return count;
};

/** The first lines of a row set: as many of its ranges. */
export const firstRanges = (rows: RowSet, most: number): RowSet => rows.split(',', most).join(',');

/** The beginning of a row set for people, at most so many letters before the `…`. It ends with a whole range: no number is cut. */
export function shortenRowSet(rows: RowSet, longest: number): string {
  if (rows.length <= longest) return rows;
  const [first = ''] = rows.split(',', 1);
  return `${rows.slice(0, Math.max(rows.lastIndexOf(',', longest), first.length))},…`;
}

/** The same with a blank behind each comma, at which a cell or a sentence can be broken; all of it unless `longest` is given. */
export const spacedRowSet = (rows: RowSet, longest = Infinity): string =>
  shortenRowSet(rows, longest).replaceAll(',', ', ');

/** Cuts lines into row sets of at most `size` lines each, in order. */
export function chunkRows(lines: readonly number[], size: number): RowSet[] {
  const chunks: RowSet[] = [];
  for (let i = 0; i < lines.length; i += size) chunks.push(formatRowSet(lines.slice(i, i + size)));
  return chunks;
}
