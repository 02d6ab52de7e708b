import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeArguments, PROJECT } from './processes/node-program';
import { StartError } from './start-error';

/** The files as absolute paths, looked for in each folder in turn. Throws one `StartError` that names what is missing. */
export function findFiles(files: readonly string[], folders: readonly string[]): string[] {
  const faults: string[] = [];
  const found: string[] = [];
  for (const file of files) {
    const paths = [...new Set(folders.map((folder) => resolve(folder, file)))];
    const path = paths.find((candidate) => existsSync(candidate));
    if (path === undefined) faults.push(`There is no file ${paths.join(' or ')}. Check its name.`);
    else if (!statSync(path).isFile()) faults.push(`${path} is not a file. Name the CSV files themselves.`);
    else found.push(path);
  }
  if (faults.length > 0) throw new StartError(faults.join('\n'));
  return found;
}

/** Imports files with the command line of this project, on this terminal. Resolves to its exit code. */
export async function importFiles(
  files: readonly string[],
  options: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number> {
  const child = spawn(process.execPath, [...nodeArguments('cli/main.ts'), 'import', ...options, '--', ...files], {
    cwd: PROJECT,
    env: { ...environment, EXIT_WITH_PARENT: '1' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', stop);
  return code ?? 1;
}
