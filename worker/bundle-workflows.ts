import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WORKFLOW_SOURCES, workflowBundlePath } from './workflow-bundle';

/** The last step of `npm run build`; from source, the worker runs it when the workflows have changed. */
async function main(): Promise<void> {
  const path = await workflowBundlePath();
  const { code } = await bundleWorkflowCode({ ...WORKFLOW_SOURCES, logger: new DefaultLogger('WARN') });
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Renamed into place: two workers that start at once make the same bundle, and neither reads half of it.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, path);
  const others = (await readdir(folder)).filter((name) => name.endsWith('.js') && name !== basename(path));
  await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
}

main().catch((error: unknown) => {
  process.stderr.write(`The workflows could not be bundled: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
