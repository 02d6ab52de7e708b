import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run try-package`: builds, packs and installs the package elsewhere, and runs its command from there, as a person would who
 * has only the archive. Ends with 1 where anything is not as it should be.
 */
const ROOT = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'client-import-package-'));
const ANY_PORT = Object.fromEntries(
  ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'].map((name) => [name, '0']),
);

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

interface Trial {
  args: readonly string[];
  /** The exit code. */
  code: number;
  /** Stands in what is written. */
  text: RegExp;
}

const EXAMPLES = join('node_modules', 'client-import', 'examples');
const TRIALS: readonly Trial[] = [
  { args: ['--version'], code: 0, text: /^\d+\.\d+\.\d+\n$/ },
  { args: ['check', join(EXAMPLES, 'clients.csv')], code: 2, text: /clients\.csv: 40 lines/ },
  { args: ['completion', 'bash'], code: 0, text: /_client_import/ },
  { args: ['doctor'], code: 0, text: /Temporal +(ok|not yet)/ },
  // Servers, API, worker and sandbox, all from the archive.
  { args: ['up', '--exit', join(EXAMPLES, 'clean-500.csv')], code: 0, text: /500 lines, 500 clients created/ },
];

function tryOut({ args, code, text }: Trial): boolean {
  const { status, stdout, stderr } = spawnSync(join('node_modules', '.bin', 'client-import'), args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...ANY_PORT, XDG_CONFIG_HOME: folder, npm_lifecycle_event: '' },
  });
  const isGood = status === code && text.test(stdout);
  process.stdout.write(`${isGood ? 'ok    ' : 'FAILED'}  client-import ${args.join(' ')}\n`);
  if (!isGood) process.stdout.write(`Ended with ${status}, expected ${code} and ${text}:\n${stdout}${stderr}\n`);
  return isGood;
}

try {
  npm(['run', 'build'], ROOT);
  npm(['pack', '--silent', '--pack-destination', folder], ROOT);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  npm(
    ['install', '--silent', '--ignore-scripts', '--prefer-offline', '--prefix', folder, join(folder, archive)],
    folder,
  );
  process.exitCode = TRIALS.map(tryOut).every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
