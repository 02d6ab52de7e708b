import type { CountryCode } from 'libphonenumber-js/max';
import { eachNumber, elsewhere, isGroupedAsUsual, listReadings } from './list-readings';
import { planOf } from './numbering-plans';
import type { MobileReading } from './reading';
import { takeApart } from './typed-number';

/** What a text of digits and separators means. */
export type MobileChoice =
  | { kind: 'certain'; reading: MobileReading }
  /** At least two readings; `likely` is the one that the default country makes likelier than all others, if any. */
  | { kind: 'ambiguous'; readings: MobileReading[]; likely?: MobileReading }
  /** `likely` is a number that the text contains beside something else. */
  | { kind: 'none'; likely?: MobileReading };

/**
 * Chooses the only number that a text can mean. A wrong one would reach a stranger, so a doubt is never decided by what is
 * more frequent; only by what is typed.
 */
export function chooseReading(text: string, defaultCountry: CountryCode | undefined): MobileChoice {
  const readings = listReadings(text, defaultCountry);
  const mobiles = readings.filter(({ type }) => type === 'mobile');
  const [only] = mobiles;
  if (!only) return chooseOther(text, readings);
  const rivals = [...mobiles, ...rivalsOf(text, mobiles, readings, defaultCountry)];
  const best = bestGrouped(eachNumber(rivals), text);
  if (best.length > 1) return ambiguous(best, defaultCountry);
  const [reading] = best as [MobileReading];
  if (reading.withoutExtension) return { kind: 'none', likely: reading };
  return reading.origin === 'national-elsewhere' ? { kind: 'none' } : { kind: 'certain', reading };
}

/** Readings that cast a doubt on the mobiles, beside themselves. */
function rivalsOf(
  text: string,
  mobiles: readonly MobileReading[],
  readings: readonly MobileReading[],
  defaultCountry: CountryCode | undefined,
): MobileReading[] {
  const isClear = ({ origin }: MobileReading): boolean =>
    origin === 'plus' || origin === 'national' || isCalledAbroad(text, origin);
  if (mobiles.some(isClear)) return [];
  const ownCode = defaultCountry && planOf(defaultCountry).callingCode;
  // The own country code before a mobile is likelier than a landline without its 0 that happens to begin with these digits.
  const isOwn = mobiles.every(({ callingCode }) => callingCode === ownCode);
  const landlines = readings.filter(({ origin, type }) => origin === 'national' && type !== 'mobile');
  return [...(isOwn ? [] : landlines), ...elsewhere(text)];
}

/** Digits that begin with 00 are a national number nowhere. */
const isCalledAbroad = (text: string, origin: MobileReading['origin']): boolean =>
  origin === 'international-prefix' && text.replace(/\D/g, '').startsWith('00');

/** A text that is no mobile: a landline, a number of a service, or nothing. */
function chooseOther(text: string, readings: readonly MobileReading[]): MobileChoice {
  const [reading] = readings;
  if (!reading) return { kind: 'none' };
  const { origin, type } = reading;
  if (readings.length > 1) return ambiguous([...readings], undefined);
  if (origin === 'plus' || isCalledAbroad(text, origin)) return { kind: 'certain', reading };
  // As for mobiles, the usual form of the default country is taken at its word.
  if (type === 'fixed-line' && origin === 'national' && isGroupedAsUsual(reading, takeApart(text)))
    return { kind: 'certain', reading };
  const rivals = bestGrouped(eachNumber([reading, ...elsewhere(text)]), text);
  if (rivals.length > 1 || rivals[0] !== reading) return ambiguous(eachNumber([reading, ...rivals]), undefined);
  return type === 'other' && origin !== 'national' ? { kind: 'none' } : { kind: 'certain', reading };
}

function ambiguous(readings: MobileReading[], defaultCountry: CountryCode | undefined): MobileChoice {
  const ownCode = defaultCountry && planOf(defaultCountry).callingCode;
  const [likely, ...others] = readings.filter(
    ({ type, callingCode, origin }) => type === 'mobile' && callingCode === ownCode && origin !== 'national-elsewhere',
  );
  return { kind: 'ambiguous', readings, ...(likely && others.length === 0 && { likely }) };
}

/** The readings whose usual grouping is typed, if any. */
function bestGrouped(readings: MobileReading[], text: string): MobileReading[] {
  if (readings.length < 2) return readings;
  const typed = takeApart(text);
  const grouped = readings.filter((reading) => isGroupedAsUsual(reading, typed));
  return grouped.length > 0 ? grouped : readings;
}
