import type { Channel } from '../../contract/invitation';
import type { RetryRequest } from '../../contract/messages';
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
  const importDoc = await session.api.findImport(id);
  const sent = await session.api.retryInvitations(id, request);
  session.err.write(`Sending again: ${formatCounts(sent)}.\n`);
  return followAndShow(session, [importDoc], show);
}

/** Reminds people who have not accepted their invitation, each with a new link, and follows the reminders. */
export async function remind(
  session: Session,
  id: string,
  selection: Pick<RetryRequest, 'rows' | 'channels'>,
  show: ShowOptions,
): Promise<0 | 2> {
  const importDoc = await session.api.findImport(id);
  const sent = await session.api.remind(id, selection);
  session.err.write(`Sending reminders, each with a new link: ${formatCounts(sent)}.\n`);
  return followAndShow(session, [importDoc], show);
}

const formatCounts = ({ email, sms }: Record<Channel, number>): string => `${countOf(email, 'e-mail')}, ${sms} SMS`;
