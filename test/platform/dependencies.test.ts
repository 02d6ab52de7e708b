import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf, isAtLeast, readLocked, unpinned } from '../../scripts/dependencies/locked';
import type { Locked } from '../../scripts/dependencies/locked';
import { AT_LEAST, HELD } from '../../scripts/dependencies/rules';

const ROOT = join(__dirname, '..', '..');
const packages = readLocked(ROOT);
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const good: Locked = { name: 'some', version: '1.0.0', license: 'MIT', integrity: 'sha512-x' };

test('Every package is new enough, licensed, without an unknown script, and held by the hash of its content alone', () => {
  expect(packages.length).toBeGreaterThan(300);
  expect(faultsOf(packages)).toEqual([]);
});

test('Every package with a least version is there', () => {
  const names = new Set(packages.map(({ name }) => name));
  expect(Object.keys(AT_LEAST).filter((name) => !names.has(name))).toEqual([]);
});

test('Every direct dependency is pinned, and those that are held are among them', () => {
  expect(unpinned({ ...dependencies, ...devDependencies })).toEqual([]);
  expect(unpinned({ some: '^1.2.3', other: '1.2.3', third: 'latest' })).toEqual([
    'some is not pinned: ^1.2.3.',
    'third is not pinned: latest.',
  ]);
  expect(Object.keys(HELD).filter((name) => !(name in dependencies) && !(name in devDependencies))).toEqual([]);
});

test.each<[Partial<Locked>, RegExp]>([
  [{ name: 'multer', version: '2.1.9' }, /^multer 2\.1\.9 has a published weakness; it needs 2\.2\.0\.$/],
  [{ license: 'GPL-3.0' }, /licence "GPL-3\.0"/],
  [{ hasInstallScript: true }, /runs a script/],
  [{ integrity: '' }, /hash of its content/],
  [{ resolved: 'https://example.com' }, /the place it came from/],
])('A package that is %j is found', (change, fault) => {
  expect(faultsOf([{ ...good, ...change }])).toEqual([expect.stringMatching(fault)]);
});

test('A licence that is not shipped is nobody’s concern', () => {
  expect(faultsOf([good, { ...good, license: 'GPL-3.0', dev: true }])).toEqual([]);
});

test('Versions are compared by their numbers', () => {
  expect(isAtLeast('2.10.0', '2.9.9')).toBe(true);
  expect(isAtLeast('2.1.9', '2.2.0')).toBe(false);
});
