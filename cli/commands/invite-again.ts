import type { Channel } from '../../contract/invitation';
import { namesSomebody, problemOfAll } from '../../contract/messages';
import type { RetryRequest } from '../../contract/messages';
import { CliError } from '../http/cli-error';
import { shortId } from '../http/find-id';
import { countOf } from '../output/text';
import type { Session } from './session';
import { followAndShow } from './show-import';
import type { ShowOptions } from './show-import';

/** Sends failed invitations again and follows them. Resolves to the exit code. */
export async function retryInvitations(
  session: Session,
  id: string,
  request: RetryRequest,
  show: ShowOptions,
): Promise<0 | 2> {
  assertNamesSomebody(session, `retry ${shortId(id)}`, request);
  const importDoc = await session.api.findImport(id);
  const sent = await session.api.retryInvitations(id, request);
  session.err.write(`Sending again: ${formatCounts(sent)}.\n`);
  return followAndShow(session, [importDoc], show);
}

/** Reminds people who have not accepted their invitation, each with a new link, and follows the reminders. */
export async function remind(
  session: Session,
  id: string,
  selection: Pick<RetryRequest, 'all' | 'rows' | 'channels'>,
  show: ShowOptions,
): Promise<0 | 2> {
  assertNamesSomebody(session, `remind ${shortId(id)}`, selection);
  const importDoc = await session.api.findImport(id);
  const sent = await session.api.remind(id, selection);
  session.err.write(`Sending reminders, each with a new link: ${formatCounts(sent)}.\n`);
  return followAndShow(session, [importDoc], show);
}

/** What reaches many people is asked for in words. */
export function assertNamesSomebody({ commandLine }: Session, command: string, request: RetryRequest): void {
  const problem = problemOfAll(request);
  if (problem !== undefined) throw new CliError('Give either --all or --rows, not both.');
  if (namesSomebody(request)) return;
  throw new CliError(
    `Nothing was sent, because the command does not say whom it is for.\nFor all: ${commandLine(`${command} --all`)}\n` +
      `For some: ${commandLine(`${command} --rows 17,42`)}`,
  );
}

export const formatCounts = ({ email, sms }: Record<Channel, number>): string =>
  `${countOf(email, 'e-mail')}, ${sms} SMS`;
