import { editDistance } from '../../nearest/edit-distance';

/** A longer text has more wrong with it than one slip. */
const LONGEST_CORRECTED = 400;
/** A name and the address behind it, as mail programs copy them. */
const IN_ANGLE_BRACKETS = /<([^<>]*)>[^<>]*$/;
const BEFORE = /^(?:mailto:|[\s"'`<>([,;:*=#/|~^{}!$%&]+)+/i;
const AFTER = /[\s"'`<>)\],;:.*]+$/;
const SPACES_AT_JOINTS = /\s*([@.])\s*/g;
const INVISIBLE = /\p{Cf}/gu;

/**
 * The address that an invalid one probably means: without signs that were copied along with it, and with the usual slips
 * around the @ and the dots corrected. Never more than a suggestion.
 */
export function suggestAddress(text: string, isAddress: (text: string) => boolean): string | undefined {
  if (text.length > LONGEST_CORRECTED) return undefined;
  const bare = (IN_ANGLE_BRACKETS.exec(text)?.[1] ?? text).normalize('NFKC').replace(INVISIBLE, '');
  const corrected = bare
    .replace(BEFORE, '')
    .replace(AFTER, '')
    .replace(SPACES_AT_JOINTS, '$1')
    .replace(/\.{2,}/g, '.');
  const at = corrected.lastIndexOf('@') + 1;
  if (at === 0) return undefined;
  const domain = completeMailDomain(corrected.slice(at).replace(/\s*,\s*/g, '.'));
  const address = corrected.slice(0, at) + domain;
  return address !== text && isAddress(address) ? address : undefined;
}

/** The mail providers of private people; only such big names that a near miss is hardly ever a domain of its own. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  gmail: ['com'],
  googlemail: ['com'],
  hotmail: ['com', 'co.uk', 'fr', 'de', 'es', 'it'],
  outlook: ['com', 'de', 'fr', 'es'],
  yahoo: ['com', 'co.uk', 'co.in', 'com.br', 'com.au', 'fr', 'de', 'es', 'it', 'ca', 'in'],
  icloud: ['com'],
  protonmail: ['com'],
};
const NAMES = Object.keys(PROVIDERS);
/** Too short for a comparison, but their ending can be mistyped. */
const SHORT_NAMES = ['aol', 'live', 'msn', 'ymail'];
/** Domains in their own right that are only a slip away from one of the above. */
const OTHER_PROVIDERS = new Set(['gmx.com', 'mail.com', 'email.com', 'ymail.com', 'gail.com', 'hushmail.com']);

/** Mistyped `com`. Some of these are countries in which these providers have no domain. */
const COM_SLIPS = new Set('con cmo ocm vom xom cim cpm cm om co comm coom ccom c0m comn coml'.split(' '));
const NAME_OF_TWO_SLIPS = 6;

/** The domain of a big mail provider that is a slip or two away from the typed one and so probably meant. */
export function suggestMailDomain(typed: string): string | undefined {
  const domain = typed.toLowerCase();
  const dot = domain.indexOf('.');
  const [name, ending] = [domain.slice(0, dot), domain.slice(dot + 1)];
  const isSlip = COM_SLIPS.has(ending);
  if (NAMES.includes(name) || SHORT_NAMES.includes(name)) return isSlip ? `${name}.com` : undefined;
  if (OTHER_PROVIDERS.has(domain)) return undefined;

  const meant = isSlip ? 'com' : ending;
  const provider = NAMES.find((candidate) => PROVIDERS[candidate]!.includes(meant) && isNear(name, candidate));
  return provider === undefined ? undefined : `${provider}.${meant}`;
}

/** Completes `gmail` and `gmailcom`. Any other domain stays as it is. */
function completeMailDomain(domain: string): string {
  const name = domain.toLowerCase().replace(/com$/, '');
  return NAMES.includes(name) ? `${name}.com` : domain;
}

/** Slips happen in the middle of a word; a different beginning is mostly a different name. */
function isNear(name: string, provider: string): boolean {
  const slips = provider.length < NAME_OF_TWO_SLIPS ? 1 : 2;
  if (Math.abs(name.length - provider.length) > slips) return false;
  const beginsAlike = name[0] === provider[0] || (name[0] === provider[1] && name[1] === provider[0]);
  return beginsAlike && editDistance(name, provider) <= slips;
}
