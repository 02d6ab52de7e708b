import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileSettingOf } from '../../platform/settings/secret-files';
import { SECRET_NAMES } from '../../platform/settings/notes';
import { SECTIONS } from '../../platform/settings/schema';
import { AROUND } from '../../scripts/settings-around';
import { readPage } from './markdown';
import type { Code, Page } from './markdown';
import { faultsOfCommandLines, isFlag, npmScriptsIn, unknownRoutes } from './references';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
const PATHS = [
  'README.md',
  'test/README.md',
  ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];
const pages = new Map(PATHS.map((path) => [path, readPage(read(path))]));

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Record<string, Record<string, unknown>> };

const SETTINGS = new Set([
  ...SECTIONS.flatMap(({ settings }) => Object.keys(settings)),
  ...SECRET_NAMES.map(fileSettingOf),
  ...AROUND.flatMap(({ settings }) => settings.map(([name]) => name)),
]);
/** Variables that are no settings of the product, and words that only look like one. */
const OTHERS: Readonly<Record<string, string>> = {
  NO_COLOR: 'of every program on a terminal',
  FORCE_COLOR: 'of every program off a terminal',
  XDG_CONFIG_HOME: 'of every program that keeps profiles',
  NAME_FILE: 'stands for any name',
  CHROMIUM_PATH: 'of the tests',
  CHAOS_SEED: 'of the tests',
  FAIR_FILES: 'of the bench',
  LARGE_ROWS: 'of the bench',
  TEST_LOG_LEVEL: 'of the tests',
  SANDBOX_HOSTS: 'of the sandbox, where it runs as a program of its own',
  SANDBOX_PRODUCT_URL: 'of the sandbox, where it runs as a program of its own',
  NODE_ENV: 'of Node',
  CERT_HAS_EXPIRED: 'an error of Node',
  API_METRICS: 'an address, in the run book',
  WORKER_METRICS: 'an address, in the run book',
  KEY_ID: 'stands for the id of a key, in the run book',
  OTEL_TRACES_SAMPLER: 'of the SDK of OpenTelemetry',
  AUTO_UPGRADE: 'a behaviour of workflows, as Temporal names it',
  TRANSIENT_CODES: 'a constant of the code',
  SYSTEM_ADMINISTRATOR: 'begins a name, in a loop of a shell',
  USER_ADMINISTRATOR: 'begins a name, in a loop of a shell',
};

/** What is wrong, each as page, line and words. */
const faultsIn = (faultsOf: (page: Page, path: string) => { line: number; fault: string }[]): string[] =>
  [...pages].flatMap(([path, page]) => faultsOf(page, path).map(({ line, fault }) => `${path}:${line} ${fault}`));

const inCode = (faultsOf: (text: string, code: Code) => string[]) => (page: Page) =>
  page.code.flatMap((code) => faultsOf(code.text, code).map((fault) => ({ line: code.line, fault })));

/** What is wrong with a link of a page. Pages of others are not asked for. */
function faultOfLink(target: string, path: string): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return undefined;
  const [file = '', anchor] = decodeURI(target).split('#');
  const to = file === '' ? path : relative(ROOT, resolve(ROOT, dirname(path), file));
  if (!existsSync(join(ROOT, to))) return `there is no ${to}`;
  if (anchor === undefined) return undefined;
  if (statSync(join(ROOT, to)).isDirectory() || !to.endsWith('.md')) return `${to} has no anchors`;
  const { anchors } = pages.get(to) ?? readPage(read(to));
  return anchors.has(anchor) ? undefined : `${to} has no #${anchor}`;
}

