import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../fuzz/product';

/**
 * `npm run scim:check`: the compliance checks of scim2-tester and scim-sanity (PyPI) against the whole product. Ends with 1 where one of
 * them finds a fault. Needs Python.
 */
const TESTER = ['scim2-tester==0.5.2', 'scim2-client==0.13.2', 'scim2-models==0.12.3', 'httpx2==2.16.2'];
const PROBE = ['scim-sanity==0.7.4'];
/** What the probe finds and clients are not: docs/scim.md says why. */
const KNOWN_TO_PROBE = [/^Expected displayName=/];
/** What a client needs beside what the probe makes up. */
const MOBILE = { phoneNumbers: [{ value: '+447911128888', type: 'mobile' }] };

/** Installs packages into an environment of their own, once. Returns its folder of programs. */
function install(packages: readonly string[]): string {
  const folder = join(tmpdir(), `client-import-${packages[0]!.replace('==', '-')}`);
  const programs = join(folder, 'bin');
  if (!existsSync(join(programs, 'python'))) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(programs, 'pip'), ['install', '--quiet', ...packages], { stdio: 'inherit' });
  }
  return programs;
}

interface ProbeResult {
  name: string;
  status: 'pass' | 'fail' | 'warn' | 'skip' | 'error';
  message?: string;
}

/** Whether the probe finds what is known of it, and nothing else. */
function probe(programs: string, url: string, key: string): boolean {
  const { stdout } = spawnSync(
    join(programs, 'scim-sanity'),
    [
      ...['probe', url, '--token', key, '--i-accept-side-effects', '--resource', 'User', '--json-output'],
      ...['--extra-user-fields', JSON.stringify(MOBILE)],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { results } = JSON.parse(stdout) as { results: ProbeResult[] };
  for (const { name, status, message = '' } of results)
    process.stdout.write(`${status.toUpperCase().padEnd(11)} ${name}: ${message}\n`);
  const faults = results.filter(({ status }) => status === 'fail' || status === 'error');
  const unknown = faults.filter(({ message = '' }) => !KNOWN_TO_PROBE.some((known) => known.test(message)));
  const needless = KNOWN_TO_PROBE.filter((known) => !faults.some(({ message = '' }) => known.test(message)));
  for (const known of needless) process.stdout.write(`No check fails any more because of: ${known.source}\n`);
  process.stdout.write(`${results.length} checks, ${faults.length} faults, ${unknown.length} of them unknown.\n`);
  return unknown.length === 0 && needless.length === 0 && results.some(({ status }) => status === 'pass');
}

async function main(): Promise<void> {
  const tester = install(TESTER);
  const prober = install(PROBE);
  const folder = mkdtempSync(join(tmpdir(), 'client-import-scim-'));
  const product = await startProduct(join(folder, 'data'));
  try {
    // The check knows no client teams.
    await fetch(`${product.url}/v1/organisation`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${product.key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ defaultTeam: 'Mayfair' }),
    });
    const url = `${product.url}/scim/v2`;
    const isProven = probe(prober, url, product.key);
    const { status } = spawnSync(join(tester, 'python'), [join(__dirname, 'check.py'), url, product.key], {
      stdio: 'inherit',
    });
    process.exitCode = isProven ? (status ?? 1) : 1;
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
