import { editDistance } from '../../nearest/edit-distance';

/** Where private people have their mail. Only names so big that a near miss is hardly ever a domain of its own. */
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
/** Too short to be compared with, but with an ending that can be mistyped. */
const SHORT_NAMES = ['aol', 'live', 'msn', 'ymail'];
/** Domains of their own that are only a slip away from one of the above. */
const OTHER_PROVIDERS = new Set(['gmx.com', 'mail.com', 'email.com', 'ymail.com', 'gail.com', 'hushmail.com']);

/** What becomes of `com` under fast fingers. Some of these are countries, but not those of these providers. */
const COM_SLIPS = new Set('con cmo ocm vom xom cim cpm cm om co comm coom ccom c0m comn coml'.split(' '));
const NAME_OF_TWO_SLIPS = 6;

/** The domain of a big mail provider that is probably meant by another one, a slip or two away from it. */
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

/** `gmail` and `gmailcom` made whole. Any other domain comes back as it is. */
export function completeMailDomain(domain: string): string {
  const name = domain.toLowerCase().replace(/com$/, '');
  return NAMES.includes(name) ? `${name}.com` : domain;
}

/** Fingers slip in the middle of a word; a different beginning is mostly a different name. */
function isNear(name: string, provider: string): boolean {
  const slips = provider.length < NAME_OF_TWO_SLIPS ? 1 : 2;
  if (Math.abs(name.length - provider.length) > slips) return false;
  const beginsAlike = name[0] === provider[0] || (name[0] === provider[1] && name[1] === provider[0]);
  return beginsAlike && editDistance(name, provider) <= slips;
}
