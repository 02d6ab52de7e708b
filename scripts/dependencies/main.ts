import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf, readLocked, unpinned } from './locked';
import { formatAudit, formatOutdated } from './registry';
import type { Audit, Outdated } from './registry';

/**
 * `npm run check:dependencies`: checks the packages by the rules of the house, asks the registry which are outdated or have a known
 * weakness, and says of each what to do. Ends with 1 where a rule is broken or a shipped package has a weakness; that something is
 * outdated is no fault.
 */
const ROOT = join(__dirname, '..', '..');

/** npm ends with 1 where it has found something, so its code is not looked at. */
function askNpm<T>(...args: string[]): T | null {
  const { stdout } = spawnSync('npm', [...args, '--json'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  try {
    return JSON.parse(stdout || '{}') as T;
  } catch {
    return null;
  }
}

const direct = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const packages = readLocked(ROOT);
const faults = [...faultsOf(packages), ...unpinned({ ...direct.dependencies, ...direct.devDependencies })];
const outdated = formatOutdated(askNpm<Outdated>('outdated'));
const audit = formatAudit(askNpm<Audit>('audit', '--omit', 'dev'));

const say = (heading: string, lines: readonly string[]): void =>
  void process.stdout.write(`${heading}\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
say(`Rules: ${packages.length} packages, ${faults.length} faults`, faults);
say('Outdated', outdated);
say('Known weaknesses of what is shipped', audit.lines);
process.exitCode = faults.length > 0 || audit.isBad ? 1 : 0;
