import type { HoldAction } from '../http/api-client';
import { followImports } from './follow-imports';
import type { Session } from './session';
import { showImport } from './show-import';

const DONE: Readonly<Record<HoldAction, string>> = {
  pause: 'Held back: from now on no invitation is sent.',
  resume: 'Going on where it was held back.',
  cancel: 'Cancelled: from now on no invitation is sent. What was created and sent stays.',
};

/** Holds imports back, lets them go on, or ends them. Whoever lets one go on is shown how it ends. */
export async function controlImports(session: Session, action: HoldAction, ids: string[]): Promise<0 | 2> {
  const { api, out } = session;
  for (const id of ids) {
    await api.hold(id, action);
    out.write(`${id}  ${DONE[action]}\n`);
  }
  if (action !== 'resume') return 0;
  const imports = await Promise.all(ids.map((id) => api.find(id)));
  let exitCode: 0 | 2 = 0;
  for (const view of await followImports(session, imports)) {
    if ((await showImport(session, view, {})) !== 0) exitCode = 2;
  }
  return exitCode;
}
