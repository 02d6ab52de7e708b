import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder, cachedProgram } from './cache';
import { tryFile } from './search';
import type { Step } from './search';

/** The places where the program may be already, cheapest first. */
export const onPath: Step = async (search) => {
  const { name } = search.tool;
  const executable = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (search.environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  let seen = false;
  for (const file of folders.map((folder) => join(folder, executable))) {
    if (!(await isExecutable(file))) continue;
    seen = true;
    const found = await tryFile(search, 'PATH', file);
    if (found) return found;
  }
  if (!seen) search.tried.push(`PATH: no ${name}`);
  return undefined;
};

export const inCache: Step = async (search) => {
  const file = cachedProgram(search.tool, search.environment);
  if (await isExecutable(file)) return tryFile(search, 'cache', file);
  search.tried.push(`cache: nothing yet in ${cacheFolder(search.environment)}`);
  return undefined;
};

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
