import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SUITES = join(ROOT, 'test', 'web');

test('npm run screenshots runs each suite that takes pictures, and none that only waits', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const pattern = new RegExp(/"([^"]+)"$/.exec(scripts['screenshots']!)![1]!);
  const suites = readdirSync(SUITES).filter((name) => name.endsWith('.test.ts'));
  const taking = suites.filter((name) => readFileSync(join(SUITES, name), 'utf8').includes('faultsOf('));
  expect(taking.length).toBeGreaterThan(0);
  expect(suites.filter((name) => pattern.test(`test/web/${name}`))).toEqual(taking);
});
