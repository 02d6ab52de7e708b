import { networkOf } from '../../../domain/audit-log/network';

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::/48'],
  ['2001:0db8:0000::1', '2001:db8:0::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['::1', '0:0:0::/48'],
])('The network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([undefined, '', 'unix', '1.2.3'])('%s has no network', (address) => {
  expect(networkOf(address)).toBeNull();
});
