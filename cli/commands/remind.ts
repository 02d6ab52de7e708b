import type { Channel } from '../../contract/invitation';
import { followImports } from './follow-imports';
import { countOf } from '../output/text';
import type { Session } from './session';
import { showImport } from './show-import';
import type { ShowOptions } from './show-import';

export interface RemindOptions extends ShowOptions {
  rows?: number[];
  channels?: Channel[];
}

/** Has invitations sent once more that were not accepted, and follows them. */
export async function remind(session: Session, id: string, options: RemindOptions): Promise<0 | 2> {
  const { api, err } = session;
  const { rows, channels, ...show } = options;
  const { fileName } = await api.find(id);
  const { email, sms } = await api.remind(id, { ...(rows && { rows }), ...(channels && { channels }) });
  err.write(`Sending again, each with a new link: ${countOf(email, 'e-mail')}, ${sms} SMS.\n`);
  const [view] = await followImports(session, [{ id, fileName }]);
  return showImport(session, view!, show);
}
