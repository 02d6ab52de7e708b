import type { Channel, InvitationState } from '../../contract/invitation';
import { problemsOfRows, isError } from '../output/listed-problems';
import { formatProblems, terminalWidth } from '../output/problem-table';
import { CliError } from '../http/cli-error';
import { followImports } from './follow-imports';
import type { Session } from './session';
import type { RowView } from '../http/views';

/** What is typed in place of what stands in the cells of a row. */
export interface RowCorrection {
  firstName?: string;
  lastName?: string;
  email?: string;
  mobile?: string;
  company?: string;
  role?: string;
  group?: string;
  teams?: string;
}

/** Corrects one row of an import in place, follows what comes of it, and shows how the row stands then. */
export async function correctRow(session: Session, id: string, line: number, changes: RowCorrection): Promise<0 | 2> {
  const { api, commandLine, err, out } = session;
  if (Object.keys(changes).length === 0) {
    throw new CliError(
      `What is to be corrected in row ${line}? Name it as in: ${commandLine(`correct ${id} ${line} --email ann@example.com`)}`,
    );
  }
  const { fileName } = await api.find(id);
  const isCorrected = await api.correct(id, line, changes);
  if (isCorrected) await followImports(session, [{ id, fileName }]);
  else err.write('The row stood like this already, so nothing is done. This is how it stands.\n');
  const row = await api.row(id, line);
  const found = problemsOfRows([row]);
  const findings = formatProblems([], found, { listRowWarnings: true, width: terminalWidth(out) });
  out.write(`\n${[formatRow(row), ...findings].join('\n\n')}\n`);
  return found.some(isError) || isUnfinished(row) ? 2 : 0;
}

const CHANNEL_NAMES = { email: 'invitation by e-mail', sms: 'invitation by SMS' } as const satisfies Record<
  Channel,
  string
>;

const formatRow = ({ row, status, invitations }: RowView): string =>
  `Row ${row}: ${[status, ...invitations.map(({ channel, state }) => `${CHANNEL_NAMES[channel]} ${state}`)].join(', ')}.`;

const UNDER_WAY: readonly InvitationState[] = ['pending', 'sending'];

/** An import that is held back rests with things left to do. */
const isUnfinished = ({ status, invitations }: RowView): boolean =>
  status === 'pending' || status === 'waiting' || invitations.some(({ state }) => UNDER_WAY.includes(state));
