import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tool } from './tools';

export type Environment = Record<string, string | undefined>;

const UNFINISHED = '.unfinished-';
/** No download lasts this long: the process that made an older folder is gone. */
const ABANDONED_AFTER_MS = 3_600_000;

export const platformKey = (): string => `${process.platform}-${process.arch}`;

export const cacheFolder = (environment: Environment): string =>
  join(environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache'), 'client-import');

export const toolFolder = ({ wheel }: Tool, environment: Environment): string =>
  join(cacheFolder(environment), `${wheel.package}-${wheel.version}-${platformKey()}`);

export const cachedProgram = (tool: Tool, environment: Environment): string =>
  join(toolFolder(tool, environment), tool.wheel.path);

/**
 * Fills a folder of the cache: `fill` writes to an empty folder beside it, which is renamed into place once `fill` has
 * succeeded. Of several processes the first to finish wins: another may be running its program already.
 * `works` checks the program that is in place.
 */
export async function fillAtomically(
  target: string,
  fill: (folder: string) => Promise<void>,
  works: () => Promise<boolean>,
): Promise<void> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const folder = await mkdtemp(join(parent, UNFINISHED));
  const broken = `${folder}-broken`;
  try {
    await fill(folder);
    if ((await renameIntoPlace(folder, target)) || (await works())) return;
    // A broken copy, left by a full disk, say, is moved aside: a rename can replace only an empty folder.
    await rename(target, broken);
    await renameIntoPlace(folder, target);
  } finally {
    await Promise.all([folder, broken].map((path) => rm(path, { recursive: true, force: true })));
  }
}

async function renameIntoPlace(folder: string, target: string): Promise<boolean> {
  try {
    await rename(folder, target);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') return false;
    throw error;
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const folder = join(parent, name);
    const info = await stat(folder).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}
