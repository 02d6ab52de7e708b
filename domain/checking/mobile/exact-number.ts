import { Metadata } from 'libphonenumber-js/core';
import type { CountryCode, MetadataJson } from 'libphonenumber-js/max';
import allMetadata from 'libphonenumber-js/max/metadata';
import type { MobileType } from '../../person';
import { mobileTypeOf } from './reading';

/** Methods of the library that its types leave out. */
interface LibraryMetadata {
  selectNumberingPlan(country: string): void;
  getCountryCodesForCallingCode(callingCode: string): CountryCode[] | undefined;
  numberingPlan: {
    leadingDigits(): string | undefined;
    nationalPrefixForParsing(): string | undefined;
    nationalNumberPattern(): string;
    type(type: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
  };
}

/** In the order in which the library looks at them, after the landlines. */
const OTHER_TYPES = 'MOBILE PREMIUM_RATE TOLL_FREE SHARED_COST VOIP PERSONAL_NUMBER PAGER UAN VOICEMAIL'.split(' ');
const LONGEST_CALLING_CODE = 3;

interface CountryPlan {
  /** Where it is set, it alone decides that a number is of this country. */
  leadingDigits: RegExp | undefined;
  typeOf: (national: string) => string | undefined;
}

interface CodePlan {
  /** A number that begins like this is read otherwise than it stands. */
  trunkPrefix: RegExp | undefined;
  countries: CountryPlan[];
}

const plans = new Map<string, CodePlan | null>();

/**
 * The type of a number in E.164 that means nothing but itself: what the library finds, by patterns that are compiled once. The library
 * compiles them for each number, in 20 to 40 µs. `undefined` where only the library can tell.
 */
export function typeOfExact(number: string): MobileType | undefined {
  for (let length = 1; length <= LONGEST_CALLING_CODE; length++) {
    const plan = planOfCode(number.slice(1, 1 + length));
    if (!plan) continue;
    const national = number.slice(1 + length);
    if (plan.trunkPrefix?.test(national)) return undefined;
    for (const { leadingDigits, typeOf } of plan.countries) {
      if (leadingDigits && !leadingDigits.test(national)) continue;
      const type = typeOf(national);
      if (type !== undefined) return mobileTypeOf(number, type);
      if (leadingDigits) return undefined;
    }
    return undefined;
  }
  return undefined;
}

function planOfCode(callingCode: string): CodePlan | null {
  const known = plans.get(callingCode);
  if (known !== undefined) return known;
  const metadata = new Metadata(allMetadata as unknown as MetadataJson) as unknown as LibraryMetadata;
  const countries = metadata.getCountryCodesForCallingCode(callingCode);
  let plan: CodePlan | null = null;
  if (countries) {
    metadata.selectNumberingPlan(callingCode);
    const trunk = metadata.numberingPlan.nationalPrefixForParsing();
    const trunkPrefix = trunk ? new RegExp(`^(?:${trunk})`) : undefined;
    plan = { trunkPrefix, countries: countries.map((country) => planOfCountry(metadata, country)) };
  }
  plans.set(callingCode, plan);
  return plan;
}

function planOfCountry(metadata: LibraryMetadata, country: CountryCode): CountryPlan {
  metadata.selectNumberingPlan(country);
  const { numberingPlan } = metadata;
  const leading = numberingPlan.leadingDigits();
  const isAny = entirely(numberingPlan.nationalNumberPattern());
  const matches = (type: string): ((national: string) => boolean) => {
    const pattern = numberingPlan.type(type)?.pattern();
    if (!pattern) return () => false;
    const isOfType = entirely(pattern);
    const lengths = numberingPlan.type(type)?.possibleLengths();
    return (national) => (!lengths || lengths.includes(national.length)) && isOfType(national);
  };
  const isFixedLine = matches('FIXED_LINE');
  const isMobile = matches('MOBILE');
  // Where mobiles have no pattern of their own, they look like landlines.
  const looksAlike = !numberingPlan.type('MOBILE')?.pattern();
  const others = OTHER_TYPES.map((type) => [type, matches(type)] as const);
  return {
    leadingDigits: leading ? new RegExp(`^(?:${leading})`) : undefined,
    typeOf(national) {
      if (!isAny(national)) return undefined;
      if (isFixedLine(national)) return looksAlike || isMobile(national) ? 'FIXED_LINE_OR_MOBILE' : 'FIXED_LINE';
      return others.find(([, isOfType]) => isOfType(national))?.[0];
    },
  };
}

function entirely(pattern: string): (text: string) => boolean {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (text) => whole.test(text);
}
