import { isIPv4, isIPv6 } from 'node:net';

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const KEPT_GROUPS = 3;

/**
 * The network of an address: IPv4 without its last 8 bits, IPv6 without its last 80, which are the usual sizes of anonymised
 * addresses. It tells an office from another country, and names no machine. A keyed hash would hide as much from the reader who
 * needs to see where from, and a plain one can be reversed by trying all addresses.
 */
export function networkOf(address: string | undefined): string | null {
  const plain = IPV4_IN_IPV6.exec(address ?? '')?.[1] ?? address?.split('%')[0] ?? '';
  if (isIPv4(plain)) return `${plain.split('.').slice(0, -1).join('.')}.0/24`;
  if (!isIPv6(plain)) return null;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length - (after.at(-1)?.includes('.') ? 1 : 0);
  const groups = [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after];
  return `${groups
    .slice(0, KEPT_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/48`;
}
