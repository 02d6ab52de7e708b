import { deriveStatus } from '../../contract/progress';
import { isFinal } from '../../contract/import-status';
import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { ImportService } from './import-service';

export interface OutboxDeps {
  store: Pick<Store, 'outbox' | 'progress'>;
  service: Pick<ImportService, 'start' | 'refresh' | 'refreshIfRunning'>;
}

/** A request has changed an import: its workflow should hear of it now. */
export type Outbox = Pick<Repeating, 'poke'>;

const EVERY_MS = 1_000;
const AT_ONCE = 20;

/**
 * Signals the workflows whose imports are marked, and starts those that are missing. Several processes may do so at once.
 * A change and its mark are one write, so a crash at any point delays a signal by a few seconds and loses none.
 */
export const startOutbox = (deps: OutboxDeps, log: Logger): Repeating =>
  repeat(() => deliver(deps), EVERY_MS, log, 'the outbox');

/** One round: all that is due. Throws where Temporal or the database is away; what was not signalled is due again soon. */
export async function deliver({ store, service }: OutboxDeps): Promise<void> {
  await forAll(store.outbox.takeSignal, async (importDoc) => {
    await signal(importDoc);
    await store.outbox.clearSignal(importDoc);
  });
  await forAll(store.outbox.takeCheck, async (importDoc) => {
    // A start where the workflow runs leaves no event in its history, a signal does.
    if (await store.outbox.hasReadyRows(importDoc)) await service.refresh(importDoc);
    else await service.start(importDoc);
  });

  async function signal(importDoc: ImportDoc): Promise<void> {
    const { _id, status } = importDoc;
    // A new run closes by the counts. Where the import has ended, or they say something else by now, only a run that is
    // still open has to hear of the change.
    if (
      isFinal(status) ||
      (status === 'needs-attention' && deriveStatus(await store.progress.of(importDoc)) !== status)
    ) {
      await service.refreshIfRunning(_id);
    } else {
      await service.refresh(importDoc);
    }
  }
}

/** Handles what `take` gives, some at once, until it gives nothing more; throws the first failure of a batch at its end. */
async function forAll(take: () => Promise<ImportDoc | null>, handle: (importDoc: ImportDoc) => Promise<void>) {
  for (let isMore = true; isMore;) {
    const batch: ImportDoc[] = [];
    while (isMore && batch.length < AT_ONCE) {
      const importDoc = await take();
      if (importDoc) batch.push(importDoc);
      else isMore = false;
    }
    const results = await Promise.allSettled(batch.map(handle));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}
