/** Spreadsheet programs take these for the beginning of a formula, in full width too. */
const FORMULA = '[=+\\-@＝＋－＠]';
/**
 * A program that splits at another sign than the file's own sees a cell behind each of these. Blanks and quotation marks in
 * front of a formula vanish when the file is opened, and so do tabs and line breaks, so that the next character counts.
 */
const CELL_BEGINS = '(?<=(?:^|[;,|\\t\\r\\n])[\\s"\']*)';
/**
 * Spreadsheet programs take these for numbers and change them: they resolve an exponent, drop a leading zero, and round
 * a long number so that digits are lost.
 */
const SCIENTIFIC = '(?:\\d+[.,]?\\d*|[.,]\\d+)[eE][+-]?\\d+';
const LONG_OR_WITH_A_ZERO = '(?:0\\d+|\\d{8,})(?:[.,]\\d*)?';
const NUMBER = `[ \\u00a0]*(?:${SCIENTIFIC}|${LONG_OR_WITH_A_ZERO})[ \\u00a0]*$`;
// The look ahead comes first: a look behind at every blank of a long run would take its square.
const BEFORE_FORMULA = new RegExp(`(?=${FORMULA})${CELL_BEGINS}`, 'g');
const GUARD_OF_FORMULA = new RegExp(`'(?=${FORMULA})${CELL_BEGINS}`, 'g');
const NEEDS_GUARD = new RegExp(`^'*(?:[\\t\\r\\n]|${NUMBER})`);
const GUARDED = new RegExp(`^'+(?:[\\t\\r\\n]|${NUMBER})`);

/**
 * A cell that survives being opened and saved in a spreadsheet program, at whatever sign that splits: with an apostrophe in
 * front of each formula, and of a number that would change. What looks guarded already gets one more, so that
 * `unguardFormula` is the inverse.
 */
export function guardFormula(cell: string): string {
  const guarded = cell.replace(BEFORE_FORMULA, "'");
  return NEEDS_GUARD.test(cell) ? `'${guarded}` : guarded;
}

/** The cell before `guardFormula`. */
export function unguardFormula(cell: string): string {
  const unguarded = cell.replace(GUARD_OF_FORMULA, '');
  return GUARDED.test(unguarded) ? unguarded.slice(1) : unguarded;
}

/** The apostrophe that people and spreadsheet programs put before a value, in any file. */
const TYPED_GUARD = /^'(?=[=+\-@])/;
/** A formula that is nothing but a text, by which people keep spreadsheet programs from changing it: ="00123". */
const TEXT_AS_FORMULA = /^="((?:[^"]|"")*)"$/;

/** The text of a cell: without outer spaces and guard apostrophe, and of ="Ann" the Ann, as LibreOffice reads it. */
export function tidyCell(cell: string): string {
  const text = cell.trim().replace(TYPED_GUARD, '');
  const [, inFormula] = text.startsWith('="') ? (TEXT_AS_FORMULA.exec(text) ?? []) : [];
  return inFormula === undefined ? text : inFormula.replaceAll('""', '"').trim();
}
