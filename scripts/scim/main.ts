import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../fuzz/product';

/**
 * `npm run scim:check`: the compliance check of scim2-tester (PyPI) against the whole product. Ends with 1 where it finds a fault.
 * Needs Python.
 */
const VERSIONS = ['scim2-tester==0.5.2', 'scim2-client==0.13.2', 'scim2-models==0.12.3', 'httpx2==2.16.2'];

function install(): string {
  const folder = join(tmpdir(), `client-import-${VERSIONS[0]!.replace('==', '-')}`);
  const python = join(folder, 'bin', 'python');
  if (!existsSync(python)) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', ...VERSIONS], { stdio: 'inherit' });
  }
  return python;
}

async function main(): Promise<void> {
  const python = install();
  const folder = mkdtempSync(join(tmpdir(), 'client-import-scim-'));
  const product = await startProduct(join(folder, 'data'));
  try {
    // The check knows no client teams.
    await fetch(`${product.url}/v1/organisation`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${product.key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ defaultTeam: 'Mayfair' }),
    });
    const { status } = spawnSync(python, [join(__dirname, 'check.py'), `${product.url}/scim/v2`, product.key], {
      stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
