import { access, constants, stat } from 'node:fs/promises';
import { CliError, reasonOf } from '../http/cli-error';

/** Throws one error that names every file that cannot be read, so that nothing is begun before the last of them is found. */
export async function assertReadable(paths: readonly string[]): Promise<void> {
  const faults = (await Promise.all(paths.map(faultOf))).filter((fault) => fault !== null);
  if (faults.length === 0) return;
  throw new CliError(
    [...new Set(faults), 'Nothing was begun; correct the names and run the command again.'].join('\n'),
  );
}

async function faultOf(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return `${path} is a folder. Name the files in it.`;
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    const reason = reasonOf(error);
    return reason === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${reason}).`;
  }
}
