import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, untilReady } from './program';
import type { Launch, Program } from './program';
import { IS_BUILT, PROJECT } from './project';

const READY_LIMIT_MS = 60_000;
const POLL_LIMIT_MS = 2_000;

/** Runs one of our own programs, by its source's path, for no longer than its parent runs. */
export const nodeArguments = (entry: string): string[] => [
  '--require',
  join(__dirname, 'exit-with-parent.cjs'),
  ...(IS_BUILT
    ? [join(PROJECT, entry.replace(/\.ts$/, '.js'))]
    : ['--import', pathToFileURL(require.resolve('tsx')).href, join(PROJECT, entry)]),
];

export interface NodeProgramOptions extends Pick<Launch, 'name' | 'env' | 'logFile' | 'pids'> {
  /** Path from the root of the project. */
  entry: string;
  /** Options of Node for this program. */
  nodeOptions?: readonly string[];
  isReady: (program: Program) => Promise<boolean>;
}

/** Starts one of our own programs and waits until it is ready. */
export function startNodeProgram(options: NodeProgramOptions, signal: AbortSignal): Promise<Program> {
  const { name, entry, nodeOptions = [], env, logFile, pids, isReady } = options;
  const program = launch({
    name,
    command: process.execPath,
    args: [...nodeOptions, ...nodeArguments(entry)],
    cwd: PROJECT,
    env: { ...env, EXIT_WITH_PARENT: '1' },
    logFile,
    pids,
    channel: true,
  });
  return untilReady(program, { isReady: () => isReady(program), limitMs: READY_LIMIT_MS, signal });
}

/** Resolves to true if the address answers with success; rejects otherwise. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(POLL_LIMIT_MS) });
  if (response.ok) return true;
  throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}

/** Readiness of a program without HTTP: its output contains the text. */
export const hasWritten = (text: string) => async (program: Program) => program.output().includes(text);
