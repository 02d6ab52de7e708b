import type { Channel, InvitationState } from '../../contract/invitation';
import type { PlannedAction } from '../../contract/row-plan';
import { isError, problemsOfRows } from '../output/listed-problems';
import { formatProblems } from '../output/problem-table';
import { terminalWidth } from '../output/table';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import { ROW_COLUMNS } from '../data/row-columns';
import { toJson, writeList } from '../data/formats';
import type { Output } from '../data/formats';
import { followImports } from './follow-imports';
import type { Session } from './session';
import type { RowCorrection, RowView } from '../http/views';

/** Corrects one row of an import in place, follows the import, and shows the row. Resolves to the exit code. */
export async function correctRow(
  session: Session,
  id: string,
  line: number,
  correction: RowCorrection,
  output: Output = 'table',
): Promise<0 | 2> {
  const { api, commandLine, err, out } = session;
  if (Object.keys(correction).length === 0) {
    throw new CliError(
      `No correction of row ${line} is given. Give one, such as: ${commandLine(`correct ${shortId(id)} ${line} --email ann@example.com`)}`,
    );
  }
  const importDoc = await api.findImport(id);
  let { status } = importDoc;
  if (await api.correctRow(id, line, correction)) [{ status } = importDoc] = await followImports(session, [importDoc]);
  else err.write('The row has these values already, so nothing is changed. The row now:\n');
  const row = await api.findRow(id, line);
  const problems = problemsOfRows([row]);
  const exitCode = problems.some(isError) || isUnfinished(row) ? 2 : 0;
  if (output === 'json') out.write(toJson(row));
  if (output === 'csv') writeList(out, [row], ROW_COLUMNS, output);
  if (output !== 'table') return exitCode;
  const toSeeAll = commandLine(`status ${shortId(id)} --all`);
  const tables = formatProblems([], problems, {
    listRowWarnings: true,
    width: terminalWidth(out),
    all: true,
    toSeeAll,
  });
  const isPlanned = status === 'awaiting-approval';
  out.write(`\n${[isPlanned ? formatPlanned(row) : formatRow(row), ...tables].join('\n\n')}\n`);
  if (isPlanned)
    out.write(`\nThe plan to apply is another one with it. To see it: ${commandLine(`status ${shortId(id)}`)}\n`);
  return exitCode;
}

const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  email: 'invitation by e-mail',
  sms: 'invitation by SMS',
};

const formatRow = ({ row, status, invitations }: RowView): string =>
  `Row ${row}: ${[status, ...invitations.map(({ channel, state }) => `${CHANNEL_NAMES[channel]} ${state}`)].join(', ')}.`;

const PLANNED: Readonly<Record<PlannedAction, string>> = {
  create: 'will be created',
  update: 'will be changed',
  unchanged: 'stays as it is',
  skip: 'will be skipped',
  ignore: 'is put aside',
  wait: 'will wait for active staff in its team',
  reject: 'will be rejected',
};

const formatPlanned = ({ row, plan }: RowView): string => `Row ${row} ${PLANNED[plan.action]}.`;

const UNDER_WAY: readonly InvitationState[] = ['pending', 'sending'];

/** A paused import rests with rows and invitations unfinished. */
const isUnfinished = ({ status, invitations }: RowView): boolean =>
  status === 'pending' || status === 'waiting' || invitations.some(({ state }) => UNDER_WAY.includes(state));
