import type { Logger } from '../../platform/logger';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { ImportService } from './import-service';

/** Starts of workflows that a process has under way at once: more than these only wait for each other in Temporal's database. */
export const STARTS_AT_ONCE = 4;

/** How long the outbox leaves an import alone that waits for its turn, counted from when it was last told so. In milliseconds. */
const LEFT_ALONE_MS = 4_000;
const TELL_EVERY_MS = 2_000;

export interface StartDeps {
  store: { imports: Pick<Store['imports'], 'isOnlyOneUnderWay'>; outbox: Pick<Store['outbox'], 'putOff'> };
  service: Pick<ImportService, 'start'>;
  log: Logger;
  /** Carries out a start when it is the turn of the organisation. */
  starts: <T>(organisationId: string, start: () => Promise<T>) => Promise<T>;
}

/** Starts the workflows of the imports of one upload. Throws nothing: the outbox starts those that could not be started. */
export async function startImports(
  { store, service, log, starts }: StartDeps,
  imports: readonly ImportDoc[],
  tellEveryMs = TELL_EVERY_MS,
): Promise<void> {
  // One of many has its organisation's share of what the worker does.
  const goesFirst = imports.length === 1 && (await store.imports.isOnlyOneUnderWay(imports[0]!).catch(() => false));
  const ids = imports.map(({ _id }) => _id);
  const waiting = new Set(ids);
  let isFailing = false;
  const putOff = (these: readonly string[], forMs?: number): void =>
    void store.outbox
      .putOff(these, forMs)
      .catch((error: unknown) => log.warn({ error }, 'the outbox will check these soon'));
  // The outbox knows no turns: it would start twenty of them at once.
  const telling = setInterval(() => putOff([...waiting], LEFT_ALONE_MS), tellEveryMs);
  await Promise.all(
    imports.map((importDoc) =>
      starts(importDoc.organisationId, async () => {
        // The others would only take the turns of other uploads.
        if (isFailing) return;
        try {
          await service.start(importDoc, { goesFirst });
          waiting.delete(importDoc._id);
        } catch (error) {
          isFailing = true;
          clearInterval(telling);
          log.warn({ importId: importDoc._id, error }, 'the outbox will start this import and those behind it');
        }
      }),
    ),
  );
  clearInterval(telling);
  const started = ids.filter((id) => !waiting.has(id));
  // Not awaited: without it they are checked for nothing. One that goes first is planned before it would be.
  if (started.length > 0 && !goesFirst) putOff(started);
}
