import { rmSync, utimesSync } from 'node:fs';
import { createTempFolder } from './temp-folder';

interface EnsureDependencies {
  rejectNode: (version: string) => string | undefined;
  reasonToInstall: (root: string) => string | undefined;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a script that also exports its functions
const { rejectNode, reasonToInstall } = require('../../local/ensure-dependencies.cjs') as EnsureDependencies;

const tempFolder = createTempFolder();

test.each(['20.18.3', '18.20.8', '9.99.0', '20.0.0'])('Node %s is rejected', (version) => {
  expect(rejectNode(version)).toBe(`client-import needs Node 20.19 or newer; this is Node ${version}.`);
});

test.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('Node %s is accepted', (version) => {
  expect(rejectNode(version)).toBeUndefined();
});

test('Dependencies are installed if node_modules is missing or older than the lock, but not if it is as new', () => {
  const lock = tempFolder.write('package-lock.json', '{}');
  expect(reasonToInstall(tempFolder.path)).toBe('node_modules is missing or incomplete');
  const installed = tempFolder.write('node_modules/.package-lock.json', '{}');
  utimesSync(lock, 2000, 2000);
  utimesSync(installed, 1000, 1000);
  expect(reasonToInstall(tempFolder.path)).toBe('package-lock.json is newer than node_modules');
  utimesSync(installed, 2000, 2000);
  expect(reasonToInstall(tempFolder.path)).toBeUndefined();
});

test('An installation that ended before npm wrote its own lock file is repeated', () => {
  tempFolder.write('node_modules/left-pad/index.js', '');
  rmSync(tempFolder.at('node_modules/.package-lock.json'), { force: true });
  expect(reasonToInstall(tempFolder.path)).toBe('node_modules is missing or incomplete');
});
