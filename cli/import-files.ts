import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RESTING_STATUSES } from '../contract/import';
import { CliError } from './api-client';
import type { AcceptedImport, ApiClient, ImportView } from './api-client';
import { showProgress } from './progress-bars';
import { findAttention, formatAttention, formatTotals } from './report';

const POLL_MS = 150;
/** How many times in a row, a second apart, the API may fail to answer. */
const PATIENCE = 20;

export interface Terminal {
  /** Results. */
  out: NodeJS.WriteStream;
  /** Progress. */
  err: NodeJS.WriteStream;
}

/** Uploads the files, shows their progress, then what needs attention. Resolves to the exit code: 0 all good, 2 with problems. */
export async function importFiles(api: ApiClient, paths: string[], { out, err }: Terminal): Promise<0 | 2> {
  const accepted: AcceptedImport[] = [];
  let refused = 0;
  for (const path of paths) {
    try {
      accepted.push(await api.upload(path));
    } catch (error) {
      if (!(error instanceof CliError) || !error.aboutFile) throw error;
      refused += 1;
      out.write(`\n${basename(path)}: refused. ${error.message}\n`);
    }
  }
  if (accepted.length === 0) return 2;

  const display = showProgress(new Map(accepted.map(({ id, fileName }) => [id, fileName])), err);
  let views: ImportView[];
  try {
    views = await Promise.all(accepted.map((one) => follow(api, one, (view) => display.update(view))));
  } finally {
    display.stop();
  }

  for (const view of views) {
    out.write(`\n${formatTotals(view)}\n`);
    const attention = await findAttention(api, view);
    if (attention.length > 0) out.write(`\n${formatAttention(attention, out.columns ?? 120)}\n`);
    out.write(`\n  In the Temporal UI: ${view.links.temporalUi}\n`);
  }
  return refused === 0 && views.every(({ status }) => status === 'completed') ? 0 : 2;
}

async function follow(
  api: ApiClient,
  { id }: AcceptedImport,
  onChange: (view: ImportView) => void,
): Promise<ImportView> {
  let unreached = 0;
  for (;;) {
    let view: ImportView;
    try {
      view = await api.status(id);
      unreached = 0;
    } catch (error) {
      // The import goes on without us; an API that is being restarted is back soon.
      unreached += 1;
      if (unreached > PATIENCE) throw error;
      await pause(1_000);
      continue;
    }
    onChange(view);
    if (RESTING_STATUSES.includes(view.status)) return view;
    await pause(POLL_MS);
  }
}
