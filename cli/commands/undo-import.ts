import { setTimeout as sleep } from 'node:timers/promises';
import { shortenRowSet } from '../../contract/row-set';
import { toJson, writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import type { UndoView } from '../http/views';
import { countOf } from '../output/text';
import { SHORTEST_HASH } from './apply-plan';
import { isFinal } from './follow-imports';
import { untilStopped } from './on-stop';
import type { Session } from './session';

const ASK_EVERY_MS = 500;
/** Of a large file; its report and `--output json` have them all. */
const MOST_LETTERS_OF_LINES = 100;
/** Failures in a row after which the end is not waited for any more. */
const MOST_FAILURES = 40;
/** Digits of the hash that are printed. */
const PRINTED_HASH = 12;

export interface UndoOptions {
  /** Undoes what it would do now, looked at or not. */
  yes?: true;
  output?: Output;
}

const COLUMNS: readonly Column<UndoView['outcomes'][number]>[] = [
  { heading: 'outcome', of: ({ outcome }) => outcome },
  { heading: 'count', of: ({ count }) => count },
  { heading: 'lines', of: ({ lines }) => lines },
];

/** Shows what the undo of an import would do or, with the hash of that, carries it out and waits for its end. Resolves to the exit code. */
export async function undoImport(
  session: Session,
  id: string,
  hash: string | undefined,
  { yes, output }: UndoOptions,
): Promise<0> {
  const { api, commandLine, err, out } = session;
  let undo = await api.undoImport(id);
  let begun: string | undefined;
  if (undo.planHash === null) {
    if (undo.status === 'undone') err.write('It was undone already. What was done:\n');
  } else if (hash === undefined && !yes) {
    if (write(undo)) return 0;
    out.write(
      `${describe(undo)}\n  Nothing is undone yet. To undo it, as far as that is possible:\n` +
        `    ${commandLine(`undo ${shortId(id)} ${undo.planHash.slice(0, PRINTED_HASH)}`)}\n`,
    );
    return 0;
  } else {
    if (hash !== undefined && (hash.length < SHORTEST_HASH || !undo.planHash.startsWith(hash.toLowerCase()))) {
      throw new CliError(
        'This hash does not match what the undo would do now: somebody has joined or was changed since. Nothing was undone.\n' +
          `To look again: ${commandLine(`undo ${shortId(id)}`)}`,
      );
    }
    begun = undo.planHash;
    undo = await api.undoImport(id, begun).catch((error: unknown) => {
      if (isFinal(error)) throw error;
      err.write('The answer of the API was lost; asking again …\n');
      return undo;
    });
  }
  if (undo.status !== 'undone') {
    if (undo.planHash === null) err.write('The undo is accepted. Waiting for its end.\n');
    undo = await untilStopped(session, `It goes on; look: ${commandLine(`undo ${shortId(id)}`)}`, ended());
  }
  if (!write(undo)) out.write(`${describe(undo)}\n`);
  return 0;

  /** An API that is being restarted is back soon, and the undo goes on meanwhile. One that it never heard of is asked for again. */
  async function ended(): Promise<UndoView> {
    for (let failures = 0; ;) {
      await sleep(ASK_EVERY_MS);
      try {
        let view = await api.undoImport(id);
        if (view.planHash !== null && begun !== undefined) view = await api.undoImport(id, begun);
        if (view.status === 'undone') return view;
        failures = 0;
      } catch (error) {
        failures += 1;
        if (isFinal(error) || failures > MOST_FAILURES) throw error;
      }
    }
  }

  /** Whether it was written as data for a program. */
  function write(view: UndoView): boolean {
    if (output === 'json') out.write(toJson(view));
    else if (output === 'csv') writeList(out, view.outcomes, COLUMNS, output);
    else return false;
    return true;
  }
}

/** The lines by what is done about them, and the messages that are affected. */
function describe({ outcomes, messages }: UndoView): string {
  const out = messages.out.email + messages.out.sms;
  const waiting = messages.waiting.email + messages.waiting.sms;
  return [
    ...outcomes.map(
      ({ count, meaning, lines }) =>
        `  ${countOf(count, 'line')}: ${meaning} (${shortenRowSet(lines, MOST_LETTERS_OF_LINES)})`,
    ),
    `  ${countOf(out, 'message')} went out and cannot be taken back`,
    ...(waiting > 0 ? [`  ${countOf(waiting, 'message')} still to be sent, to be stopped`] : []),
  ].join('\n');
}
