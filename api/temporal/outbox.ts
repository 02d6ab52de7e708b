import { deriveStatus } from '../../contract/progress';
import { isFinal } from '../../contract/import-status';
import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { CommandTraces } from './command-traces';
import { drain } from './drain';
import type { ImportService } from './import-service';
import { startNotices } from './notice-outbox';
import { announce } from './webhook-outbox';
import type { WebhookOutboxDeps } from './webhook-outbox';

export interface OutboxDeps {
  store: Pick<Store, 'outbox' | 'progress'>;
  service: Pick<ImportService, 'start' | 'refresh' | 'refreshIfRunning'>;
  /** Traces what is done for an import; without it nothing is traced. */
  follow?: CommandTraces['follow'];
}

/** `poke` signals the workflow of a changed import now instead of in the next round. */
export type Outbox = Pick<Repeating, 'poke'>;

const EVERY_MS = 1_000;
const NOTICES_EVERY_MS = 10_000;

/**
 * Signals the workflows of marked imports, and starts missing ones. Several processes may run this at the same time. A
 * change and its mark are one write, so a crash delays a signal by a few seconds and loses none.
 */
export function startOutbox(deps: OutboxDeps & WebhookOutboxDeps, log: Logger): Repeating {
  const loops = [
    repeat(() => deliver(deps), EVERY_MS, log, 'the outbox'),
    repeat(() => announce(deps), EVERY_MS, log, 'the outbox of webhooks'),
  ];
  // Those that a process has made and not started: a file without a notice costs no look.
  const notices = repeat(() => startNotices(deps), NOTICES_EVERY_MS, log, 'the outbox of notices');
  return {
    poke: () => loops.forEach((loop) => loop.poke()),
    stop: async () => void (await Promise.all([...loops, notices].map((loop) => loop.stop()))),
  };
}

/** One round. Throws if Temporal or MongoDB is away; imports that were not signalled are due again soon. */
export async function deliver({ store, service, follow = (_importId, work) => work() }: OutboxDeps): Promise<void> {
  await drain(store.outbox.takeSignal, async (importDoc) => {
    await follow(importDoc._id, () => signal(importDoc));
    await store.outbox.clearSignal(importDoc);
  });
  await drain(store.outbox.takeCheck, async (importDoc) => {
    // To start a running workflow adds no event to its history, a signal does.
    if (await store.outbox.hasReadyRows(importDoc)) return service.refresh(importDoc);
    // Of the others it is checked that they have a run: as a rule nothing is started, which is no trace.
    if (importDoc.status !== 'queued') return service.start(importDoc);
    await follow(importDoc._id, () => service.start(importDoc));
    await store.outbox.putOff([importDoc._id]);
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
