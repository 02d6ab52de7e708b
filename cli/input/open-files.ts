import { access, constants, stat } from 'node:fs/promises';
import { CliError, reasonOf } from '../http/cli-error';

/** Throws one error that names every unreadable file, before anything is done with the others. */
export async function assertReadable(paths: readonly string[]): Promise<void> {
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
