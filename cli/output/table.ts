import { displayWidth, padTo, truncate } from './text';

const GAP = 2;
const NARROWEST_TEXT = 30;
/** A column that is cut keeps as much of itself. */
const NARROWEST_COLUMN = 8;
/** A terminal with fewer columns gets what does not fit one below the other. */
export const ROOM_FOR_COLUMNS = 100;
/** Where the output is no terminal. */
const USUAL_WIDTH = 120;

export const terminalWidth = ({ columns }: NodeJS.WriteStream): number => columns ?? USUAL_WIDTH;

/**
 * Rows of printable cells in straight columns, without borders. The last column is wrapped at blanks so that the table
 * fits into `width` columns; a longer word stays whole, so that it can be copied.
 */
export function formatTable(rows: readonly string[][], width = Infinity, indent = GAP): string {
  const widths = rows[0]!.slice(0, -1).map((_, i) => Math.max(...rows.map((cells) => displayWidth(cells[i]!))) + GAP);
  const start = widths.reduce((sum, columns) => sum + columns, indent);
  return rows
    .flatMap((cells) => {
      const [first = '', ...more] = wrap(cells.at(-1)!, Math.max(NARROWEST_TEXT, width - start));
      const before = widths.map((columns, i) => padTo(columns, cells[i]!)).join('');
      return [`${' '.repeat(indent)}${before}${first}`.trimEnd(), ...more.map((rest) => ' '.repeat(start) + rest)];
    })
    .join('\n');
}

/**
 * Rows of printable cells in straight columns within `width` columns: the widest columns are cut, with an ellipsis where text is
 * left out. Columns at `whole` are never cut, such as ids, which are to be copied.
 */
export function formatFittingTable(
  rows: readonly string[][],
  width: number,
  whole: ReadonlySet<number> = new Set(),
): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((cells) => displayWidth(cells[i]!))));
  const available = width - GAP * widths.length;
  for (;;) {
    const excess = widths.reduce((sum, columns) => sum + columns, 0) - available;
    const cuttable = widths.filter((columns, i) => !whole.has(i) && columns > NARROWEST_COLUMN);
    if (excess <= 0 || cuttable.length === 0) break;
    const widest = Math.max(...cuttable);
    const next = Math.max(NARROWEST_COLUMN, ...cuttable.filter((columns) => columns < widest));
    const which = widths.findIndex((columns, i) => columns === widest && !whole.has(i));
    widths[which] = Math.max(next === widest ? widest - 1 : next - 1, widest - excess, NARROWEST_COLUMN);
  }
  const cut = rows.map((cells) => cells.map((cell, i) => truncate(cell, widths[i]!)));
  return formatTable(cut);
}

/** Whether the rows fit into `width` columns without being cut. */
export const fits = (rows: readonly string[][], width: number): boolean =>
  rows[0]!.reduce((sum, _, i) => sum + Math.max(...rows.map((cells) => displayWidth(cells[i]!))) + GAP, 0) <= width;

/** The text in lines of at most `width` columns; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A paragraph with each line `indent` columns in. */
export const paragraph = (text: string, width: number, indent: number): string =>
  wrap(text, Math.max(NARROWEST_TEXT, width - indent))
    .map((line) => ' '.repeat(indent) + line)
    .join('\n');
