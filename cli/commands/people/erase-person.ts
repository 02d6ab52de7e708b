import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../../http/cli-error';
import type { ErasedPerson } from '../../http/views';
import { toJson, writeList } from '../../data/formats';
import type { Column, Output } from '../../data/formats';
import { countOf } from '../../output/text';
import { untilStopped } from '../on-stop';
import type { Session } from '../session';

/** While a message to the person may still be on its way. */
const ASK_EVERY_MS = 2_000;
/** A message is settled by then; what takes longer is a file that is not read yet. */
const MOST_ASKED = 20;

const STILL_OPEN =
  'Being erased: a file from before is not read yet, or waits for an answer. Nothing about the person will be taken from it, and the erasure ends ' +
  'by itself once it is read. The same command tells when.';

const STOPPED = 'The erasure goes on by itself. The same command tells when it has ended.';

export interface EraseOptions {
  /** A staff member instead of a client. */
  staff?: true;
  /** Said by who means it, since it cannot be undone. */
  yes?: true;
  output?: Output;
}

const COLUMNS: readonly Column<ErasedPerson>[] = [
  { heading: 'id', of: ({ id }) => id },
  { heading: 'kind', of: ({ kind }) => kind },
  { heading: 'status', of: ({ status }) => status },
  { heading: 'rows', of: ({ removed }) => removed?.rows ?? null },
  { heading: 'files', of: ({ removed }) => removed?.files ?? null },
  { heading: 'invitations', of: ({ removed }) => removed?.invitations ?? null },
];

/**
 * Erases all data of one person and waits until none is left, but not for files that are not read yet. Resolves to the exit code: 2 if the
 * erasure has not ended.
 */
export async function erasePerson(session: Session, id: string, { staff, yes, output }: EraseOptions): Promise<0 | 2> {
  const { api, commandLine, err, out } = session;
  const kind = staff ? 'staff' : 'clients';
  if (!yes) {
    throw new CliError(
      'Nothing was erased, because it cannot be undone.\n' +
        `To erase the person: ${commandLine(`erase ${id}${staff ? ' --staff' : ''} --yes`)}`,
    );
  }
  const isForPrograms = output === 'json' || output === 'csv';
  let erasure: ErasedPerson = await api.erasePerson(kind, id);
  if (!erasure.removed) err.write('A message to the person may be on its way. Waiting for its end.\n');
  for (let asked = 1; !erasure.removed; asked++) {
    if (asked === MOST_ASKED) {
      (isForPrograms ? err : out).write(`${STILL_OPEN}\n`);
      return 2;
    }
    await untilStopped(session, STOPPED, sleep(ASK_EVERY_MS));
    erasure = await api.erasePerson(kind, id);
  }
  if (output === 'json') out.write(toJson(erasure));
  if (output === 'csv') writeList(out, [erasure], COLUMNS, output);
  if (isForPrograms) return 0;
  const { rows, files, invitations } = erasure.removed;
  const removed = [countOf(rows, 'row'), countOf(files, 'file'), countOf(invitations, 'invitation')].join(', ');
  out.write(`Erased: ${removed}.\n`);
  return 0;
}
