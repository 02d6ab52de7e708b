import { deriveStatus } from '../../contract/progress';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { ImportService } from './import-service';

export interface TellReportedDeps {
  store: Pick<Store, 'reports' | 'progress'>;
  service: Pick<ImportService, 'refreshIfRunning' | 'refresh'>;
}

/** A workflow that has ended gets another run to take reports in, so as many as possible are to come together in one. */
const GATHER_MS = 5_000;

/**
 * Tells workflows that the providers have reported on their invitations, of a crowd of reports once. Throws where Temporal is away; then they are told the next time.
 */
export async function tellReported({ store, service }: TellReportedDeps): Promise<void> {
  const untold = await store.reports.untold();
  await Promise.all(untold.map((found) => tell(found)));

  async function tell(found: (typeof untold)[number]): Promise<void> {
    await store.reports.noteTold(found);
    if (await service.refreshIfRunning(found._id)) return;
    // Of a workflow that has ended nobody waits to hear of a delivery; what needs staff is to be among their workflows.
    if (found.status !== 'needs-attention') return;
    if (found.untoldMs < GATHER_MS) return store.reports.noteUntold(found);
    if (!(await wouldEndAlike(found))) return;
    try {
      await service.refresh(found);
    } catch (error) {
      await store.reports.noteUntold(found);
      throw error;
    }
  }

  /** Another run closes the books by the counts alone; what was decided otherwise, such as giving up, is to stand. */
  async function wouldEndAlike(importDoc: ImportDoc): Promise<boolean> {
    return deriveStatus(await store.progress.of(importDoc)) === importDoc.status;
  }
}
