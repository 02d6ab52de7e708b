import type { ControlAction } from '../http/api-client';
import { shortId } from '../http/find-id';
import { untilStopped } from './on-stop';
import type { Session } from './session';
import { followAndShow, isData, writeImports } from './show-import';
import type { ShowOptions } from './show-import';

export const DONE: Readonly<Record<ControlAction, string>> = {
  pause: 'Paused: no invitation is sent until it is resumed.',
  resume: 'Resumed: it continues where it was paused.',
  cancel: 'Cancelled: no further invitation is sent. Created people and sent invitations stay.',
};

export const ACCEPTED: Readonly<Record<ControlAction, string>> = {
  pause: 'The pause is accepted: no further invitation is sent once what is under way has ended.',
  resume: DONE.resume,
  cancel: 'The cancellation is accepted: no further invitation is sent, and it ends once what is under way has ended.',
};

/**
 * Pauses, resumes or cancels imports. Resumed imports are followed, and decide the exit code. As data the imports are written as they
 * are then.
 */
export async function controlImports(
  session: Session,
  action: ControlAction,
  ids: string[],
  show: ShowOptions = {},
): Promise<0 | 2> {
  const { api } = session;
  const told = isData(show) ? session.err : session.out;
  for (const id of ids) {
    const stopped = `It is accepted, or about to be; look: ${session.commandLine(`status ${shortId(id)}`)}`;
    const isInEffect = await untilStopped(session, stopped, api.controlImport(id, action));
    told.write(`${shortId(id)}  ${isInEffect ? DONE[action] : ACCEPTED[action]}\n`);
  }
  if (action !== 'resume' && !isData(show)) return 0;
  const views = await Promise.all(ids.map((id) => api.findImport(id)));
  if (action === 'resume') return followAndShow(session, views, show);
  writeImports(session, views, show);
  return 0;
}
