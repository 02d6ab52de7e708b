import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Damages files and sees to it that each ends in a result or a structured error, as the tests do with 600 of them:
 * npm run mutations -- 10000 [number of the first]
 * A file that failed is repeated by its number: npm run mutations -- 1 4711
 */
const DEFAULT_COUNT = '10000';
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

const [count = DEFAULT_COUNT, first = `${Math.floor(Math.random() * 1e9)}`] = process.argv.slice(2);
if (![count, first].every((text) => /^[1-9]\d{0,8}$/.test(text))) {
  console.error('Usage: npm run mutations -- [how many files] [number of the first]');
  process.exit(2);
}
console.log(`${count} files, from number ${first} on`);
const { status } = spawnSync(process.execPath, [...JEST, 'test/e2e/mutations', '--testNamePattern', 'damaged files'], {
  cwd: join(__dirname, '..'),
  env: { ...process.env, MUTATIONS: count, MUTATION_SEED: first },
  stdio: 'inherit',
});
process.exit(status ?? 1);
