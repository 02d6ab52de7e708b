import { setTimeout as sleep } from 'node:timers/promises';
import type { GivenCommand } from '../../contract/messages';
import type { ImportSnapshot } from '../../contract/snapshot';
import { CLOCK_GRAIN_MS } from '../../domain/invitations/windows';
import type { ActivityDeps } from '../deps';
import type { ImportDoc } from '../../store/documents';
import type { Command } from '../../store/imports/pauses';
import { nothingToPause } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { findStored, takeSnapshot } from '../take-snapshot';
import { whenGiven } from './given';

const CHECK_EVERY_MS = 50;

interface PauseInput {
  importId: string;
  /** Whether the import is to be cancelled, so that it cannot be resumed. */
  cancels?: boolean;
  command?: GivenCommand;
}

/**
 * Pauses all sends of an import. Returns once no request can begin: a claim from before the pause may not have seen it, so
 * the step waits until such claims are sent or too old to be sent. A command that was carried out before, or that a newer
 * resumption has overtaken, changes nothing. Throws `NothingToPause` for an import that has ended.
 */
export function createPauseImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId, cancels = false, command }: PauseInput): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const given = await whenGiven(command);
      const paused = await store.pauses.pause(importId, 'staff', cancels ? { cancels } : {}, given);
      if (!paused && !isDone((await findStored(store, importId)).importDoc, given)) throw nothingToPause();
      const lastBegin = settings.fenceMs + CLOCK_GRAIN_MS;
      while (await store.ledger.mayBegin(importId, lastBegin)) await sleep(CHECK_EVERY_MS);
      return takeSnapshot(deps, importId);
    });
}

/** Whether the command was carried out before, or a newer resumption has overtaken it. */
const isDone = ({ commands = [], resumedAt }: ImportDoc, { id, given }: Command): boolean =>
  (id !== undefined && commands.includes(id)) ||
  (given !== undefined && resumedAt !== undefined && resumedAt > given.notAfter);

/** Resumes an import, whether staff or a provider's rejection paused it. A pause that may be newer than the command stays. */
export function createResumeImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId, command }: Omit<PauseInput, 'cancels'>): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      await deps.store.pauses.resume(importId, await whenGiven(command));
      return takeSnapshot(deps, importId);
    });
}
