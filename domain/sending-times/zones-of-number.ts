import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { ZONES_OF_AREA_CODES } from './area-codes';

/** A calling code has three digits at most. */
const LONGEST_CALLING_CODE = 3;
const AREA_CODE = /^\+1(\d{3})/;
/** Calling codes of several countries that keep one time, such as Great Britain and its islands: nobody has to tell them apart. */
const ONE_TIME = new Set(['44', '39', '47', '212', '358', '590', '599']);
/** As many digits as tell one country of a calling code from the others. */
const COUNTRY_DIGITS = /^\+(?:7\d|614|61\d{5}|1\d{3}|\d{9})/;
/** Regions that have a calling code and no zone of their own in the zone data. */
const ZONES_OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  XK: ['Europe/Belgrade'],
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
};

/** All time zones of a country (ISO 3166 alpha-2), by the zone data of this Node.js; none for an unknown one. */
export function zonesOfCountry(country: string): readonly string[] {
  let zones = zonesByCountry.get(country);
  if (!zones) zonesByCountry.set(country, (zones = ZONES_OF_OTHERS[country] ?? zonesInData(country)));
  return zones;
}
const zonesByCountry = new Map<string, readonly string[]>();

function zonesInData(country: string): readonly string[] {
  // A getter up to Node.js 22, a method since; TypeScript 6.0 knows neither.
  const locale = new Intl.Locale(`und-${country}`) as {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/**
 * The time zones in which the holder of a number (E.164) may be, by its country; in the United States and Canada by its area code.
 * Empty if the number tells no country. A rule of thumb: mobiles travel, and people keep their number when they move.
 */
export function zonesOfNumber(number: string): readonly string[] {
  const [, areaCode = ''] = AREA_CODE.exec(number) ?? [];
  const ofArea = ZONES_OF_AREA_CODES.get(areaCode);
  if (ofArea) return ofArea;
  const callingCode = callingCodeOf(number);
  if (callingCode === undefined) return [];
  const countries = COUNTRIES.get(callingCode)!;
  const zones = zonesOfCallingCode(callingCode);
  if (countries.length === 1 || ONE_TIME.has(callingCode)) return zones;
  const country = countryOf(number);
  // Numbers of no one country belong to all of them.
  return country ? zonesOfCountry(country) : zones;
}

/** Reading a number takes longer than all the rest. */
function countryOf(number: string): CountryCode | undefined {
  const [digits = number] = COUNTRY_DIGITS.exec(number) ?? [];
  if (!countriesByDigits.has(digits)) {
    if (countriesByDigits.size >= MOST_KEPT) countriesByDigits.clear();
    countriesByDigits.set(digits, parsePhoneNumberFromString(number)?.country);
  }
  return countriesByDigits.get(digits);
}
const countriesByDigits = new Map<string, CountryCode | undefined>();
const MOST_KEPT = 10_000;

const COUNTRIES: ReadonlyMap<string, readonly CountryCode[]> = getCountries().reduce((countries, country) => {
  const callingCode = getCountryCallingCode(country);
  return countries.set(callingCode, [...(countries.get(callingCode) ?? []), country]);
}, new Map<string, CountryCode[]>());

function callingCodeOf(number: string): string | undefined {
  for (let length = 1; length <= LONGEST_CALLING_CODE; length++) {
    const callingCode = number.slice(1, 1 + length);
    if (COUNTRIES.has(callingCode)) return callingCode;
  }
  return undefined;
}

function zonesOfCallingCode(callingCode: string): readonly string[] {
  let zones = zonesByCallingCode.get(callingCode);
  if (!zones) {
    zones = [...new Set(COUNTRIES.get(callingCode)!.flatMap(zonesOfCountry))];
    zonesByCallingCode.set(callingCode, zones);
  }
  return zones;
}
const zonesByCallingCode = new Map<string, readonly string[]>();
