import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { MobileType } from '../../person';

/** How the digits of a cell were taken. */
export type ReadingOrigin =
  /** `+` and the country code, as typed. */
  | 'plus'
  /** A prefix for calls abroad, such as 00 or 011, and the country code. */
  | 'international-prefix'
  /** A country code whose `+` is lost. */
  | 'plus-restored'
  /** A number as it is called within the default country. */
  | 'national'
  /** A number as it is called within another country. */
  | 'national-elsewhere';

/** One number that a cell can mean. */
export interface MobileReading {
  origin: ReadingOrigin;
  /** E.164. */
  number: string;
  type: MobileType;
  /** ISO 3166 alpha-2; `null` for numbers that belong to no country, such as +881. */
  country: CountryCode | null;
  callingCode: string;
  /** Whether the digits after it are taken as an extension. */
  withoutExtension: boolean;
  parsed: PhoneNumber;
}

/** A number that exists in its country's plan, of E.164 digits with `+`. The right length alone gives `undefined`. */
export function recognise(text: string): { parsed: PhoneNumber; type: MobileType } | undefined {
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  // Only a valid number has a type, so a check for validity would repeat the work.
  const type = parsed?.getType();
  if (!parsed || !type) return undefined;
  return { parsed, type: mobileTypeOf(parsed.number, type) };
}

/** Our word for the library's type of a number. */
export const mobileTypeOf = (number: string, type: string): MobileType =>
  TEST_NUMBERS.test(number) ? 'mobile' : (TYPES[type] ?? 'other');

/** Numbers that Twilio sets aside for tests; they belong to nobody. https://www.twilio.com/docs/iam/test-credentials */
const TEST_NUMBERS = /^\+1500555000\d$/;

const TYPES: Partial<Record<string, MobileType>> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'fixed-line',
};
