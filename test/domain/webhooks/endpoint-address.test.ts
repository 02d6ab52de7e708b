import { endpointUrlProblem, isAllowedAddress } from '../../../domain/webhooks/endpoint-address';

/** https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, and the metadata of clouds. */
const INNER = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1'],
  ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1'],
  ...['64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '4000::1', '5f00::1'],
  ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
];

test.each(INNER)('%s is no address of the public internet', (address) => {
  expect(isAllowedAddress(address, false)).toBe(false);
});

test.each(['8.8.8.8', '172.32.0.1', '192.0.1.1', '::ffff:8.8.8.8', '2606:4700::1111', '2a00:1450:4001::200e'])(
  '%s is one',
  (address) => {
    expect(isAllowedAddress(address, false)).toBe(true);
  },
);

test('Where this machine is allowed, then nothing else is that was not', () => {
  const allowed = INNER.filter((address) => isAllowedAddress(address, true));
  expect(allowed).toEqual(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1']);
});

test('A name is no address', () => {
  expect(isAllowedAddress('example.com', true)).toBe(false);
});

test.each([
  ['https://example.com/hooks?a=b', null],
  ['https://example.com:8443/', null],
  ['https://8.8.8.8/', null],
  ['example.com', 'url-invalid'],
  ['', 'url-invalid'],
  ['http://example.com/', 'https-required'],
  ['ftp://example.com/', 'https-required'],
  ['javascript:alert(1)', 'https-required'],
  ['https://user:secret@example.com/', 'credentials'],
  ['https://127.0.0.1/', 'address-refused'],
  ['https://2130706433/', 'address-refused'],
  ['https://0x7f.1/', 'address-refused'],
  ['https://[::ffff:7f00:1]/', 'address-refused'],
  ['https://[fd00:ec2::254]/', 'address-refused'],
  ['https://169.254.169.254/latest/meta-data', 'address-refused'],
  ['https://localhost/', 'address-refused'],
  ['https://LOCALHOST./', 'address-refused'],
  ['https://api.localhost/', 'address-refused'],
  ['http://127.0.0.1:3000/', 'https-required'],
])('As the URL of an endpoint, %s is: %s', (url, problem) => {
  expect(endpointUrlProblem(url, false)).toBe(problem);
});

test.each([
  ['http://127.0.0.1:9000/hooks', null],
  ['http://localhost:9000/hooks', null],
  ['http://[::1]:9000/', null],
  ['https://localhost/', null],
  ['http://example.com/', 'https-required'],
  ['http://10.0.0.1/', 'https-required'],
  ['https://10.0.0.1/', 'address-refused'],
  ['https://169.254.169.254/', 'address-refused'],
])('Where this machine is allowed, %s is: %s', (url, problem) => {
  expect(endpointUrlProblem(url, true)).toBe(problem);
});
