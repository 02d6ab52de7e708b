import { displayWidth, padTo, truncate } from './text';

const GAP = 2;
const NARROWEST_TEXT = 30;
/** A column that is cut keeps as much of itself. */
const NARROWEST_COLUMN = 8;
/** In a list, a column that keeps less of its cells tells names and addresses no more apart. */
const LEAST_READABLE = 18;
/** A terminal with fewer columns gets what does not fit one below the other. */
export const ROOM_FOR_COLUMNS = 100;
/** Where the output is no terminal. */
const USUAL_WIDTH = 120;
/** Of a terminal that has not been told its size, and says 0, as in some containers. */
const UNTOLD_WIDTH = 80;

/** Of sentences: they are wrapped on a terminal, and elsewhere stay whole, so that another program finds each on one line. */
export const sentenceWidth = ({ isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number =>
  isTTY ? columns || UNTOLD_WIDTH : Infinity;

export const terminalWidth = ({ isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number =>
  columns || (isTTY ? UNTOLD_WIDTH : USUAL_WIDTH);

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
  const widths = fittingWidths(rows, width, whole);
  return formatTable(rows.map((cells) => cells.map((cell, i) => truncate(cell, widths[i]!))));
}

/** Whether each column that would be cut keeps enough of its cells to be read. */
export const isReadable = (rows: readonly string[][], width: number, whole: ReadonlySet<number>): boolean => {
  const widths = fittingWidths(rows, width, whole);
  const total = widths.reduce((sum, columns) => sum + columns + GAP, 0);
  return total <= width && naturalWidths(rows).every((columns, i) => widths[i]! >= Math.min(columns, LEAST_READABLE));
};

const naturalWidths = (rows: readonly string[][]): number[] =>
  rows[0]!.map((_, i) => Math.max(...rows.map((cells) => displayWidth(cells[i]!))));

function fittingWidths(rows: readonly string[][], width: number, whole: ReadonlySet<number>): number[] {
  const widths = naturalWidths(rows);
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
  return widths;
}

/** Whether the rows fit into `width` columns without being cut. */
export const fits = (rows: readonly string[][], width: number): boolean =>
  naturalWidths(rows).reduce((sum, columns) => sum + columns + GAP, 0) <= width;

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

/** A sentence from `indent` on; what does not fit into `width` columns follows on lines that begin at `hang`. */
export function sentence(text: string, width: number, indent = 0, hang = indent): string {
  const lines = wrap(text, Math.max(NARROWEST_TEXT, width - hang));
  return lines.map((line, i) => ' '.repeat(i === 0 ? indent : hang) + line).join('\n');
}

/** A paragraph with each line `indent` columns in. */
export const paragraph = (text: string, width: number, indent: number): string => sentence(text, width, indent);
