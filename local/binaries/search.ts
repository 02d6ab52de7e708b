import type { Environment } from './cache';
import { probe } from './probe';
import type { Tool } from './tools';

export interface Binary {
  path: string;
  /** `undefined` for a tool that does not tell. */
  version: string | undefined;
}

/** One search for one tool. */
export interface Search {
  tool: Tool;
  environment: Environment;
  /** What every step had to say, for the error when none succeeds. */
  tried: string[];
  /** Gets one line when something is fetched. */
  note: (line: string) => void;
}

/** A step of the search: the program, or `undefined` and at least one more line in `tried`. */
export type Step = (search: Search) => Promise<Binary | undefined>;

/** Takes the file if it is the tool and runs here. */
export async function tryFile(search: Search, origin: string, path: string): Promise<Binary | undefined> {
  const found = await probe(path, search.tool);
  if (found.works) return { path, version: found.version };
  search.tried.push(`${origin}: ${path} ${found.reason}`);
  return undefined;
}
