import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '..', '..');
const DEPLOY = join(PROJECT, 'deploy');

// The scripts load the compiled product from dist/, so neither the compiler nor a move of files notices a wrong path.
test('Each script in deploy/ loads modules that the build makes', () => {
  const modules = readdirSync(DEPLOY)
    .filter((name) => name.endsWith('.cjs'))
    .flatMap((name) => [...readFileSync(join(DEPLOY, name), 'utf8').matchAll(/require\('\.\.\/dist\/([^']+)'\)/g)])
    .map(([, module]) => module!);
  expect(modules).not.toEqual([]);
  expect(modules.filter((module) => !existsSync(join(PROJECT, `${module}.ts`)))).toEqual([]);
});
