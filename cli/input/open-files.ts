import { access, constants, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { CliError, reasonOf } from '../http/cli-error';
import type { UploadFile } from '../http/views';

/** What stands for the standard input among the names of files. */
const STDIN = '-';

export interface StdinOptions {
  /** What the file on the standard input is called; its ending tells nothing, since files are known by what is in them. */
  name?: string;
}

/**
 * The files of these paths, `-` for the standard input. Throws one error that names every unreadable file, before anything is done
 * with the others.
 */
export async function openFiles(
  paths: readonly string[],
  { name }: StdinOptions,
  input: NodeJS.ReadableStream,
): Promise<UploadFile[]> {
  if (name !== undefined && !paths.includes(STDIN))
    throw new CliError('--name is for a file on the standard input. Give - in place of a file.');
  if (paths.filter((path) => path === STDIN).length > 1)
    throw new CliError('The standard input is one file, so - can be given only once.');
  await assertReadable(paths.filter((path) => path !== STDIN));
  return Promise.all(
    paths.map(async (path) => {
      if (path !== STDIN) return { name: basename(path), read: () => readPath(path) };
      const bytes = new Uint8Array(await buffer(input));
      return { name: name ?? 'stdin.csv', read: async () => bytes };
    }),
  );
}

async function readPath(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new CliError(`The file ${path} cannot be read (${reasonOf(error)}).`);
  }
}

async function assertReadable(paths: readonly string[]): Promise<void> {
  const problems = (await Promise.all(paths.map(findProblem))).filter((problem) => problem !== null);
  if (problems.length === 0) return;
  throw new CliError(
    [...new Set(problems), 'Nothing was done; correct the names and run the command again.'].join('\n'),
  );
}

async function findProblem(path: string): Promise<string | null> {
  try {
    if ((await stat(path)).isDirectory()) return `${path} is a folder. Name the files in it.`;
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    const reason = reasonOf(error);
    return reason === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${reason}).`;
  }
}
