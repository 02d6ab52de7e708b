import { setTimeout as sleep } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import { showProgress } from '../output/progress-bars';
import type { ProgressDisplay } from '../output/progress-bars';
import { onStop } from './on-stop';
import type { Session } from './session';
import type { AcceptedImport, ImportView } from '../http/views';

const POLL_MS = 150;
const RETRY_AFTER_MS = 1_000;
/** Failures in a row after which an import is not followed any more. */
const MOST_FAILURES = 20;

export interface FollowOptions {
  /** However long the API is away, such as that of a laptop that sleeps: until the import rests or the command is stopped. */
  watch?: boolean;
  retryAfterMs?: number;
}

/**
 * Shows the progress of imports until each rests, and resolves to their views then. Ctrl-C ends the process with 130 and leaves the
 * terminal as it was; the imports go on.
 */
export async function followImports(
  session: Session,
  imports: readonly AcceptedImport[],
  options: FollowOptions = {},
): Promise<ImportView[]> {
  if (imports.length === 0) return [];
  const display = showProgress(new Map(imports.map(({ id, fileName }) => [id, fileName])), session.err);
  const ids = imports.map(({ id }) => id);
  const forget = onStop(() => {
    display.stop();
    session.err.write(goesOn(session, ids));
  });
  try {
    return await Promise.all(ids.map((id) => followImport(session, id, display, options)));
  } finally {
    forget();
    display.stop();
  }
}

async function followImport(
  session: Session,
  id: string,
  display: ProgressDisplay,
  { watch = false, retryAfterMs = RETRY_AFTER_MS }: FollowOptions,
): Promise<ImportView> {
  let failures = 0;
  for (;;) {
    let view: ImportView;
    try {
      view = await session.api.findImport(id);
      if (failures > 0) display.note('The API answers again.');
      failures = 0;
    } catch (error) {
      // The import goes on without us; an API that is being restarted is back soon.
      failures += 1;
      if (isFinal(error) || (failures > MOST_FAILURES && !watch)) throw notFollowed(session, id, error);
      if (failures === 1) display.note('The API does not answer. The import goes on; trying again …');
      await sleep(retryAfterMs);
      continue;
    }
    display.update(view);
    if (isResting(view.status)) return view;
    await sleep(POLL_MS);
  }
}

/** Whether asking again would bring the same answer. */
export const isFinal = (error: unknown): boolean =>
  error instanceof CliError && error.answer !== undefined && error.answer.status < 500 && error.answer.status !== 429;

function goesOn({ commandLine }: Session, ids: readonly string[]): string {
  const commands = ids.map((id) => commandLine(`status ${shortId(id)}`));
  return commands.length === 1
    ? `It goes on; look: ${commands[0]}\n`
    : `They go on; look:\n${commands.map((command) => `  ${command}\n`).join('')}`;
}

const notFollowed = ({ commandLine }: Session, id: string, error: unknown): CliError =>
  new CliError(
    `${error instanceof Error ? error.message : String(error)}\n` +
      `The import goes on without this command. Look at it later: ${commandLine(`status ${shortId(id)}`)}`,
  );
