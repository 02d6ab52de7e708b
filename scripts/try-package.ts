import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * `npm run try-package`: builds, packs and installs the package elsewhere, and runs its command from there, as a person would who
 * has only the archive. `npm run try-package -- 20 22 24` does so on each of these versions of Node, which it takes from the packages
 * that `npm install node` takes them from. Ends with 1 where anything is not as it should be.
 */
const ROOT = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'client-import-package-'));
const ANY_PORT = Object.fromEntries(
  ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'].map((name) => [name, '0']),
);

const npm = (args: readonly string[], cwd: string, env = process.env): string =>
  execFileSync('npm', [...args], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

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

/** A folder where the package is installed, and the environment in which `node` is the one that is tried. */
interface Place {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** With the Node of a version, such as `22` or `20.19.0`; with the one that runs this without. */
function installAt(archive: string, version?: string): Place {
  const cwd = join(folder, version ?? 'here');
  mkdirSync(cwd);
  const env = { ...process.env };
  if (version !== undefined) {
    const prefix = join(folder, `node-${version}`);
    const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
    npm(['install', '--silent', '--prefix', prefix, `node-${platform}@${version}`], folder);
    const bin = join(prefix, 'node_modules', `node-${platform}`, 'bin');
    env.PATH = `${bin}${delimiter}${env.PATH}`;
  }
  npm(['install', '--silent', '--ignore-scripts', '--prefer-offline', '--prefix', cwd, archive], cwd, env);
  return { cwd, env };
}

function tryOut({ cwd, env }: Place, { args, code, text }: Trial): boolean {
  const { status, stdout, stderr } = spawnSync(join('node_modules', '.bin', 'client-import'), args, {
    cwd,
    encoding: 'utf8',
    env: { ...env, ...ANY_PORT, XDG_CONFIG_HOME: cwd, npm_lifecycle_event: '' },
  });
  const isGood = status === code && text.test(stdout);
  process.stdout.write(`${isGood ? 'ok    ' : 'FAILED'}  client-import ${args.join(' ')}\n`);
  if (!isGood) process.stdout.write(`Ended with ${status}, expected ${code} and ${text}:\n${stdout}${stderr}\n`);
  return isGood;
}

function tryAll(archive: string, version?: string): boolean {
  const place = installAt(archive, version);
  const { stdout } = spawnSync('node', ['--version'], { ...place, encoding: 'utf8' });
  process.stdout.write(`Node ${stdout.trim()}\n`);
  return TRIALS.map((trial) => tryOut(place, trial)).every(Boolean);
}

try {
  npm(['run', 'build'], ROOT);
  npm(['pack', '--silent', '--pack-destination', folder], ROOT);
  const archive = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
  );
  const versions = process.argv.slice(2);
  const results = versions.length > 0 ? versions.map((version) => tryAll(archive, version)) : [tryAll(archive)];
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
