import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { CliError } from '../http/cli-error';
import { followImports } from './follow-imports';
import { assertReadable } from '../check/readable-files';
import { printable } from '../output/text';
import type { Session } from './session';
import { showImport } from './show-import';
import type { ShowOptions } from './show-import';
import type { AcceptedImport, UploadOptions } from '../http/views';

const ABOUT_THE_FILE = [400, 413, 422];

/** Uploads the files, shows their progress, then what came of them. Resolves to the exit code: 0 all good, 2 with problems. */
export async function importFiles(
  session: Session,
  paths: readonly string[],
  upload: UploadOptions,
  show: ShowOptions,
): Promise<0 | 2> {
  await assertReadable(paths);
  const accepted: AcceptedImport[] = [];
  const run = randomUUID();
  for (const [i, path] of paths.entries()) {
    try {
      accepted.push(await session.api.upload(path, upload, `${run}:${i}`));
    } catch (error) {
      if (!concernsOneFile(error)) throw error;
      session.out.write(`\n${printable(basename(path))}: refused. ${error.message}\n`);
    }
  }
  if (accepted.length === 0) return 2;

  const views = await followImports(session, accepted);
  const codes: number[] = [];
  for (const view of views) codes.push(await showImport(session, view, show));
  return accepted.length === paths.length && codes.every((code) => code === 0) ? 0 : 2;
}

/** Whether another file may do better. What is wrong with the options is wrong for all of them. */
const concernsOneFile = (error: unknown): error is CliError =>
  error instanceof CliError &&
  error.answer !== undefined &&
  ABOUT_THE_FILE.includes(error.answer.status) &&
  error.answer.code !== 'invalid-request';
