import type { RetryRequest } from '../../contract/messages';
import type { ControlAction } from '../http/api-client';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import type { BatchOutcome, BatchView } from '../http/views';
import { paintStatus } from '../output/colour';
import { COUNTS } from '../data/counts';
import { parseOutput, toJson, writeList } from '../data/formats';
import type { Output } from '../data/formats';
import { sentence, sentenceWidth } from '../output/table';
import { printable } from '../output/text';
import { formatBatch, formatTotals } from '../output/totals';
import { ACCEPTED, DONE } from './control-imports';
import { followImports } from './follow-imports';
import { assertNamesSomebody, formatCounts } from './invite-again';
import { saveFile } from './save-file';
import type { SaveOptions } from './save-file';
import type { Session } from './session';
import { followAndShow } from './show-import';
import type { ShowOptions } from './show-import';

export const BATCH_ACTIONS = ['status', 'report', 'failed-rows', 'pause', 'resume', 'cancel', 'retry'] as const;
export type BatchAction = (typeof BATCH_ACTIONS)[number];

export interface BatchOptions extends Omit<ShowOptions, 'output'>, SaveOptions, Omit<RetryRequest, 'rows'> {
  /** The report as a workbook. */
  xlsx?: true;
  /** Follows all files until they rest. */
  watch?: boolean;
}

/** Does one thing with all files of an upload. Resolves to the exit code. */
export async function actOnBatch(
  session: Session,
  id: string,
  action: BatchAction,
  options: BatchOptions,
): Promise<0 | 2> {
  const { api, out } = session;
  switch (action) {
    case 'status':
      return showBatch(session, id, options);
    case 'report':
      await saveFile(await api.downloadBatchReport(id, options.xlsx ? 'xlsx' : 'csv'), options, out);
      return 0;
    case 'failed-rows':
      return saveFailedRows(session, id, options);
    case 'retry':
      return retry(session, id, options);
    default:
      return control(session, id, action, options);
  }
}

/** All files of a batch, each in one sentence. */
async function showBatch(session: Session, id: string, { watch = false, output }: BatchOptions): Promise<0 | 2> {
  const form = formNamed(output);
  const { api, out, commandLine } = session;
  if (watch) await followImports(session, (await api.findBatch(id)).imports, { watch });
  const batch: BatchView = await api.findBatch(id);
  const { imports, rejected, rows, status } = batch;
  const exitCode = status === 'completed' ? 0 : 2;
  if (form === 'json') out.write(toJson(batch));
  if (form === 'csv') writeList(out, imports, COUNTS, form);
  if (form !== 'table') return exitCode;
  const wide = sentenceWidth(out);
  const lines = [
    sentence(formatBatch(batch), wide, 0, 2),
    ...imports.map((view) =>
      sentence(`${shortId(view.id)}  ${formatTotals(view, 0, paintStatus(view.status, out))}`, wide, 2, 4),
    ),
    ...rejected.map(({ fileName, problem }) =>
      sentence(`${printable(fileName)}: rejected. ${problem.detail}`, wide, 2, 4),
    ),
    `One file with its problems: ${commandLine('status <id>')}`,
    ...(rows.rejected + rows.cancelled > 0
      ? [`Rows to correct, as files: ${commandLine(`batch ${shortId(id)} failed-rows`)}`]
      : []),
  ];
  out.write(`\n${lines.join('\n')}\n`);
  return exitCode;
}

const formNamed = (output: string | undefined): Output =>
  parseOutput(output, 'To save a file, say which: report or failed-rows.');

/** Saves nothing, and succeeds, where no row has failed. */
async function saveFailedRows({ api, out, err }: Session, id: string, options: SaveOptions): Promise<0> {
  try {
    await saveFile(await api.downloadBatchFailedRows(id), options, out);
  } catch (error) {
    if (!(error instanceof CliError) || error.answer?.code !== 'no-failed-rows') throw error;
    err.write(`${error.message} There is nothing to correct.\n`);
  }
  return 0;
}

async function control(session: Session, id: string, action: ControlAction, { output }: BatchOptions): Promise<0 | 2> {
  const form = formNamed(output);
  const outcomes = await session.api.controlBatch(id, action);
  list(session, form, outcomes, ({ outcome }) => (outcome === 'in-effect' ? DONE : ACCEPTED)[action]);
  if (action === 'resume') return followAccepted(session, id, outcomes, { output: form });
  if (form !== 'table') await showBatch(session, id, { output: form });
  return 0;
}

async function retry(session: Session, id: string, options: BatchOptions): Promise<0 | 2> {
  const { all, channels, classes, includeUnconfirmed, warnings } = options;
  const form = formNamed(options.output);
  const request = {
    ...(all && { all }),
    ...(channels && { channels }),
    ...(classes && { classes }),
    ...(includeUnconfirmed && { includeUnconfirmed }),
  };
  assertNamesSomebody(session, `batch ${shortId(id)} retry`, request);
  const outcomes = await session.api.retryBatch(id, request);
  list(session, form, outcomes, ({ retrying }) => (retrying ? `Sending again: ${formatCounts(retrying)}.` : ''));
  return followAccepted(session, id, outcomes, { output: form, ...(warnings && { warnings }) });
}

/** Beside the results, where those are data. */
function list(
  { out, err }: Session,
  form: Output,
  outcomes: BatchOutcome[],
  accepted: (outcome: BatchOutcome) => string,
): void {
  for (const one of outcomes) {
    const sentence = one.refusal ? `refused. ${one.refusal.detail}` : accepted(one);
    (form === 'table' ? out : err).write(`${shortId(one.id)}  ${printable(one.fileName)}: ${sentence}\n`);
  }
}

/** As data, the whole batch is written, as it is once these files rest. */
async function followAccepted(
  session: Session,
  id: string,
  outcomes: BatchOutcome[],
  show: ShowOptions & { output: Output },
): Promise<0 | 2> {
  const accepted = outcomes.filter(({ refusal }) => !refusal);
  if (show.output === 'table') return followAndShow(session, accepted, show);
  await followImports(session, accepted);
  return showBatch(session, id, show);
}
