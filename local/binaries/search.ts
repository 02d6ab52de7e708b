import { execFile } from 'node:child_process';
import type { Environment } from './cache';
import type { Tool } from './tools';

const PROBE_LIMIT_MS = 20_000;

export interface Binary {
  path: string;
  /** `undefined` for a tool that has no `--version`. */
  version: string | undefined;
}

/** One search for one tool. */
export interface Search {
  tool: Tool;
  environment: Environment;
  /** One line for each step that found nothing, for the error when none succeeds. */
  tried: string[];
  /** Gets one line when something is downloaded. */
  note: (line: string) => void;
}

/** A step of the search: the program, or `undefined` and at least one more line in `tried`. */
export type Step = (search: Search) => Promise<Binary | undefined>;

/** Takes the file if it is the tool and runs here. */
export async function tryFile(search: Search, origin: string, path: string): Promise<Binary | undefined> {
  const result = await probe(path, search.tool);
  if (result.works) return { path, version: result.version };
  search.tried.push(`${origin}: ${path} ${result.reason}`);
  return undefined;
}

/** The file is the tool in a usable version, or the reason why not. */
export type Probe = { works: true; version: string | undefined } | { works: false; reason: string };

/** Runs the file with `--version`: only that tells the tool from a namesake, or from a copy whose libraries are missing. */
export function probe(file: string, tool: Tool): Promise<Probe> {
  return new Promise((resolve) => {
    execFile(file, ['--version'], { timeout: PROBE_LIMIT_MS, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      const match = tool.answer.exec(output);
      if (match) return resolve(checkVersion(match[1], tool));
      const firstLine = output.trim().split('\n', 1)[0];
      if (firstLine) resolve({ works: false, reason: `is not ${tool.name} (its --version prints: ${firstLine})` });
      else resolve({ works: false, reason: `cannot be run (${error?.message.trim() ?? 'it prints nothing'})` });
    });
  });
}

function checkVersion(version: string | undefined, { minimum }: Tool): Probe {
  if (!minimum || version === undefined) return { works: true, version };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return { works: true, version };
  return { works: false, reason: `is version ${version}, too old (${minimum.join('.')} or newer is needed)` };
}
