import { Option } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { IMPORT_KINDS, ON_EXISTING } from '../contract/import';
import { HIDDEN_CHOICES, SHARED_MOBILES_CHOICES } from '../contract/question';
import { nodeArguments, PROJECT } from './processes/node-program';
import { StartError } from './processes/start-error';

export interface StartOptions {
  exit?: boolean;
  kind?: string;
  preview?: boolean;
  strict?: boolean;
  onExisting?: string;
  encoding?: string;
  hiddenRows?: string;
  hiddenColumns?: string;
  sharedMobiles?: string;
}

/** Options of `npm start` that go to the command line's `import`, which validates and documents them. */
export const importOptions = (): Option[] => [
  new Option('--kind <kind>', 'template of the files (default: clients)').choices(IMPORT_KINDS),
  new Option('--preview', 'only show the plan: nothing is created or sent'),
  new Option('--strict', 'reject cells that would otherwise be corrected'),
  new Option('--on-existing <what>', 'what to do with people who already exist').choices(ON_EXISTING),
  new Option('--encoding <name>', 'encoding of the files, where it cannot be detected'),
  new Option('--hidden-rows <choice>', 'hidden rows of a workbook').choices(HIDDEN_CHOICES),
  new Option('--hidden-columns <choice>', 'hidden columns of a workbook').choices(HIDDEN_CHOICES),
  new Option('--shared-mobiles <choice>', 'SMS to a mobile that many rows share').choices(SHARED_MOBILES_CHOICES),
];

/** The options as arguments of the command line. */
export const importArguments = ({
  kind,
  preview,
  strict,
  onExisting,
  encoding,
  ...choices
}: StartOptions): string[] => [
  ...(kind ? ['--kind', kind] : []),
  ...(preview ? ['--preview'] : []),
  ...(strict ? ['--strict'] : []),
  ...(onExisting ? ['--on-existing', onExisting] : []),
  ...(encoding ? ['--encoding', encoding] : []),
  ...(choices.hiddenRows ? ['--hidden-rows', choices.hiddenRows] : []),
  ...(choices.hiddenColumns ? ['--hidden-columns', choices.hiddenColumns] : []),
  ...(choices.sharedMobiles ? ['--shared-mobiles', choices.sharedMobiles] : []),
];

/** Returns absolute paths, looking in each folder in turn. Throws one `StartError` that names every missing file. */
export function findFiles(files: readonly string[], folders: readonly string[]): string[] {
  const problems: string[] = [];
  const absolute: string[] = [];
  for (const file of files) {
    const paths = [...new Set(folders.map((folder) => resolve(folder, file)))];
    const path = paths.find((candidate) => existsSync(candidate));
    if (path === undefined) problems.push(`There is no file ${paths.join(' or ')}. Check its name.`);
    else if (!statSync(path).isFile()) problems.push(`${path} is not a file. Name the CSV files themselves.`);
    else absolute.push(path);
  }
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return absolute;
}

/** Runs this project's command line on this terminal. Resolves to its exit code. */
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
