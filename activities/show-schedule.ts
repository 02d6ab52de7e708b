import { isScheduled } from '../contract/snapshot';
import type { ImportSnapshot } from '../contract/snapshot';
import type { ActivityDeps } from './deps';

/** Shows an import as `scheduled` of which all that is left is sent later. Returns its snapshot with the status that it has then. */
export async function showSchedule(
  { store }: Pick<ActivityDeps, 'store'>,
  importId: string,
  snapshot: ImportSnapshot,
): Promise<ImportSnapshot> {
  if (!isScheduled(snapshot)) return snapshot;
  const status = await store.imports.advance(importId, 'scheduled');
  return status ? { ...snapshot, status } : snapshot;
}
