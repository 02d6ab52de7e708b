import { setTimeout as sleep } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import { CliError } from '../http/cli-error';
import { showProgress } from '../output/progress-bars';
import type { Session } from './session';
import type { AcceptedImport, ImportView } from '../http/views';

const POLL_MS = 150;
const RETRY_AFTER_MS = 1_000;
/** Failures in a row after which an import is not followed any more. */
const MOST_FAILURES = 20;

/** Shows the progress of imports until each rests, and resolves to their views then. */
export async function followImports(session: Session, imports: readonly AcceptedImport[]): Promise<ImportView[]> {
  const display = showProgress(new Map(imports.map(({ id, fileName }) => [id, fileName])), session.err);
  try {
    return await Promise.all(imports.map(({ id }) => followImport(session, id, (view) => display.update(view))));
  } finally {
    display.stop();
  }
}

async function followImport(session: Session, id: string, onChange: (view: ImportView) => void): Promise<ImportView> {
  let failures = 0;
  for (;;) {
    let view: ImportView;
    try {
      view = await session.api.findImport(id);
      failures = 0;
    } catch (error) {
      // The import goes on without us; an API that is being restarted is back soon.
      failures += 1;
      if (isFinal(error) || failures > MOST_FAILURES) throw notFollowed(session, id, error);
      await sleep(RETRY_AFTER_MS);
      continue;
    }
    onChange(view);
    if (isResting(view.status)) return view;
    await sleep(POLL_MS);
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof CliError && error.answer !== undefined && error.answer.status < 500;

const notFollowed = ({ commandLine }: Session, id: string, error: unknown): CliError =>
  new CliError(
    `${error instanceof Error ? error.message : String(error)}\n` +
      `The import goes on without this command. Look at it later: ${commandLine(`status ${id}`)}`,
  );
