import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
  resolved?: string;
  integrity?: string;
}

const lock = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ name: path.split('node_modules/').at(-1)!, ...locked }));
const shipped = packages.filter(({ dev }) => !dev);

/**
 * The first version without a published weakness that concerns us. The package source of CI answers no audit, so this table is
 * the gate; whoever reads of a new weakness enters it here.
 */
const AT_LEAST: Readonly<Record<string, string>> = {
  multer: '2.2.0', // CVE-2025-47935, -47944, -48997, -7338, CVE-2026-2359, -3304, -3520, -5079: crashes and endless work by crafted forms
  'body-parser': '2.2.1', // CVE-2025-13466: endless work by crafted URL-encoded bodies
  qs: '6.14.1', // CVE-2025-15284: arrays without the limit
  'path-to-regexp': '8.0.0', // CVE-2024-45296: backtracking
  send: '0.19.0', // CVE-2024-43799: injection by redirects
  'serve-static': '1.16.0', // CVE-2024-43800
  cookie: '0.7.0', // CVE-2024-47764: fields out of their bounds
  undici: '7.5.0', // CVE-2025-47279: memory of refused certificates
  axios: '1.12.0', // CVE-2025-58754: no limit of data URLs
  'follow-redirects': '1.15.6', // CVE-2024-28849: credentials sent on
  'form-data': '4.0.4', // CVE-2025-7783: guessable boundaries
  jsonwebtoken: '9.0.0', // CVE-2022-23529 and others
  jws: '4.0.1', // CVE-2025-65945: signatures that are not checked
  protobufjs: '7.2.5', // CVE-2023-36665: prototype pollution
  validator: '13.15.22', // CVE-2025-56200, -12758: addresses that pass as others
  '@grpc/grpc-js': '1.8.22', // CVE-2024-37168: memory beyond the limit of messages
};

const LICENCES =
  /^\(?(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|Unlicense|BlueOak-1\.0\.0|CC0-1\.0)( (OR|AND) .*)?\)?$/;
/** Their package files name none, or in a form of old; and data about browsers under a licence for data, which a bundler reads. */
const LICENCE_READ: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  streamsearch: 'MIT',
  unionfs: 'Unlicense',
  'caniuse-lite': 'CC-BY-4.0',
};

/** They bring a binary for the machine, and work without their scripts, which npm does not run unless allowed. */
const WITH_SCRIPT = ['@parcel/watcher', '@scarf/scarf', '@swc/core', 'esbuild', 'protobufjs', 'unrs-resolver'];

/** Whether one version is as new as another. */
const isAtLeast = (version: string, least: string): boolean =>
  version.localeCompare(least, 'en', { numeric: true }) >= 0;

test('No package is older than the first version without a known weakness', () => {
  const known = packages.filter(({ name }) => name in AT_LEAST);
  expect(new Set(known.map(({ name }) => name))).toEqual(new Set(Object.keys(AT_LEAST)));
  const old = known.filter(({ name, version }) => !isAtLeast(version!, AT_LEAST[name]!));
  expect(old.map(({ name, version }) => `${name} ${version}, needs ${AT_LEAST[name]}`)).toEqual([]);
});

test('Versions are compared by their numbers', () => {
  expect(isAtLeast('2.10.0', '2.9.9')).toBe(true);
  expect(isAtLeast('2.1.9', '2.2.0')).toBe(false);
});

test('What is shipped has licences that allow it', () => {
  const others = shipped.filter(({ name, license }) => !LICENCES.test(license ?? '') && !(name in LICENCE_READ));
  expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

test('No package has a script at its installation but those that are known', () => {
  const others = packages.filter(({ name, hasInstallScript }) => hasInstallScript && !WITH_SCRIPT.includes(name));
  expect(others.map(({ name }) => name)).toEqual([]);
});

test('Each package is held by the hash of its content, and none by the place it came from', () => {
  expect(packages.filter(({ integrity }) => !integrity).map(({ name }) => name)).toEqual([]);
  expect(packages.filter(({ resolved }) => resolved).map(({ name }) => name)).toEqual([]);
});
