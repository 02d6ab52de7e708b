import { displayWidth, truncate } from '../output/text';

const INDENT = 2;
const GAP = 2;
/** What the first line of an item does not hold stands this far in. */
const BELOW = 4;

export interface StackedCell {
  heading: string;
  text: string;
  /** Never cut, such as an id, which is to be copied. */
  isWhole: boolean;
  /** Behind its heading wherever it stands. */
  isLabelled: boolean;
}

/**
 * Items of which a table of `width` columns would cut most cells, each over as many lines as it needs: on the first one its first cells as
 * they are, and below the others, each behind its heading, as counts are everywhere. Empty cells are left out, and only a cell that is longer than a line is cut.
 */
export const formatStackedList = (items: readonly (readonly StackedCell[])[], width: number): string =>
  items.flatMap((cells) => linesOf(cells, width)).join('\n');

function linesOf(cells: readonly StackedCell[], width: number): string[] {
  const filled = cells.filter(({ text }) => text !== '');
  // Behind a cell that is empty, one would be taken for it.
  const texts = filled.map((cell, i) =>
    i > 0 && (cells[i] !== cell || cell.isLabelled || SAYS_NOTHING_ALONE.test(cell.text)) ? labelled(cell) : cell.text,
  );
  let fitting = 1;
  while (fitting < texts.length && widthOf(texts.slice(0, fitting + 1)) <= width - INDENT) fitting++;
  const below = filled
    .slice(fitting)
    .map((cell) => (cell.isWhole ? labelled(cell) : truncate(labelled(cell), width - BELOW)));
  return [
    ' '.repeat(INDENT) + texts.slice(0, fitting).join(' '.repeat(GAP)),
    ...fill(below, width - BELOW).map((line) => ' '.repeat(BELOW) + line),
  ];
}

/** A count, a day, or an answer to the heading. */
const SAYS_NOTHING_ALONE = /^(?:\d+|\d{4}-\d\d-\d\d.*|yes|no|never|true|false)$/;
const labelled = ({ heading, text }: StackedCell): string => `${heading}: ${text}`;

const widthOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + displayWidth(text), GAP * (texts.length - 1));

/** As many parts on a line as fit. */
function fill(parts: readonly string[], width: number): string[] {
  const lines: string[][] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line && widthOf([...line, part]) <= width) line.push(part);
    else lines.push([part]);
  }
  return lines.map((line) => line.join(' '.repeat(GAP)));
}
