import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { CliError } from '../http/cli-error';
import { assertReadable } from '../check/readable-files';
import { printable } from '../output/text';
import type { Session } from './session';
import { followAndShow } from './show-import';
import type { ShowOptions } from './show-import';
import type { AcceptedImport, UploadOptions } from '../http/views';

const ABOUT_THE_FILE = [400, 413, 422];

/** Uploads files, shows their progress and their results. Resolves to the exit code: 0 all good, 2 with problems. */
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
      session.out.write(`\n${printable(basename(path))}: rejected. ${error.message}\n`);
    }
  }
  if (accepted.length === 0) return 2;
  const exitCode = await followAndShow(session, accepted, show);
  return accepted.length === paths.length ? exitCode : 2;
}

/** Whether the other files may still be accepted. An invalid option concerns all of them. */
const concernsOneFile = (error: unknown): error is CliError =>
  error instanceof CliError &&
  error.answer !== undefined &&
  ABOUT_THE_FILE.includes(error.answer.status) &&
  error.answer.code !== 'invalid-request';
