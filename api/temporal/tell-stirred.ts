import type { Logger } from '../../platform/logger';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { ImportService } from './import-service';

export interface TellDeps {
  store: Pick<Store, 'corrections'>;
  service: ImportService;
  log: Logger;
}

/** Younger ones are still being told by the request that has changed them. */
const TOLD_WITHIN_MS = 4_000;
const AT_ONCE = 100;

/** Tells the workflow of an import what has changed outside of it. It never throws: the sweep does it where this could not. */
export async function tellStirred({ store, service, log }: TellDeps, importDoc: ImportDoc): Promise<void> {
  try {
    await service.refresh(importDoc);
    await store.corrections.noteTold(importDoc);
  } catch (error) {
    log.warn({ error: String(error) }, 'telling an import of a correction is left to the sweep');
  }
}

/** Tells those imports of which nobody has told their workflow: the request died, or Temporal was away. */
export async function tellOverlooked(deps: TellDeps & { store: Pick<Store, 'imports'> }): Promise<void> {
  for (let told = 0; told < AT_ONCE; told++) {
    const importDoc = await deps.store.imports.takeStirred(new Date(Date.now() - TOLD_WITHIN_MS));
    if (!importDoc) return;
    await tellStirred(deps, importDoc);
  }
}
