import fc from 'fast-check';
import { Metadata } from 'libphonenumber-js/core';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, MetadataJson } from 'libphonenumber-js/max';
import allMetadata from 'libphonenumber-js/max/metadata';
import { chooseReading } from '../../../../domain/checking/mobile/choose-reading';
import { allPlans } from '../../../../domain/checking/mobile/numbering-plans';

/** A way in which people write a mobile number. */
export interface WayOfWriting {
  name: string;
  /** Whether its country is typed, or is the default one: at least 95 % of these must be accepted. */
  wellTyped: boolean;
  defaultCountry: 'none' | 'own' | 'another';
  /** The cells that mean the number. `prefix` is the one for calls abroad from the default country. */
  write: (mobile: Mobile, prefix: string) => string[];
}

export interface Mobile {
  country: CountryCode;
  /** E.164. */
  number: string;
  callingCode: string;
  /** The significant digits. */
  national: string;
  /** In the usual form of its country, with the trunk prefix. */
  formatted: string;
  /** In groups after + and the country code. */
  international: string;
}

/** Random valid mobiles of each country, from the patterns of its numbering plan; the same for the same seed. */
export function randomMobiles(perCountry: number, seed: number): Map<CountryCode, Mobile[]> {
  const mobiles = new Map<CountryCode, Mobile[]>();
  for (const { country, callingCode, mobile } of allPlans()) {
    if (!mobile) continue;
    const samples = fc.sample(fc.stringMatching(mobile), { seed, numRuns: perCountry });
    mobiles.set(
      country,
      samples.flatMap((digits) => mobileOf(country, `+${callingCode}${digits}`) ?? []),
    );
  }
  return mobiles;
}

export function mobileOf(country: CountryCode, text: string): Mobile | undefined {
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  const type = parsed?.getType();
  if (!parsed || (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE')) return undefined;
  return {
    country,
    number: parsed.number,
    callingCode: parsed.countryCallingCode,
    national: parsed.nationalNumber,
    formatted: parsed.formatNational(),
    international: parsed.formatInternational(),
  };
}

/** The usual prefix for calls abroad, such as 00 or 0011; 00 too where there are several or it is a single digit. */
export function prefixOf(country: CountryCode | undefined): string {
  if (!country) return '00';
  const metadata = new Metadata(allMetadata as unknown as MetadataJson);
  metadata.selectNumberingPlan(country);
  const idd = metadata.numberingPlan?.IDDPrefix() ?? '';
  const prefix = (metadata.numberingPlan?.defaultIDDPrefix() || idd).replace('~', '');
  return /^\d\d+$/.test(prefix) ? prefix : '00';
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');
const withoutPlus = ({ international }: Mobile): string => international.slice(1);
const abroad = ({ number }: Mobile, prefix: string): string => prefix + number.slice(1);

const INTERNATIONAL = (mobile: Mobile): string[] => [
  mobile.number,
  mobile.international,
  mobile.international.replaceAll(' ', '-'),
  `(+${mobile.callingCode}) ${mobile.national}`,
  `+${mobile.callingCode} ${mobile.national}`,
];
const WITH_00 = (mobile: Mobile): string[] => [
  abroad(mobile, '00'),
  `00${withoutPlus(mobile)}`,
  `00 ${withoutPlus(mobile)}`,
];
const WITH_OWN_PREFIX = (mobile: Mobile, prefix: string): string[] => [
  abroad(mobile, prefix),
  `${prefix} ${withoutPlus(mobile)}`,
];
const NATIONAL = (mobile: Mobile): string[] => [mobile.formatted, digitsOf(mobile.formatted), mobile.national];
const LOST_PLUS = (mobile: Mobile): string[] => [mobile.number.slice(1), withoutPlus(mobile)];

export const WAYS: readonly WayOfWriting[] = [
  ...(['none', 'own', 'another'] as const).flatMap((defaultCountry) => [
    { name: 'with +', wellTyped: true, defaultCountry, write: INTERNATIONAL },
    { name: 'with 00', wellTyped: true, defaultCountry, write: WITH_00 },
    { name: 'lost +', wellTyped: false, defaultCountry, write: LOST_PLUS },
  ]),
  { name: 'own prefix', wellTyped: true, defaultCountry: 'another', write: WITH_OWN_PREFIX },
  { name: 'national', wellTyped: true, defaultCountry: 'own', write: NATIONAL },
  { name: 'national', wellTyped: false, defaultCountry: 'none', write: NATIONAL },
  { name: 'national', wellTyped: false, defaultCountry: 'another', write: NATIONAL },
];

export type Verdict = 'accepted' | 'asked' | 'refused' | 'wrong' | 'looks like a national one';

/** How a cell is read that means the number. */
export function judge(cell: string, mobile: Mobile, defaultCountry: CountryCode | undefined): Verdict {
  const choice = chooseReading(cell, defaultCountry);
  if (choice.kind === 'ambiguous') return 'asked';
  if (choice.kind === 'none') return 'refused';
  const { number, origin } = choice.reading;
  if (number === mobile.number) return 'accepted';
  // Nothing in the cell tells a number of another country from one of the default country with the same digits.
  return origin === 'national' && defaultCountry !== mobile.country ? 'looks like a national one' : 'wrong';
}
