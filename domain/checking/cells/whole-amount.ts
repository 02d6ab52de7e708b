/** 4915123456789.0 or 7,00: a whole number that a program has written as an amount. */
const WHOLE_AMOUNT = /^(\+?\d+)[.,]0+$/;

/**
 * The digits of a whole number that was written as an amount, or `undefined`. pandas 3.1.1 writes a column of whole numbers so when
 * one cell of it is empty. What comes of it may only be suggested: a program that keeps such numbers with seven digits writes the
 * same `.0` behind digits that it has made up.
 */
export const wholeAmount = (cell: string): string | undefined => WHOLE_AMOUNT.exec(cell)?.[1];
