import { setTimeout as pause } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import { CliError } from '../cli-error';
import { showProgress } from '../output/progress-bars';
import type { Session } from '../session';
import type { AcceptedImport, ImportView } from '../http/views';

const POLL_MS = 150;
/** How many times in a row, a second apart, the API may fail to answer. */
const PATIENCE = 20;

/** Shows the progress of imports until each rests, and resolves to how they stand then. */
export async function followImports(session: Session, imports: readonly AcceptedImport[]): Promise<ImportView[]> {
  const display = showProgress(new Map(imports.map(({ id, fileName }) => [id, fileName])), session.err);
  try {
    return await Promise.all(imports.map(({ id }) => follow(session, id, (view) => display.update(view))));
  } finally {
    display.stop();
  }
}

async function follow(session: Session, id: string, onChange: (view: ImportView) => void): Promise<ImportView> {
  let unreached = 0;
  for (;;) {
    let view: ImportView;
    try {
      view = await session.api.find(id);
      unreached = 0;
    } catch (error) {
      // The import goes on without us; an API that is being restarted is back soon.
      unreached += 1;
      if (isFinal(error) || unreached > PATIENCE) throw leftAlone(session, id, error);
      await pause(1_000);
      continue;
    }
    onChange(view);
    if (isResting(view.status)) return view;
    await pause(POLL_MS);
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof CliError && error.answer !== undefined && error.answer.status < 500;

const leftAlone = ({ commandLine }: Session, id: string, error: unknown): CliError =>
  new CliError(
    `${error instanceof Error ? error.message : String(error)}\n` +
      `The import goes on without this command. Look at it later: ${commandLine(`status ${id}`)}`,
  );
