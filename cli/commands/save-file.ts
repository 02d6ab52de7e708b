import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OUTPUTS } from '../data/formats';
import { CliError, reasonOf } from '../http/cli-error';
import { inert } from '../output/text';
import type { Session } from './session';
import type { Download } from '../http/views';

export interface SaveOptions {
  /** A path, or `-` for the standard output. */
  output?: string;
  force?: boolean;
}

/** Saves a download and prints its path. Never replaces a file, unless forced to. */
export async function saveFile(
  { name, bytes }: Download,
  { output, force = false }: SaveOptions,
  out: NodeJS.WriteStream,
): Promise<void> {
  if (output === '-') return void out.write(bytes);
  const form = OUTPUTS.find((one) => one === output);
  if (form) {
    throw new CliError(
      `This command saves a file, and --output names it; there is no form to choose. To call the file “${form}”: --output ./${form}`,
    );
  }
  const path = resolve(output ?? name);
  try {
    await writeFile(path, bytes, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const reason = reasonOf(error);
    throw new CliError(
      reason === 'EEXIST'
        ? `The file ${path} exists already and was left as it is. Give another name with --output, or replace it with --force.`
        : `The file ${path} cannot be written (${reason}). Give another place with --output.`,
    );
  }
  out.write(`Saved ${inert(path)}\n`);
}

/** Saves nothing, and succeeds, where no row has failed. */
export async function saveFailedRows({ api, out, err }: Session, id: string, options: SaveOptions): Promise<void> {
  let file: Download;
  try {
    file = await api.downloadFailedRows(id);
  } catch (error) {
    if (!(error instanceof CliError) || error.answer?.code !== 'no-failed-rows') throw error;
    return void err.write(`${error.message} There is nothing to correct.\n`);
  }
  await saveFile(file, options, out);
}
