import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { releaseChangelog, unreleasedIn } from './changelog';
import { nextVersion, PLACES } from './versions';

/**
 * `npm run release -- major|minor|patch|VERSION`: says what a release would do; does it with `--yes`. It needs a clean tree and a gate
 * that has passed for this very commit: it runs the gate, unless `--gate-passed COMMIT` says that CI has. Nothing is pushed.
 */
const USAGE =
  'Usage: npm run release -- major|minor|patch|VERSION [--yes] [--gate-passed COMMIT] [--into FOLDER]\n' +
  'Without --yes nothing is changed.';

/** What has to pass, the quickest first. */
const GATE = ['format:check', 'lint', 'typecheck', 'test', 'test:long', 'check:dependencies'];

const root = process.cwd();
const at = (file: string): string => join(root, file);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** npm would tell of a newer npm once its cache is empty, amid what a release says. */
const env = { ...process.env, npm_config_update_notifier: 'false' };

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}
const show = (command: string, ...args: string[]): void => {
  say(`  ${[command, ...args].join(' ')}`);
  execFileSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
};

interface Options {
  wanted: string;
  yes: boolean;
  gatePassed: string | undefined;
  into: string;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      yes: { type: 'boolean', default: false },
      'gate-passed': { type: 'string' },
      into: { type: 'string', default: 'releases' },
    },
  });
  const [wanted, ...more] = positionals;
  if (wanted === undefined || more.length > 0) throw new Error(USAGE);
  return { wanted, yes: values.yes, gatePassed: values['gate-passed'], into: resolve(root, values.into) };
}

function assertReleasable(version: string, gatePassed: string | undefined): void {
  const changed = run('git', 'status', '--porcelain');
  if (changed !== '') throw new Error(`The tree is not clean. Commit these or put them aside:\n${changed}`);
  if (run('git', 'tag', '--list', `v${version}`) !== '') throw new Error(`v${version} is released already.`);
  const head = run('git', 'rev-parse', 'HEAD');
  if (gatePassed !== undefined && gatePassed !== head)
    throw new Error(`The gate has passed for ${gatePassed}, and this is ${head}. Run it for this commit.`);
}

/** Writes the version to every place, and the section of the changelog. Returns the files. */
function writeVersion(version: string, day: string): string[] {
  run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts');
  for (const { file, pattern } of PLACES) {
    const text = readFileSync(at(file), 'utf8');
    if (!pattern.test(text)) throw new Error(`${file} has no version where one is expected (${pattern}).`);
    writeFileSync(at(file), text.replace(pattern, version));
  }
  writeFileSync(at('CHANGELOG.md'), releaseChangelog(readFileSync(at('CHANGELOG.md'), 'utf8'), version, day));
  return ['package.json', 'package-lock.json', 'CHANGELOG.md', ...new Set(PLACES.map(({ file }) => file))];
}

/** Builds and packs. Returns the archive. */
function pack(into: string): string {
  mkdirSync(into, { recursive: true });
  show('npm', 'run', '--silent', 'build');
  const [packed] = JSON.parse(run('npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', into)) as [
    { filename: string },
  ];
  return join(into, packed.filename);
}

function release({ wanted, yes, gatePassed, into }: Options): void {
  const { version: current } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string };
  const version = nextVersion(current, wanted);
  const day = new Date().toISOString().slice(0, 10);
  assertReleasable(version, gatePassed);
  const changes = unreleasedIn(readFileSync(at('CHANGELOG.md'), 'utf8'));
  say(`Release ${version} (now ${current}), ${day}, with ${changes.match(/^- /gm)!.length} entries of the changelog.`);
  if (!yes) {
    const gate = gatePassed === undefined ? `run the gate (${GATE.join(', ')})` : 'trust the gate of this commit';
    say(`It would ${gate}, write the version and the changelog, build, pack into ${into}, commit and tag v${version}.`);
    return say('Nothing was changed. To do it, add --yes.');
  }
  if (gatePassed === undefined) for (const name of GATE) show('npm', 'run', '--silent', name);
  let archive: string;
  let files: string[];
  try {
    files = writeVersion(version, day);
    archive = pack(into);
  } catch (error) {
    run('git', 'checkout', '--', '.');
    throw error;
  }
  run('git', 'add', '--', ...files);
  run('git', 'commit', '--quiet', '-m', `chore(release): ${version}`);
  run('git', 'tag', '--annotate', `v${version}`, '-m', `${version}\n\n${changes.replace(/^#+ /gm, '')}`);
  const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
  say(`Released ${version}: commit and tag v${version} are made, and not pushed.\n${archive}\nsha256 ${digest}`);
  say(`Next: npm run try-package -- 20 22 24, then git push --follow-tags.`);
}

try {
  release(readOptions());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
