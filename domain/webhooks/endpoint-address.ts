import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/**
 * Whether a webhook may be sent to this address: one of the public internet, or, for a local try-out, this machine. `ipaddr.js`
 * names the special ranges of IANA's registries; of IPv6 only 2000::/3 is in use for hosts, and `::7f00:1`, the loopback in its
 * oldest form, is `unicast` to the library.
 */
export function isAllowedAddress(address: string, allowsLoopback: boolean): boolean {
  if (isIP(address) === 0) return false;
  // An IPv4 address within an IPv6 one counts as itself.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'loopback') return allowsLoopback;
  if (range !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(HOSTS_OF_IPV6);
}

const HOSTS_OF_IPV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

export type EndpointUrlProblem = 'url-invalid' | 'https-required' | 'credentials' | 'address-refused';

/** Why this cannot be the URL of an endpoint. What its name resolves to is checked at each request, since it may change. */
export function endpointUrlProblem(text: string, allowsLoopback: boolean): EndpointUrlProblem | null {
  if (!URL.canParse(text)) return 'url-invalid';
  const url = new URL(text);
  const host = hostOf(url);
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  const isLoopback = isLocal || (isIP(host) > 0 && !isAllowedAddress(host, false) && isAllowedAddress(host, true));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback && allowsLoopback)) return 'https-required';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (isLocal && !allowsLoopback) return 'address-refused';
  return isIP(host) > 0 && !isAllowedAddress(host, allowsLoopback) ? 'address-refused' : null;
}

/** Without the brackets of an IPv6 address and the dot of a complete name. The parser has written addresses in their usual form. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
