/** The hosts of one provider, and the setting that names one of them, or another host that answers in the provider's place. */
interface ProviderHosts {
  variable: string;
  domain: string;
  /** The hosts that take messages. */
  allowed: RegExp;
  examples: string;
}

/**
 * SendGrid's are those of the SDK's `setDataResidency`. Twilio's regions need their edge in the name as well: those without,
 * such as api.ie1.twilio.com, stopped working on 28 April 2026, see
 * https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region.
 */
const HOSTS = {
  twilio: {
    variable: 'TWILIO_BASE_URL',
    domain: 'twilio.com',
    allowed: /^api(\.[a-z]+(-[a-z]+)*\.[a-z]{2}\d)?\.twilio\.com$/,
    examples: 'https://api.twilio.com, or https://api.dublin.ie1.twilio.com with the region’s own auth token',
  },
  sendgrid: {
    variable: 'SENDGRID_BASE_URL',
    domain: 'sendgrid.com',
    allowed: /^api(\.eu)?\.sendgrid\.com$/,
    examples: 'https://api.sendgrid.com, or https://api.eu.sendgrid.com with the key of a subuser in the EU',
  },
} as const satisfies Record<string, ProviderHosts>;
const DOMAINS = Object.values(HOSTS).map(({ domain }) => domain);

/** What is wrong with the base URL of a provider, in one line; `undefined` for a good one. */
export function baseUrlProblem(provider: keyof typeof HOSTS, baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined) return undefined;
  const { variable, domain, allowed, examples } = HOSTS[provider];
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(baseUrl);
  const wrong = (text: string): string => `${variable}: ${text}`;
  if (!['http:', 'https:'].includes(protocol)) return wrong('must start with https:// or http://');
  if (search || hash || username || password) return wrong('must be an address without a key, a query or a fragment');
  const owner = DOMAINS.find((one) => hostname === one || hostname.endsWith(`.${one}`));
  if (owner === undefined) return undefined;
  const isRoot = protocol === 'https:' && port === '' && pathname === '/';
  return owner === domain && allowed.test(hostname) && isRoot ? undefined : wrong(`must be ${examples}`);
}

/**
 * Whether a sandbox may answer at this base URL, so that its ledger can be asked. It speaks plain HTTP, which no provider
 * does.
 */
export const mayBeSandbox = (baseUrl: string): boolean => new URL(baseUrl).protocol === 'http:';
