import { Option } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { IMPORT_KINDS, ON_EXISTING } from '../contract/import';
import { NOTICE_LANGUAGES } from '../contract/notices/notices';
import { HIDDEN_CHOICES, SHARED_MOBILES_CHOICES } from '../contract/question';
import { nodeArguments } from './processes/node-program';
import { PROJECT } from './processes/project';
import { StartError } from './processes/start-error';

export interface StartOptions {
  exit?: boolean;
  kind?: string;
  preview?: boolean;
  strict?: boolean;
  onExisting?: string;
  notify?: string;
  notifyLanguage?: string;
  encoding?: string;
  sheet?: string;
  map?: string[];
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
  new Option('--notify <address>', 'who is told by e-mail once an import has ended or needs attention'),
  new Option('--notify-language <language>', 'of that e-mail').choices(NOTICE_LANGUAGES),
  new Option('--encoding <name>', 'encoding of the files, where it cannot be detected'),
  new Option('--sheet <name>', 'sheet of a workbook, by its name or its number from 1'),
  new Option(
    '--map <pair>',
    "what a column of the file is, such as 'Tel. (mobile)=Mobile', once for each column",
  ).argParser((pair: string, before: string[] | undefined) => [...(before ?? []), pair]),
  new Option('--hidden-rows <choice>', 'hidden rows of a workbook').choices(HIDDEN_CHOICES),
  new Option('--hidden-columns <choice>', 'hidden columns of a workbook').choices(HIDDEN_CHOICES),
  new Option('--shared-mobiles <choice>', 'SMS to a mobile that many rows share').choices(SHARED_MOBILES_CHOICES),
];

/** The options as arguments of the command line. */
export const importArguments = (options: StartOptions): string[] =>
  importOptions().flatMap((option) => {
    const value = options[option.attributeName() as keyof StartOptions];
    if (value === undefined || value === false) return [];
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((one) => (one === true ? [option.long!] : [option.long!, String(one)]));
  });

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
