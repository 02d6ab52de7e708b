import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run fuzz [-- MAX_EXAMPLES]`: Schemathesis against the whole product, by the document of its API, once with the key of an
 * administrator and once without. It fails at any server error and at any answer that the document does not have. Needs Python.
 */
const ROOT = join(__dirname, '..');
const SCHEMATHESIS = 'schemathesis==4.32.5';
const START_LIMIT_MS = 120_000;
/** Callers without a key meet their limits, which are not what is tested. */
const GENEROUS = {
  RATE_LIMIT_FAILURES: '1000000',
  RATE_LIMIT_PER_KEY: '1000000',
  RATE_LIMIT_PER_ORGANISATION: '1000000',
};

/** An environment of Python with the tool, in a folder that is kept for the next run. */
function schemathesis(): string {
  const folder = join(tmpdir(), `client-import-${SCHEMATHESIS.replace('==', '-')}`);
  const tool = join(folder, 'bin', 'schemathesis');
  if (!existsSync(tool)) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', SCHEMATHESIS], { stdio: 'inherit' });
  }
  return tool;
}

/** Runs what `npm start` runs, on spare ports. Resolves to the address of the API. */
function startProduct(data: string): Promise<{ child: ChildProcess; url: string }> {
  const ports = ['', 'TEMPORAL_', 'TEMPORAL_UI_', 'MONGODB_', 'SANDBOX_'].map((name) => [`${name}PORT`, '0'] as const);
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], {
    cwd: ROOT,
    // eslint-disable-next-line no-restricted-properties -- It is handed on whole, not read.
    env: { ...process.env, ...GENEROUS, ...Object.fromEntries(ports), CLIENT_IMPORT_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The product did not start.')), START_LIMIT_MS);
    child.once('exit', (code) => reject(new Error(`The product ended with ${code}.`)));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /API +(http\S+)/.exec(said)?.[1];
      if (!url || !said.includes('Press Ctrl-C to stop.')) return;
      clearTimeout(late);
      resolve({ child, url });
    });
  });
}

/** The exit code of one run. */
function run(tool: string, url: string, examples: string, headers: string[]): Promise<number> {
  const args = [
    ...['--config-file', join(__dirname, 'schemathesis.toml')],
    ...['run', `${url}/openapi.json`, '--url', url, '--checks', 'all', '--mode', 'all'],
    ...['--max-examples', examples, '--continue-on-failure', '--request-timeout', '20', '--workers', '2'],
    ...['--generation-database', 'none', '--seed', '1', '--suppress-health-check', 'all'],
    ...headers.flatMap((header) => ['--header', header]),
  ];
  const child = spawn(tool, args, { cwd: tmpdir(), stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function main(examples: string): Promise<void> {
  const tool = schemathesis();
  const data = mkdtempSync(join(tmpdir(), 'client-import-fuzz-'));
  const { child, url } = await startProduct(data);
  try {
    const { systemAdministrator: key } = JSON.parse(readFileSync(join(data, 'keys.json'), 'utf8')) as Record<
      string,
      string
    >;
    const withKey = await run(tool, url, examples, [`Authorization: Bearer ${key}`]);
    const without = await run(tool, url, examples, []);
    process.stdout.write(
      `With a key: ${withKey === 0 ? 'passed' : 'failed'}. Without: ${without === 0 ? 'passed' : 'failed'}.\n`,
    );
    process.exitCode = withKey || without;
  } finally {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

main(process.argv[2] ?? '50').catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
