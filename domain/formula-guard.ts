/**
 * Spreadsheet programs take these for the beginning of a formula, in full width too. A tab or a line break vanishes when
 * the file is opened, so that the next character counts.
 */
const FORMULA = '[=+\\-@\\t\\r\\n＝＋－＠]';
/**
 * Spreadsheet programs take these for numbers and change them: they resolve an exponent, drop a leading zero, and round
 * a long number so that digits are lost.
 */
const SCIENTIFIC = '(?:\\d+[.,]?\\d*|[.,]\\d+)[eE][+-]?\\d+';
const LONG_OR_WITH_A_ZERO = '(?:0\\d+|\\d{8,})(?:[.,]\\d*)?';
const NUMBER = `[ \\u00a0]*(?:${SCIENTIFIC}|${LONG_OR_WITH_A_ZERO})[ \\u00a0]*$`;
const NEEDS_GUARD = new RegExp(`^'*(?:${FORMULA}|${NUMBER})`);
const GUARDED = new RegExp(`^'+(?:${FORMULA}|${NUMBER})`);

/**
 * A cell that survives being opened and saved in a spreadsheet program: with an apostrophe in front of a formula or of a
 * number that would change. A cell that looks guarded already gets one more, so that `unguardFormula` is the inverse.
 */
export const guardFormula = (cell: string): string => (NEEDS_GUARD.test(cell) ? `'${cell}` : cell);

/** The cell before `guardFormula`. */
export const unguardFormula = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

/** The apostrophe that people and spreadsheet programs put before a value, in any file. */
const TYPED_GUARD = /^'(?=[=+\-@])/;

/** A cell without outer spaces and guard apostrophe. */
export const tidyCell = (cell: string): string => cell.trim().replace(TYPED_GUARD, '');
