/**
 * What a spreadsheet program takes for the beginning of a formula, also where it is written in full width. A tab or a
 * line break in front vanishes when the file is opened, and what is behind it counts.
 */
const FORMULA = '[=+\\-@\\t\\r\\n＝＋－＠]';
/**
 * What a spreadsheet program takes for a number and saves as another one: it counts an exponent out, drops a zero in
 * front, and shows or rounds a long number so that its digits are lost.
 */
const SCIENTIFIC = '(?:\\d+[.,]?\\d*|[.,]\\d+)[eE][+-]?\\d+';
const LONG_OR_WITH_A_ZERO = '(?:0\\d+|\\d{8,})(?:[.,]\\d*)?';
const NUMBER = `[ \\u00a0]*(?:${SCIENTIFIC}|${LONG_OR_WITH_A_ZERO})[ \\u00a0]*$`;
const TO_BE_GUARDED = new RegExp(`^'*(?:${FORMULA}|${NUMBER})`);
const GUARDED = new RegExp(`^'+(?:${FORMULA}|${NUMBER})`);

/**
 * A cell as it may stand in a file that somebody opens in a spreadsheet and saves: with an apostrophe in front of what
 * would be taken for a formula or changed as a number. What begins like a guarded cell already gets one more, so that
 * `unguardFormula` is the inverse.
 */
export const guardFormula = (cell: string): string => (TO_BE_GUARDED.test(cell) ? `'${cell}` : cell);

/** The cell before it was guarded. */
export const unguardFormula = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);
