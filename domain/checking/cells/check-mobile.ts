import { isSupportedCountry, parseIncompletePhoneNumber } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { tidyCell } from '../../formula-guard';
import type { MobileType } from '../../person';
import { chooseReading } from '../mobile/choose-reading';
import type { MobileChoice } from '../mobile/choose-reading';
import { typeOfExact } from '../mobile/exact-number';
import { recognise } from '../mobile/reading';
import type { MobileReading } from '../mobile/reading';
import { accept, reject } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { wholeAmount } from './whole-amount';

export interface MobileNumber {
  /** E.164, as in +447911123456. */
  number: string;
  type: MobileType;
}

/** Most cells are written like this and need no repair. */
const EXACT = /^\+[1-9]\d{1,14}$/;
/** 4.47911E+11, as spreadsheets write a long number; with a comma in half of the world. */
const SCIENTIFIC = /^[+'’]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** Digits of any script and the signs between them. Letters are excluded: they begin extensions and remarks. */
const PHONE_CHARACTERS = /^\(?\+?[\p{Nd}\s().\-/·‐-―−]*$/u;
/** An extension behind a sign or a word: x5, ext. 5, #5, Durchwahl 5, poste 5, доб. 5. */
const EXTENSION = /(?<=\d)[\s)]*(?:[;,#*]|[\s;,]*\p{L}{1,12}[.:=]?)\s*\d{1,6}$/u;
const GUARD_APOSTROPHE = /^['’]/;
const INVISIBLE = /\p{Cf}/gu;
const MIN_NATIONAL_DIGITS = 6;
/** Far more signs than any number has. */
const MOST_CHARACTERS = 60;
const MOST_CHOICES = 5;
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/**
 * Accepts a cell that can mean one number only. A national number is valid only with a default country, an ISO 3166 alpha-2
 * code. Digits alone may also be an international number that lost its plus in a spreadsheet.
 */
export function checkMobile(cell: string, defaultCountry: string | null): CellVerdict<MobileNumber> {
  if (EXACT.test(cell)) {
    const type = typeOfExact(cell);
    if (type) return accept({ number: cell, type }, cell);
    const exact = recognise(cell);
    return exact
      ? accept({ number: exact.parsed.number, type: exact.type }, exact.parsed.number)
      : reject(cell, { code: 'mobile.invalid' });
  }
  const bare = bareNumber(cell);
  if (bare === '') return reject(cell, { code: 'mobile.missing' });
  if (SCIENTIFIC.test(bare)) return reject(cell, { code: 'mobile.scientific-notation' });
  if (bare.length > MOST_CHARACTERS) return reject(cell, { code: 'mobile.invalid' });
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  // The last zero of an amount must not become a digit of the number.
  const digits = wholeAmount(bare);
  if (digits !== undefined) return reject(cell, invalid(certainReading(digits, country)));
  if (!PHONE_CHARACTERS.test(bare)) return reject(cell, invalid(withoutExtension(bare, country)));

  const choice = chooseReading(bare, country);
  if (choice.kind === 'certain') {
    const { number, type } = choice.reading;
    return accept({ number, type }, number);
  }
  return reject(cell, choice.kind === 'ambiguous' ? ambiguous(choice) : unreadable(bare, country, choice));
}

/** Whether a cell could be a phone number, valid or not. */
export function looksLikeMobile(cell: string): boolean {
  const bare = bareNumber(cell);
  return PHONE_CHARACTERS.test(bare) && parseIncompletePhoneNumber(bare).length >= MIN_NATIONAL_DIGITS;
}

/** A cell without what surrounds a number: guards of spreadsheets, and signs that nobody sees. */
export const bareNumber = (cell: string): string =>
  tidyCell(cell).normalize('NFKC').replace(INVISIBLE, '').trim().replace(GUARD_APOSTROPHE, '');

type Problem = Parameters<typeof reject>[1];

const invalid = (likely?: MobileReading): Problem => ({
  code: 'mobile.invalid',
  ...(likely && { suggestion: likely.number }),
});

/** A number before an extension. It is only suggested, since the phone of a switchboard is often no mobile of one person. */
function withoutExtension(bare: string, country: CountryCode | undefined): MobileReading | undefined {
  const head = bare.replace(EXTENSION, '');
  return head === bare || !PHONE_CHARACTERS.test(head) ? undefined : certainReading(head, country);
}

function certainReading(bare: string, country: CountryCode | undefined): MobileReading | undefined {
  const choice = chooseReading(bare, country);
  return choice.kind === 'certain' ? choice.reading : undefined;
}

function ambiguous({ readings, likely }: Extract<MobileChoice, { kind: 'ambiguous' }>): Problem {
  const choices = readings.slice(0, MOST_CHOICES);
  const names = [...new Set(choices.flatMap(({ country }) => (country && countryNames.of(country)) ?? []))];
  if (readings.length > MOST_CHOICES) names.push('another country');
  const countries = [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ');
  return {
    code: 'mobile.ambiguous',
    ...(countries && { details: { countries } }),
    choices: choices.map(({ number }) => number),
    ...(likely && { suggestion: likely.number }),
  };
}

function unreadable(
  bare: string,
  country: CountryCode | undefined,
  { likely }: Extract<MobileChoice, { kind: 'none' }>,
): Problem {
  const digits = parseIncompletePhoneNumber(bare);
  // A + or 00 names the country, so the number itself is wrong.
  const isNational = !/^(?:\+|00)/.test(digits) && digits.length >= MIN_NATIONAL_DIGITS;
  if (likely || !isNational) return invalid(likely);
  if (!country) return { code: 'mobile.not-international' };
  return { code: 'mobile.invalid', details: { country: `${countryNames.of(country)} (${country})` } };
}
