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
import { createCommandRecorder } from '../commands/record-command';

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
export function createPauseImport(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store, settings } = deps;
  const recorded = createCommandRecorder(deps);

  return (input: PauseInput): Promise<ImportSnapshot> =>
    withHeartbeat(() =>
      recorded(input.cancels ? 'cancelImport' : 'pauseImport', input, (given) => pause(input, given)),
    );

  async function pause({ importId, cancels = false }: PauseInput, given: Command): Promise<{ result: ImportSnapshot }> {
    const paused = await store.pauses.pause(importId, 'staff', cancels ? { cancels } : {}, given);
    if (!paused && !isDone((await findStored(deps, importId)).importDoc, given)) throw nothingToPause();
    const lastBegin = settings.fenceMs + CLOCK_GRAIN_MS;
    while (await store.ledger.mayBegin(importId, lastBegin)) await sleep(CHECK_EVERY_MS);
    return { result: await takeSnapshot(deps, importId) };
  }
}

/** Whether the command was carried out before, or a newer resumption has overtaken it. */
const isDone = ({ commands = [], resumedAt }: ImportDoc, { id, given }: Command): boolean =>
  isCarriedOut(commands, id) || (given !== undefined && resumedAt !== undefined && resumedAt > given.notAfter);

const isCarriedOut = (commands: readonly string[], id: string | undefined): boolean =>
  id !== undefined && commands.includes(id);

/** Resumes an import, whether staff or a provider's rejection paused it. A pause that may be newer than the command stays. */
export function createResumeImport(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store } = deps;
  const recorded = createCommandRecorder(deps);

  return (input: Omit<PauseInput, 'cancels'>): Promise<ImportSnapshot> =>
    withHeartbeat(() =>
      recorded('resumeImport', input, async (given) => {
        const { importId } = input;
        const isResumed =
          (await store.pauses.resume(importId, given)) !== null ||
          isCarriedOut((await findStored(deps, importId)).importDoc.commands ?? [], given.id);
        const result = await takeSnapshot(deps, importId);
        return isResumed ? { result } : { result, code: 'nothing-to-resume' };
      }),
    );
}
