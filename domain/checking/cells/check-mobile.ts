import { isSupportedCountry, parseIncompletePhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { tidyCell } from '../../formula-guard';
import type { MobileType } from '../../person';
import { accept, reject } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';

export interface MobileNumber {
  /** E.164, as in +447911123456. */
  number: string;
  type: MobileType;
}

/** Most cells are written like this and need no repair. */
const EXACT = /^\+[1-9]\d{1,14}$/;
/** 4.47911E+11, as spreadsheets write a long number; with a comma in half of the world. */
const SCIENTIFIC = /^[+'’]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** 4915123456789.0, as programs write an amount: the last zero must not become a digit of the number. */
const AMOUNT = /^\+?\d+\.0+$/;
/** Digits of any script and the signs between them. Letters are excluded: they begin extensions and remarks. */
const PHONE_CHARACTERS = /^\(?\+?[\p{Nd}\s().\-/·‐-―−]*$/u;
const GUARD_APOSTROPHE = /^['’]/;
const INVISIBLE = /\p{Cf}/gu;
const MIN_NATIONAL_DIGITS = 6;
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/**
 * A national number is valid only with a default country, an ISO 3166 alpha-2 code.
 * Digits alone may also be an international number that lost its plus in a spreadsheet.
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

/** Whether a cell could be a phone number, valid or not. */
export function looksLikeMobile(cell: string): boolean {
  const bare = bareNumber(cell);
  return PHONE_CHARACTERS.test(bare) && parseIncompletePhoneNumber(bare).length >= MIN_NATIONAL_DIGITS;
}

const bareNumber = (cell: string): string =>
  tidyCell(cell).normalize('NFKC').replace(INVISIBLE, '').trim().replace(GUARD_APOSTROPHE, '');

/** A number that exists in its country's plan. The right length alone gives `undefined`. */
function recognise(digits: string, country?: CountryCode): MobileNumber | undefined {
  const parsed = parsePhoneNumberFromString(digits, { extract: false, ...(country && { defaultCountry: country }) });
  // Only a valid number has a type, so a check for validity would repeat the work.
  const type = parsed?.getType();
  if (!parsed || !type) return undefined;
  return { number: parsed.number, type: TYPES[type] ?? 'other' };
}

const TYPES: Partial<Record<string, MobileType>> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'fixed-line',
};
