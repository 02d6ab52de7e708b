import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPidFile } from '../../local/processes/pid-file';
import type { PidFile } from '../../local/processes/pid-file';

export const RUN_FOLDER = 'client-import-test-run-';
export const PID_FILE = 'pids.json';

/** A folder for the servers that tests start, with a record by which a later run stops them if this one is killed. */
export function createRunFolder(): { path: string; pids: PidFile } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), RUN_FOLDER)));
  return { path, pids: createPidFile(join(path, PID_FILE)) };
}
