import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AT_LEAST, LICENCE_READ, LICENCES, WITH_SCRIPT } from './rules';

/** A package of the lock file. */
export interface Locked {
  name: string;
  version?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
  resolved?: string;
  integrity?: string;
}

/** All packages that are installed, at any depth. */
export function readLocked(root: string): Locked[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Omit<Locked, 'name'>>;
  };
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({ name: path.split('node_modules/').at(-1)!, ...locked }));
}

/** Whether one version is as new as another. */
export const isAtLeast = (version: string, least: string): boolean =>
  version.localeCompare(least, 'en', { numeric: true }) >= 0;

/** What is wrong with packages, each in a sentence. */
export const faultsOf = (packages: readonly Locked[]): string[] =>
  packages.flatMap(({ name, version = '', license = 'none', dev, hasInstallScript, resolved, integrity }) => [
    ...(name in AT_LEAST && !isAtLeast(version, AT_LEAST[name]!)
      ? [`${name} ${version} has a published weakness; it needs ${AT_LEAST[name]}.`]
      : []),
    ...(!dev && !LICENCES.test(license) && !(name in LICENCE_READ)
      ? [`${name} is shipped under the licence "${license}", which nobody has read.`]
      : []),
    ...(hasInstallScript && !WITH_SCRIPT.includes(name) ? [`${name} runs a script when it is installed.`] : []),
    ...(integrity ? [] : [`${name} is not held by the hash of its content.`]),
    ...(resolved ? [`${name} is held by the place it came from.`] : []),
  ]);

/** Direct dependencies whose version is a range. */
export const unpinned = (ranges: Readonly<Record<string, string>>): string[] =>
  Object.entries(ranges)
    .filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
    .map(([name, range]) => `${name} is not pinned: ${range}.`);
