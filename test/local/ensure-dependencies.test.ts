import { rmSync, utimesSync } from 'node:fs';
import { createSandpit } from './sandpit';

interface EnsureDependencies {
  refuseNode: (version: string) => string | undefined;
  reasonToInstall: (root: string) => string | undefined;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is a script that also exports its decisions
const { refuseNode, reasonToInstall } = require('../../local/ensure-dependencies.cjs') as EnsureDependencies;

const sandpit = createSandpit();

test.each(['20.18.3', '18.20.8', '9.99.0', '20.0.0'])('When Node is %s, then it is refused', (version) => {
  expect(refuseNode(version)).toBe(`client-import needs Node 20.19 or newer; this is Node ${version}.`);
});

test.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('When Node is %s, then it will do', (version) => {
  expect(refuseNode(version)).toBeUndefined();
});

test('When node_modules is missing, older than the lock, or as new, then they are installed in the first two cases', () => {
  const lock = sandpit.write('package-lock.json', '{}');
  expect(reasonToInstall(sandpit.path)).toBe('node_modules is missing or incomplete');
  const installed = sandpit.write('node_modules/.package-lock.json', '{}');
  utimesSync(lock, 2000, 2000);
  utimesSync(installed, 1000, 1000);
  expect(reasonToInstall(sandpit.path)).toBe('package-lock.json is newer than node_modules');
  utimesSync(installed, 2000, 2000);
  expect(reasonToInstall(sandpit.path)).toBeUndefined();
});

test('When an installation was broken off before npm wrote its own lock file, then it is done again', () => {
  sandpit.write('node_modules/left-pad/index.js', '');
  rmSync(sandpit.at('node_modules/.package-lock.json'), { force: true });
  expect(reasonToInstall(sandpit.path)).toBe('node_modules is missing or incomplete');
});
