const ADDRESS = /\S@\S+\.\S/;
const NUMBER = /^['+(\s]*\d[\d\s()./-]{6,}$/;
const MANY_DIGITS = /\d{5}/;
/** Enough of a cell to tell. */
const MAX_LOOKED_AT = 400;

/** Whether a cell holds what only a person has: an e-mail address or a phone number. */
export const isContact = (cell: string): boolean => isAddress(cell) || isNumber(cell);

export const isAddress = (cell: string): boolean => ADDRESS.test(cell.slice(0, MAX_LOOKED_AT));
export const isNumber = (cell: string): boolean => NUMBER.test(cell.slice(0, MAX_LOOKED_AT));

/** Whether a header must not be repeated: where the row of headers is missing, a person stands in its place. */
export const looksPersonal = (header: string): boolean => header.includes('@') || MANY_DIGITS.test(header);
