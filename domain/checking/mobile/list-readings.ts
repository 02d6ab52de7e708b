import type { CountryCode } from 'libphonenumber-js/max';
import {
  canExist,
  internationalPrefixes,
  nationalMobilesAnywhere,
  planOf,
  significantDigits,
  usualInternationalPrefixes,
} from './numbering-plans';
import { recognise } from './reading';
import type { MobileReading, ReadingOrigin } from './reading';
import { takeApart } from './typed-number';
import type { TypedNumber } from './typed-number';

/** The prefix for calls abroad of most countries; also typed where the own one is another. */
const COMMON_PREFIX = '00';
/** No mobile has fewer: those of Ascension. */
const FEWEST_DIGITS = 5;
const FEWEST_WITH_CODE = 8;
/** Written 8 10, since one waits for a tone after the 8. */
const TONE_PREFIX = '810';

/**
 * All numbers that a text of digits and separators can mean, each once, in the order in which they are likely; without
 * those that the separators contradict. Numbers of other countries are listed by `elsewhere`.
 */
export function listReadings(text: string, defaultCountry: CountryCode | undefined): MobileReading[] {
  const typed = takeApart(text);
  const whole = readingsOf(typed, defaultCountry);
  const fewest = typed.hasPlus ? FEWEST_WITH_CODE : FEWEST_DIGITS;
  const cut = typed.heads.flatMap(({ text: head, digits, endsAtSpace }) => {
    if (digits < fewest) return [];
    const before = takeApart(head);
    return readingsOf(before, defaultCountry)
      .filter((reading) => reading.type === 'mobile' && (!endsAtSpace || isGroupedAsUsual(reading, before)))
      .map((reading) => ({ ...reading, withoutExtension: true }));
  });
  return eachNumber([...whole, ...cut]);
}

/** The mobiles of all countries that are called by these digits within their own country. */
export function elsewhere(text: string): MobileReading[] {
  const typed = takeApart(text);
  if (typed.hasPlus) return [];
  return nationalMobilesAnywhere(typed.digits).flatMap((number) => read('national-elsewhere', number) ?? []);
}

function readingsOf(typed: TypedNumber, defaultCountry: CountryCode | undefined): MobileReading[] {
  const { hasPlus, digits } = typed;
  if (hasPlus) return withCountryCode('plus', typed, 0);
  const prefixes = defaultCountry ? new Set(internationalPrefixes(planOf(defaultCountry), digits)) : new Set<number>();
  for (const prefix of defaultCountry ? [COMMON_PREFIX] : usualInternationalPrefixes()) {
    if (digits.startsWith(prefix)) prefixes.add(prefix.length);
  }
  return [
    ...(defaultCountry ? nationalReadings(typed, defaultCountry) : []),
    ...[...prefixes].flatMap((length) => withCountryCode('international-prefix', typed, length)),
    // No country code begins with 0.
    ...(digits.startsWith('0') ? [] : withCountryCode('plus-restored', typed, 0)),
  ];
}

/** Readings of the digits after a prefix as country code and number. */
function withCountryCode(origin: ReadingOrigin, typed: TypedNumber, prefixLength: number): MobileReading[] {
  const { digits, bracketedZeroAt: zeroAt } = typed;
  const rests = [digits.slice(prefixLength)];
  if (zeroAt !== null && zeroAt > prefixLength)
    rests.unshift(digits.slice(prefixLength, zeroAt) + digits.slice(zeroAt + 1));
  return rests.flatMap((rest) => {
    const reading = read(origin, `+${rest}`);
    return reading && !isContradicted(reading, typed, prefixLength) ? reading : [];
  });
}

function nationalReadings(typed: TypedNumber, country: CountryCode): MobileReading[] {
  const plan = planOf(country);
  return significantDigits(plan, typed.digits).flatMap(
    (significant) => read('national', `+${plan.callingCode}${significant}`) ?? [],
  );
}

/** Whether the separators stand where neither the prefix nor the country code ends. */
function isContradicted({ origin, callingCode }: MobileReading, typed: TypedNumber, prefixLength: number): boolean {
  const { breaks, bracketed, digits } = typed;
  if (origin === 'plus') return false;
  const end = prefixLength + callingCode.length;
  const isWritten = (position: number): boolean => {
    if (position === prefixLength) return false;
    return !(position === 1 && digits.slice(0, prefixLength) === TONE_PREFIX);
  };
  if ([...breaks].some((position) => position < end && isWritten(position))) return true;
  if (origin === 'international-prefix') return false;
  // A plus is restored only where all that was typed agrees with it.
  return (breaks.size > 0 && !breaks.has(end)) || (bracketed > 0 && bracketed !== end);
}

function read(origin: ReadingOrigin, text: string): MobileReading | undefined {
  const recognised = canExist(text.slice(1)) ? recognise(text) : undefined;
  if (!recognised) return undefined;
  const { parsed, type } = recognised;
  return {
    origin,
    number: parsed.number,
    type,
    country: parsed.country ?? null,
    callingCode: parsed.countryCallingCode,
    withoutExtension: false,
    parsed,
  };
}

/**
 * Whether a cell has separators exactly where the number usually has them. Digits before its usual form, such as a trunk
 * prefix or a country code, may stand apart or not.
 */
export function isGroupedAsUsual({ parsed, withoutExtension }: MobileReading, { runs, digits }: TypedNumber): boolean {
  if (runs.length < 2 || withoutExtension) return false;
  const national = lengthsOf(parsed.formatNational());
  if (same(runs, national)) return true;
  const [, ...usual] = lengthsOf(parsed.formatInternational());
  let ahead = digits.length - usual.reduce((sum, length) => sum + length, 0);
  const rest = runs.flatMap((length) => {
    const taken = Math.max(0, Math.min(ahead, length));
    ahead -= taken;
    return length > taken ? length - taken : [];
  });
  return same(rest, usual);
}

const lengthsOf = (formatted: string): number[] => (formatted.match(/\d+/g) ?? []).map(({ length }) => length);
const same = (some: readonly number[], others: readonly number[]): boolean =>
  some.length === others.length && some.every((length, index) => length === others[index]);

/** Each number once, by its first reading. */
export const eachNumber = (readings: readonly MobileReading[]): MobileReading[] =>
  readings.filter(({ number }, index) => readings.findIndex((other) => other.number === number) === index);
