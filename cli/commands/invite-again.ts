import type { RetryRequest } from '../../contract/messages';
import { followImports } from './follow-imports';
import { countOf } from '../output/text';
import type { Session } from './session';
import { showImport } from './show-import';
import type { ShowOptions } from './show-import';

export type RetryOptions = RetryRequest & ShowOptions;

/** Has failed invitations sent again, and follows them. */
export async function retryInvitations(session: Session, id: string, options: RetryOptions): Promise<0 | 2> {
  const { api, err } = session;
  const { warnings, ...request } = options;
  const { fileName } = await api.find(id);
  const { email, sms } = await api.retry(id, request);
  err.write(`Sending again: ${countOf(email, 'e-mail')}, ${sms} SMS.\n`);
  const [view] = await followImports(session, [{ id, fileName }]);
  return showImport(session, view!, warnings ? { warnings } : {});
}
