import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ProblemCode } from '../../contract/problem-codes';
import type { FieldChange } from '../../contract/row-plan';

/** A fixed number of dots, so that it does not reveal the length. */
const HIDDEN = '•••';
/** Only after a hidden part, so that the domain is not shown whole. */
const TOP_LEVEL_DOMAIN = /.(\.\p{L}{2,10})$/su;
const DIGIT = /\p{Nd}/gu;
/** In a shorter number, two digits would reveal too much. */
const MIN_DIGITS = 7;

/** First character and top-level domain: `a•••@•••.com`. An invalid address shows the first character at most. */
export function maskEmail(address: string): string {
  const [localPart = '', ...rest] = address.trim().split('@');
  const [first = '', ...others] = localPart;
  const shown = (others.length > 0 ? first : '') + HIDDEN;
  if (rest.length === 0) return shown;
  return `${shown}@${HIDDEN}${TOP_LEVEL_DOMAIN.exec(rest.join('@'))?.[1] ?? ''}`;
}

/** Country code and last two digits: `+44•••56`. An invalid number shows the last two digits at most. */
export function maskMobile(mobile: string): string {
  const text = mobile.trim();
  const digits = text.match(DIGIT) ?? [];
  if (digits.length < MIN_DIGITS) return HIDDEN;
  const number = text.startsWith('+') ? parsePhoneNumberFromString(text) : undefined;
  return `${number ? `+${number.countryCallingCode}` : ''}${HIDDEN}${digits.slice(-2).join('')}`;
}

/** A problem, described or not, for support staff. The suggestion is as personal as the value. */
export function maskProblem<
  P extends { code: ProblemCode; value: string | null; suggestion?: string | null; choices?: string[] },
>(problem: P): P {
  const { code, value, suggestion, choices } = problem;
  const mask = maskFor(code, [value, suggestion]);
  return {
    ...problem,
    ...(typeof value === 'string' && { value: mask(value) }),
    ...(typeof suggestion === 'string' && { suggestion: mask(suggestion) }),
    ...(choices && { choices: choices.map(mask) }),
  };
}

function maskFor(code: ProblemCode, texts: readonly (string | null | undefined)[]): (text: string) => string {
  if (code.startsWith('email.')) return maskEmail;
  if (code.startsWith('mobile.')) return maskMobile;
  // A value without country code may be too short to look like a number, though its suggestion does.
  const isNumber = texts.some((text) => typeof text === 'string' && !text.includes('@') && isLikeNumber(text));
  return isNumber ? maskMobile : maskIfContact;
}

/** A change of a field for support staff. */
export const maskChange = (change: FieldChange): FieldChange => ({
  ...change,
  before: maskIfContact(change.before),
  after: maskIfContact(change.after),
});

/** Addresses and numbers may stand in any column if cells have slipped. */
export function maskIfContact(value: string): string {
  if (value.includes('@')) return maskEmail(value);
  return isLikeNumber(value) ? maskMobile(value) : value;
}

const isLikeNumber = (text: string): boolean => (text.match(DIGIT) ?? []).length >= MIN_DIGITS;
