import type { Logger } from '../../platform/logger';
import type { Store } from '../../store/index';
import type { ImportService } from './import-service';

export interface WakeDeps {
  store: Pick<Store, 'rows' | 'imports' | 'organisations'>;
  service: ImportService;
  log: Logger;
}

/** A sweep tells an import no more often than this: where no worker listens, the signals would pile up. */
const WAKE_EVERY_MS = 30_000;

/**
 * Tells the imports with rows that wait for these teams to look at them again. Called the moment a team may have become
 * ready; it never throws, since the sweep finds what it has missed.
 */
export const wakeWaiting = (deps: WakeDeps, organisationId: string, teamIds: string[]): Promise<void> =>
  wake(deps, organisationId, teamIds, new Date(Date.now() + WAKE_EVERY_MS)).catch((error: unknown) =>
    deps.log.warn({ error: String(error) }, 'waiting rows are left to the sweep'),
  );

/** The same for all organisations, for teams that are ready while rows still wait for them. */
export async function wakeOverlooked(deps: WakeDeps): Promise<void> {
  const waitedFor = new Map<string, string[]>();
  for (const { organisationId, teamId } of await deps.store.rows.teamsWaitedFor()) {
    waitedFor.set(organisationId, [...(waitedFor.get(organisationId) ?? []), teamId]);
  }
  for (const [organisationId, teamIds] of waitedFor) {
    const teams = await deps.store.organisations.teams(organisationId);
    const ready = teams.filter(({ id, activeStaff }) => activeStaff && teamIds.includes(id)).map(({ id }) => id);
    if (ready.length > 0) await wake(deps, organisationId, ready, new Date(Date.now() - WAKE_EVERY_MS));
  }
}

async function wake(
  { store, service }: WakeDeps,
  organisationId: string,
  teamIds: string[],
  wokenBefore: Date,
): Promise<void> {
  const importIds = await store.rows.importsWaitingFor(organisationId, teamIds);
  const imports = await store.imports.wakeableAmong(importIds, wokenBefore);
  await store.imports.noteWoken(imports.map(({ _id }) => _id));
  await Promise.all(imports.map((importDoc) => service.refresh(importDoc)));
}
