import { randomUUID } from 'node:crypto';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import { openFiles } from '../input/open-files';
import type { StdinOptions } from '../input/open-files';
import { printable } from '../output/text';
import { untilStopped } from './on-stop';
import type { Session } from './session';
import { followAndShow, isData } from './show-import';
import type { ShowOptions } from './show-import';
import type { AcceptedImport, UploadFile, UploadOptions } from '../http/views';

const ABOUT_THE_FILES = [400, 413, 422];
/** As many as an upload may have, unless the installation sets another limit. */
const MOST_FILES = 50;

/** Uploads files, shows their progress and their results. Resolves to the exit code: 0 all good, 2 with problems. */
export async function importFiles(
  session: Session,
  paths: readonly string[],
  upload: UploadOptions,
  show: ShowOptions & StdinOptions,
): Promise<0 | 2> {
  const files = await openFiles(paths, show, session.in);
  // Data stands alone on the standard output.
  const uploading = isData(show) ? { ...session, out: session.err } : session;
  const accepted: AcceptedImport[] = [];
  for (let i = 0; i < files.length; i += MOST_FILES)
    accepted.push(...(await uploadTogether(uploading, files.slice(i, i + MOST_FILES), upload)));
  if (accepted.length === 0) return 2;
  const exitCode = await followAndShow(session, accepted, show);
  return accepted.length === files.length ? exitCode : 2;
}

/** Uploads files as one batch, so that duplicates across them are found. Where that is rejected as a whole, each by itself. */
async function uploadTogether(
  session: Session,
  files: readonly UploadFile[],
  options: UploadOptions,
): Promise<AcceptedImport[]> {
  const { api, commandLine, out } = session;
  try {
    const stopped = `Stopped before the answer came: what had arrived whole is imported, and nothing of the rest. Look: ${commandLine('list')}`;
    const { batch, imports, rejected } = await untilStopped(session, stopped, api.upload(files, options, randomUUID()));
    for (const { fileName, problem } of rejected) reject(session, fileName, problem.detail);
    if (files.length > 1) out.write(`\nAll files as one: ${commandLine(`batch ${shortId(batch)}`)}\n`);
    return imports;
  } catch (error) {
    if (!concernsTheFiles(error)) throw error;
    if (files.length === 1) reject(session, files[0]!.name, error.message);
  }
  const accepted: AcceptedImport[] = [];
  if (files.length > 1) for (const file of files) accepted.push(...(await uploadTogether(session, [file], options)));
  return accepted;
}

const reject = ({ out }: Session, fileName: string, reason: string): void =>
  void out.write(`\n${printable(fileName)}: rejected. ${reason}\n`);

/** Whether other files may still be accepted. An invalid option concerns all of them. */
const concernsTheFiles = (error: unknown): error is CliError =>
  error instanceof CliError &&
  error.answer !== undefined &&
  ABOUT_THE_FILES.includes(error.answer.status) &&
  error.answer.code !== 'invalid-request';
