import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { version } from '@temporalio/worker/package.json';

const ROOT = join(__dirname, '..');
/** `.ts` from source, `.js` compiled. */
const EXTENSION = extname(__filename);
/** All that enters the workflow sandbox, besides the SDK. A test compares it with what a bundle contains. */
const SOURCES = ['workflows', 'contract', 'domain/problems/texts'];
/** What a bundle is made of, for the bundler. */
export const WORKFLOW_SOURCES = {
  workflowsPath: require.resolve('../workflows'),
  workflowInterceptorModules: [require.resolve('../workflows/trace-runs')],
};
/** Compiled, where `npm run build` puts it; from source, where build tools keep their caches. */
const FOLDER =
  EXTENSION === '.js' ? join(ROOT, 'workflow-bundles') : join(ROOT, 'node_modules', '.cache', 'client-import');

/**
 * Where the bundle of the workflows of this build is, or is to be. Its name holds a hash of their sources, so the bundle of
 * other sources is never used.
 */
export async function workflowBundlePath(root = ROOT): Promise<string> {
  const hash = createHash('sha256').update(version);
  for (const folder of SOURCES) {
    const files = await readdir(join(root, folder), { recursive: true });
    for (const name of files.filter((file) => file.endsWith(EXTENSION)).sort()) {
      hash.update(`\0${folder}/${name}\0`).update(await readFile(join(root, folder, name)));
    }
  }
  return join(FOLDER, `workflows-${hash.digest('hex').slice(0, 16)}.js`);
}

/**
 * Resolves with the path of the bundle, and makes it first where it is missing. A process of its own makes it, in a second, because
 * the memory of the bundler (100 MB) would stay with the worker.
 */
export async function ensureWorkflowBundle(): Promise<string> {
  const path = await workflowBundlePath();
  if (existsSync(path)) return path;
  const program = join(__dirname, `bundle-workflows${EXTENSION}`);
  await promisify(execFile)(process.execPath, [...process.execArgv, program]);
  return path;
}
