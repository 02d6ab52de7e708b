import { spawnSync } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { releaseChangelog, unreleasedIn } from '../../../scripts/release/changelog';
import { nextVersion, PLACES } from '../../../scripts/release/versions';

const ROOT = join(__dirname, '..', '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;
const FILES = ['CHANGELOG.md', 'package.json', 'package-lock.json', ...new Set(PLACES.map(({ file }) => file))];

describe('npm run release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-import-release-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let cwd: string;
  let count = 0;
  const git = (...args: string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
  const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
  const commit = (): void => void (git('add', '-A'), git('commit', '--quiet', '-m', 'x'));

  /** The files that a release changes, in a repository of their own; its build writes one file. */
  beforeEach(() => {
    cwd = join(folder, `${(count += 1)}`);
    for (const file of FILES) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), readFileSync(join(ROOT, file)));
    }
    const document = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const build = `node -e "fs.mkdirSync('dist/cli',{recursive:true});fs.writeFileSync('dist/cli/main.js','')"`;
    document.scripts = { build, lint: 'exit 3', 'format:check': 'exit 0' };
    writeFileSync(join(cwd, 'package.json'), `${JSON.stringify(document, null, 2)}\n`);
    writeFileSync(join(cwd, '.gitignore'), 'dist/\nreleases/\n');
    git('init', '--quiet', '--initial-branch', 'main');
    git('config', 'user.email', 'test@example.com');
    git('config', 'user.name', 'Test');
    commit();
  });

  function release(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const command = ['--import', TSX, join(ROOT, 'scripts', 'release', 'main.ts'), ...args];
    return spawnSync(process.execPath, command, { cwd, encoding: 'utf8' });
  }
  const head = (): string => git('rev-parse', 'HEAD');

  test('changes nothing unless it is meant, and says what it would do', () => {
    const before = head();
    const { status, stdout } = release('minor');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('Nothing was changed.') as string,
    });
    expect(stdout).toMatch(/^Release \d+\.\d+\.0 \(now .*\), \d{4}-\d\d-\d\d, with \d+ entries/);
    expect([head(), git('status', '--porcelain'), git('tag')]).toEqual([before, '', '']);
  });

  test('writes the version everywhere, the changelog, a commit, a tag and an archive', () => {
    const { status, stdout, stderr } = release('1.2.3', '--yes', '--gate-passed', head());
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(git('log', '-1', '--format=%s')).toBe('chore(release): 1.2.3');
    expect(git('tag', '--points-at', 'HEAD')).toBe('v1.2.3');
    expect(git('status', '--porcelain')).toBe('');
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: '1.2.3' });
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({
      version: '1.2.3',
      packages: { '': { version: '1.2.3' } },
    });
    for (const { file, pattern } of PLACES) expect(pattern.exec(read(file))![0]).toBe('1.2.3');
    expect(read('CHANGELOG.md')).toMatch(/## Unreleased\n\n## 1\.2\.3 – \d{4}-\d\d-\d\d\n\n### Added/);
    const archive = join(cwd, 'releases', 'client-import-1.2.3.tgz');
    expect(stdout).toContain(archive);
    expect(execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })).toContain('package/dist/cli/main.js');
    // The next one has nothing to release.
    expect(release('patch')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nothing to release') as string,
    });
  });

  test('a tree that is not clean, a tag that is there, and a gate of another commit keep it from releasing', () => {
    const parent = head();
    writeFileSync(join(cwd, 'new.txt'), '');
    expect(release('minor').stderr).toContain('The tree is not clean');
    commit();
    expect(release('minor', '--yes', '--gate-passed', parent).stderr).toContain('Run it for this commit');
    git('tag', 'v9.9.9');
    expect(release('9.9.9').stderr).toBe('v9.9.9 is released already.\n');
    expect(git('tag')).toBe('v9.9.9');
  });

  test('a gate or a build that fails leaves all as it was', () => {
    const before = head();
    expect(release('minor', '--yes')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('npm run --silent lint') as string,
    });
    writeFileSync(join(cwd, 'package.json'), read('package.json').replace(/"build": "[^\n]*",/, '"build": "exit 4",'));
    commit();
    expect(head()).not.toBe(before);
    expect(release('minor', '--yes', '--gate-passed', head())).toMatchObject({ status: 1 });
    expect([git('status', '--porcelain'), git('tag')]).toEqual(['', '']);
  });
});

test('The version is the same wherever it stands', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const found = PLACES.map(({ file, pattern }) => [file, pattern.exec(readFileSync(join(ROOT, file), 'utf8'))?.[0]]);
  expect(found).toEqual(PLACES.map(({ file }) => [file, version]));
});

test.each([
  ['0.1.0', 'minor', '0.2.0'],
  ['1.2.3', 'major', '2.0.0'],
  ['1.2.3', 'patch', '1.2.4'],
  ['0.1.0', '0.1.0', '0.1.0'],
  ['0.9.9', '0.10.0', '0.10.0'],
])('After %s, %s is %s', (current, wanted, next) => {
  expect(nextVersion(current, wanted)).toBe(next);
});

test.each(['0.9.9', 'v2', '1.2', '01.0.0', 'big'])('%s is no version after 1.0.0', (wanted) => {
  expect(() => nextVersion('1.0.0', wanted)).toThrow(/older than|neither/);
});

test('The section of a release ends where the one before begins', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- New\n\n## 0.1.0 – 2026-01-01\n\n- Old\n';
  expect(unreleasedIn(changelog)).toBe('- New');
  expect(releaseChangelog(changelog, '0.2.0', '2026-02-02')).toBe(
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 – 2026-02-02\n\n- New\n\n## 0.1.0 – 2026-01-01\n\n- Old\n',
  );
  expect(() => unreleasedIn('# Changelog\n\n## 1.0.0\n\n- Old\n')).toThrow('has no section');
  expect(() => unreleasedIn('## Unreleased\n\n## 1.0.0\n\n- Old\n')).toThrow('nothing to release');
});
