import { rmSync } from 'node:fs';
import { testRun } from './global-setup';

const GRACE_MS = 5_000;

/** Stops the servers of the run, and removes its data. */
export default async function tearDown(): Promise<void> {
  const run = testRun.clientImportTestRun;
  if (!run) return;
  await Promise.all(run.programs.map((program) => program.stop(GRACE_MS)));
  run.pids.close();
  rmSync(run.folder, { recursive: true, force: true });
}