const foldersIn = (path: string): Set<string> =>
  new Set(
    readdirSync(path, { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => name),
  );

const environmentNames = (text: string): string[] => text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [];

test('each link leads to a file and an anchor that exist', () => {
  const links = (page: Page, path: string) =>
    page.links.flatMap(({ line, target }) => {
      const fault = faultOfLink(target, path);
      return fault === undefined ? [] : [{ line, fault }];
    });
  expect(faultsIn(links)).toEqual([]);
});

test('no page has a mark that a merge has left', () => {
  const marks = PATHS.concat('CHANGELOG.md').filter((path) => /^(?:<{7}|>{7}|={7}$|(?:> ){6})/m.test(read(path)));
  expect(marks).toEqual([]);
});

test('each script that is run by npm is in package.json', () => {
  const unknown = (text: string) => npmScriptsIn(text).filter((name) => !(name in scripts));
  expect(faultsIn(inCode(unknown))).toEqual([]);
});

test('each call of the command line has a command, flags and choices that exist', () => {
  // What a program has written begins with its name, too; and one page shows what a mistyped command is told.
  const isOutput = (block: string | undefined, fault: string): boolean =>
    block === '' && fault.startsWith('no command');
  const faults = inCode((text, { block }) => faultsOfCommandLines(text).filter((fault) => !isOutput(block, fault)));
  expect(faultsIn(faults)).toEqual([expect.stringMatching(/^docs\/cli\.md:\d+ no command stauts$/)]);
});

test('each flag in docs/cli.md belongs to a command', () => {
  const ofNpm = ['-s'];
  const flags = pages
    .get('docs/cli.md')!
    .code.filter(({ block }) => block === undefined)
    .flatMap(({ text }) => /^--?[a-z][\w-]*/.exec(text) ?? []);
  expect(flags.length).toBeGreaterThan(60);
  expect(flags.filter((flag) => !isFlag(flag) && !ofNpm.includes(flag))).toEqual([]);
});

test('each path of the repository exists', () => {
  const TOP = foldersIn(ROOT);
  const missing = (text: string, path: string): boolean => {
    if (!/^[\w.-]+(?:\/[\w.-]+)+\/?$/.test(text) || text.startsWith('dist/')) return false;
    const [folder = ''] = text.split('/');
    const bases = [ROOT, join(ROOT, dirname(path))].filter((base) => TOP.has(folder) || foldersIn(base).has(folder));
    return bases.length > 0 && !bases.some((base) => existsSync(join(base, text)));
  };
  // Records of decisions tell of the code of their day.
  const faults = faultsIn((page, path) => {
    if (path.startsWith('docs/decisions/')) return [];
    return inCode((text) => (missing(text, path) ? [`there is no ${text}`] : []))(page);
  });
  expect(faults).toEqual([]);
});

test('each environment variable is a setting', () => {
  const unknown = (text: string) => environmentNames(text).filter((name) => !SETTINGS.has(name) && !(name in OTHERS));
  expect(faultsIn(inCode(unknown))).toEqual([]);
  const named = new Set([...pages.values()].flatMap(({ code }) => code.flatMap(({ text }) => environmentNames(text))));
  expect(Object.keys(OTHERS).filter((name) => !named.has(name))).toEqual([]);
});

test('each route is in the document of the API', () => {
  expect(faultsIn(inCode((text) => unknownRoutes(text, paths)))).toEqual([]);
});

test('each route that the command line calls stands in docs/cli.md', () => {
  const files = ['cli/http/api-client.ts', 'cli/http/lists.ts'].map(read).join('\n');
  const called = [...files.matchAll(/api\.(GET|POST|PATCH|DELETE)\(\s*['`](\/v1\/[^'`]+)['`]/g)];
  expect(called.length).toBeGreaterThan(25);
  const page = read('docs/cli.md');
  const isNamed = (method: string, path: string): boolean => {
    const parts = path.split(/\$\{\w+\}/).map((part) => part.replace(/[{}.]/g, '\\$&'));
    return new RegExp(`\`${method} ${parts.join('[\\w-]+')}\``).test(page);
  };
  expect(called.filter(([, method, path]) => !isNamed(method!, path!)).map(([call]) => call)).toEqual([]);
});

test('each block for a shell can be parsed by bash', () => {
  const blocks = [...pages].flatMap(([path, page]) => page.scripts.map((script) => ({ ...script, path })));
  expect(blocks.length).toBeGreaterThan(60);
  const faults = blocks.flatMap(({ path, line, text }) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: `${text}\n`, encoding: 'utf8' });
    return status === 0 ? [] : [`${path}:${line} ${stderr.trim()}`];
  });
  expect(faults).toEqual([]);
});
