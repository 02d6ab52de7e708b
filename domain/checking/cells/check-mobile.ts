import { isSupportedCountry, parseIncompletePhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { accept, reject } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';

/** `mobile` where a mobile is possible: in some countries numbers do not tell. */
export type MobileType = 'mobile' | 'fixed-line' | 'other';

export interface MobileNumber {
  /** E.164, as in +447911123456. */
  number: string;
  type: MobileType;
}

/** As most cells are written: nothing has to be taken off. */
const EXACT = /^\+[1-9]\d{1,14}$/;
/** 4.47911E+11, as spreadsheets write a long number; with a comma in half of the world. */
const SCIENTIFIC = /^[+'’]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** 4915123456789.0, as programs write a number they took for an amount: the nought must not become a digit of it. */
const AMOUNT = /^\+?\d+\.0+$/;
/** Digits of any script and what people put between them. Letters are neither: they begin extensions and remarks. */
const PHONE_CHARACTERS = /^\(?\+?[\p{Nd}\s().\-/·‐-―−]*$/u;
const GUARD_APOSTROPHE = /^['’]/;
const INVISIBLE = /\p{Cf}/gu;
const MIN_NATIONAL_DIGITS = 6;
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/**
 * The number that is meant. A national number counts only where the organisation has a default country;
 * digits alone may also be an international number that lost its plus on the way through a spreadsheet.
 */
export function checkMobile(cell: string, defaultCountry: string | null): CellVerdict<MobileNumber> {
  if (EXACT.test(cell)) {
    const exact = recognise(cell);
    return exact ? accept(exact, exact.number) : reject(cell, { code: 'mobile.invalid' });
  }
  const bare = bareNumber(cell);
  if (bare === '') return reject(cell, { code: 'mobile.missing' });
  if (SCIENTIFIC.test(bare)) return reject(cell, { code: 'mobile.scientific-notation' });
  if (AMOUNT.test(bare) || !PHONE_CHARACTERS.test(bare)) return reject(cell, { code: 'mobile.invalid' });

  const digits = parseIncompletePhoneNumber(bare).replace(/^00/, '+');
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  const mobile = digits.startsWith('+')
    ? recognise(digits)
    : ((country && recognise(digits, country)) ?? recognise(`+${digits}`));
  if (mobile) return accept(mobile, mobile.number);
  const isNational = !digits.startsWith('+') && digits.length >= MIN_NATIONAL_DIGITS;
  if (!isNational) return reject(cell, { code: 'mobile.invalid' });
  return reject(
    cell,
    country
      ? { code: 'mobile.invalid', details: { country: `${countryNames.of(country)} (${country})` } }
      : { code: 'mobile.not-international' },
  );
}

/** Whether a cell holds what could be a phone number, right or not. */
export function looksLikeMobile(cell: string): boolean {
  const bare = bareNumber(cell);
  return PHONE_CHARACTERS.test(bare) && parseIncompletePhoneNumber(bare).length >= MIN_NATIONAL_DIGITS;
}

const bareNumber = (cell: string): string =>
  cell.normalize('NFKC').replace(INVISIBLE, '').trim().replace(GUARD_APOSTROPHE, '');

/** A number that exists in its country's plan; one that has merely the right length gives `undefined`. */
function recognise(digits: string, country?: CountryCode): MobileNumber | undefined {
  const parsed = parsePhoneNumberFromString(digits, { extract: false, ...(country && { defaultCountry: country }) });
  // The type is known only for valid numbers, so asking for validity too would be the same work once more.
  const type = parsed?.getType();
  if (!parsed || !type) return undefined;
  return { number: parsed.number, type: TYPES[type] ?? 'other' };
}

const TYPES: Partial<Record<string, MobileType>> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'fixed-line',
};
