import { displayWidth, padTo } from './text';

const GAP = 2;
const NARROWEST_TEXT = 30;
/** Where the output is no terminal. */
const USUAL_WIDTH = 120;

export const terminalWidth = ({ columns }: NodeJS.WriteStream): number => columns ?? USUAL_WIDTH;

/**
 * Rows of printable cells in straight columns, without borders. The last column is wrapped at blanks so that the table
 * fits into `width` columns; a longer word stays whole, so that it can be copied.
 */
export function formatTable(rows: readonly string[][], width = Infinity): string {
  const widths = rows[0]!.slice(0, -1).map((_, i) => Math.max(...rows.map((cells) => displayWidth(cells[i]!))) + GAP);
  const indent = widths.reduce((sum, columns) => sum + columns, GAP);
  return rows
    .flatMap((cells) => {
      const [first, ...more] = wrap(cells.at(-1)!, Math.max(NARROWEST_TEXT, width - indent));
      const start = widths.map((columns, i) => padTo(columns, cells[i]!)).join('');
      return [`${' '.repeat(GAP)}${start}${first}`, ...more.map((rest) => ' '.repeat(indent) + rest)];
    })
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
