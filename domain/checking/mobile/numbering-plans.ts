import { Metadata } from 'libphonenumber-js/core';
import { getCountries } from 'libphonenumber-js/max';
import type { CountryCode, MetadataJson } from 'libphonenumber-js/max';
import allMetadata from 'libphonenumber-js/max/metadata';
import { recognise } from './reading';

/** What a country's numbering plan says of numbers that are called within it, and of calls abroad. */
export interface NumberingPlan {
  country: CountryCode;
  callingCode: string;
  /** A prefix for calls abroad, such as 00 or 0011. */
  internationalPrefix: RegExp | null;
  /** The one that is usual, if there are several. */
  usualPrefix: string | null;
  /** The trunk prefix, such as 0, at the start of a number; may capture what a rule puts in another form. */
  trunkPrefix: RegExp | null;
  trunkReplacement: string | null;
  /** Significant digits of any number. */
  all: RegExp;
  /** Significant digits of a mobile. Where mobiles look like landlines, of both. */
  mobile: RegExp | null;
}

/** Methods of the library that its types leave out; used by its own parser. */
interface PlanOfLibrary {
  callingCode(): string;
  IDDPrefix(): string | undefined;
  /** 0 if there is none; `~` stands where one waits for a tone. */
  defaultIDDPrefix(): string | 0 | undefined;
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  nationalNumberPattern(): string;
  type(type: string): { pattern(): string } | undefined;
}

const LONGEST_INTERNATIONAL_PREFIX = 7;
/** The first of the prefixes by carrier in Hong Kong, Indonesia, Korea, Singapore and Thailand; none of them is the usual one. */
const CARRIER_PREFIX = '001';
const plans = new Map<CountryCode, NumberingPlan>();

export function planOf(country: CountryCode): NumberingPlan {
  const cached = plans.get(country);
  if (cached) return cached;
  const metadata = new Metadata(allMetadata as unknown as MetadataJson);
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan as unknown as PlanOfLibrary;
  const idd = plan.IDDPrefix();
  const trunk = plan.nationalPrefixForParsing();
  // Where the pattern of mobiles is empty or missing, mobiles share the pattern of landlines.
  const mobile = plan.type('MOBILE')?.pattern() || plan.type('FIXED_LINE')?.pattern() || plan.nationalNumberPattern();
  const result: NumberingPlan = {
    country,
    callingCode: plan.callingCode(),
    internationalPrefix: idd ? new RegExp(`^(?:${idd})$`) : null,
    usualPrefix: usualPrefixOf(plan),
    trunkPrefix: trunk ? new RegExp(`^(?:${trunk})`) : null,
    trunkReplacement: plan.nationalPrefixTransformRule() || null,
    all: new RegExp(`^(?:${plan.nationalNumberPattern()})$`),
    mobile: mobile ? new RegExp(`^(?:${mobile})$`) : null,
  };
  plans.set(country, result);
  return result;
}

function usualPrefixOf(plan: PlanOfLibrary): string | null {
  const prefix = plan.defaultIDDPrefix() || plan.IDDPrefix() || '';
  const digits = prefix.replace('~', '');
  // One digit, as in Samoa, is the beginning of too many numbers.
  return /^\d{2,}$/.test(digits) ? digits : null;
}

let plansOfAll: NumberingPlan[] | undefined;
export const allPlans = (): NumberingPlan[] => (plansOfAll ??= getCountries().map(planOf));

/** The significant digits that a national number can have: as typed, and without the trunk prefix. */
export function significantDigits({ trunkPrefix, trunkReplacement, all }: NumberingPlan, digits: string): string[] {
  const match = trunkPrefix?.exec(digits);
  const isRewritten = match && trunkReplacement !== null && match.length > 1 && match.at(-1) !== undefined;
  const rest = isRewritten ? digits.replace(trunkPrefix!, trunkReplacement) : digits.slice(match?.[0].length ?? 0);
  // Where 0 is no trunk prefix any more, as in Gabon, people still write it, and the library in its usual form.
  const forms = new Set([rest, digits.replace(/^0/, '')]);
  // Few countries have significant digits that begin with 0.
  if (!digits.startsWith('0') || all.test(digits)) forms.add(digits);
  forms.delete('');
  return [...forms];
}

/** The lengths of the prefixes for calls abroad with which digits can begin, as called within the country. */
export function internationalPrefixes({ internationalPrefix }: NumberingPlan, digits: string): number[] {
  const lengths = Array.from({ length: LONGEST_INTERNATIONAL_PREFIX }, (_, index) => index + 1);
  return lengths.filter((length) => internationalPrefix?.test(digits.slice(0, length)));
}

let known: string[] | undefined;
/** The prefixes for calls abroad that are the only or the usual one of a country: 00, 011, 0011, 810 and a few more. */
export const usualInternationalPrefixes = (): string[] =>
  (known ??= [...new Set([...allPlans().flatMap(({ usualPrefix }) => usualPrefix ?? []), CARRIER_PREFIX])]);

let plansByCode: Map<string, NumberingPlan[]> | undefined;

/** Whether digits can be a number with its country code, by the patterns alone: far cheaper than to parse it. */
export function canExist(digits: string): boolean {
  if (!plansByCode) {
    plansByCode = new Map();
    for (const plan of allPlans()) {
      plansByCode.set(plan.callingCode, [...(plansByCode.get(plan.callingCode) ?? []), plan]);
    }
  }
  for (let length = 1; length <= 3; length++) {
    const plansOfCode = plansByCode.get(digits.slice(0, length));
    if (!plansOfCode) continue;
    const national = digits.slice(length);
    return plansOfCode.some((plan) =>
      significantDigits(plan, national).some((significant) => plan.all.test(significant)),
    );
  }
  // The codes that belong to no country, such as 881, are few.
  return digits.startsWith('8') || digits.startsWith('979');
}

/** The mobiles of the whole world that are called by these digits within their own country, as `+` and digits. */
export function nationalMobilesAnywhere(digits: string): string[] {
  const numbers = new Set<string>();
  for (const plan of allPlans()) {
    for (const significant of significantDigits(plan, digits)) {
      if (!plan.mobile?.test(significant)) continue;
      const mobile = recognise(`+${plan.callingCode}${significant}`);
      if (mobile?.type === 'mobile') numbers.add(mobile.parsed.number);
    }
  }
  return [...numbers];
}
