import type { ImportSnapshot } from '../../contract/snapshot';
import type { ImportDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { isRefusedAtNight, reopenInTheMorning } from './times/reopen-in-the-morning';
import { followFirst } from './second-channel';

/**
 * Does what follows from the outcomes of sends without a person: opens again what was refused for the hour alone, and lets the second
 * channel follow the first. Returns whether the snapshot is outdated.
 */
export async function followUp(
  deps: Pick<ActivityDeps, 'store' | 'now'>,
  importDoc: ImportDoc,
  snapshot: Pick<ImportSnapshot, 'invitations'>,
): Promise<boolean> {
  // First, since a message that is opened again is no failed one.
  const reopened = isRefusedAtNight(snapshot) && (await reopenInTheMorning(deps, importDoc));
  const followed = await followFirst(deps, importDoc);
  return reopened || followed;
}
