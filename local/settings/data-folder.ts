import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

const PREVIOUS = '.previous.log';

/** Where the embedded stack keeps what lasts. */
export interface DataFolder {
  path: string;
  pidFile: string;
  keys: string;
  temporalFile: string;
  mongodbFolder: string;
  sandboxFolder: string;
  logOf: (program: string) => string;
}

export function dataFolderAt(path: string): DataFolder {
  return {
    path,
    pidFile: join(path, 'pids.json'),
    keys: join(path, 'keys.json'),
    temporalFile: join(path, 'temporal', 'temporal.db'),
    mongodbFolder: join(path, 'mongodb'),
    sandboxFolder: join(path, 'sandbox'),
    logOf: (program) => join(path, 'logs', `${program}.log`),
  };
}

/** Makes the folder, readable by this user alone: it holds personal data. Logs begin anew; the last ones are kept. */
export async function prepareDataFolder({ path }: DataFolder): Promise<void> {
  const logs = join(path, 'logs');
  await mkdir(path, { recursive: true, mode: 0o700 });
  await mkdir(logs, { recursive: true });
  const old = (await readdir(logs)).filter((name) => name.endsWith('.log') && !name.endsWith(PREVIOUS));
  await Promise.all(old.map((name) => rename(join(logs, name), join(logs, name.replace(/\.log$/, PREVIOUS)))));
}
