import { Context } from '@temporalio/activity';
import { isPaused } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import { invitationLines } from '../../contract/snapshot';
import type { ImportPass } from '../../contract/snapshot';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc } from '../../store/documents';
import { pausesOf } from '../../store/imports/pauses';
import type { StoredSnapshot } from '../../store/imports/snapshots';
import type { ActivityDeps } from '../deps';
import { importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { createRowWriter } from '../people/write-people';
import { createPlanner } from '../planning/plan-import';
import { composeMessages } from '../sending/compose-messages';
import { createPendingSender } from '../sending/send-pending';
import { findStored, hasWaiting, isRejected, toSnapshot } from '../take-snapshot';
import { createCloser } from './close-import';

/** How long the pass begins requests. What is left then has a step for each channel, which shows what it is at. In milliseconds. */
const SEND_FOR_MS = 5_000;
/** Where a provider names no delay: that of the first retry of a step that sends. */
const DELAY_MS = 1_000;

/**
 * Takes an import as far as it goes at once: plans it, writes its people, sends the invitations of both channels, and closes it. A
 * file in which nothing has to wait takes no other step. What has to wait is left to the steps for it: an approval, a team, sends in
 * doubt, a busy provider, a pause. Idempotent, as each of its parts is. Throws `ImportNotFound`.
 */
export function createImportRows(deps: ActivityDeps) {
  const { store, settings } = deps;
  const ensurePlanned = createPlanner(deps);
  const writeRows = createRowWriter(deps);
  const sendPending = createPendingSender(deps);
  const close = createCloser(deps);

  return ({ importId }: { importId: string }): Promise<ImportPass> =>
    withHeartbeat(async () => {
      await ensurePlanned(importId);
      const importDoc = await store.imports.find(importId);
      if (!importDoc) throw importNotFound(importId);
      const delays: ImportPass['delays'] = {};
      if (!waitsForStaff(importDoc)) {
        await write(importId);
        Object.assign(delays, await send(importDoc));
      }
      return { ...(await finish(importId)), timing: settings.timing, delays };
    });

  async function write(importId: string): Promise<void> {
    let after = 0;
    for (;;) {
      await endIfCancelled();
      const deadline = new Deadline(settings.stepFenceMs);
      const limit = settings.timing.createChunkRows;
      const pending = await store.rows.page(importId, { status: 'pending', after, limit });
      if (pending.length === 0) return;
      await writeRows(importId, pending, deadline);
      if (pending.length < limit) return;
      // A single chunk is written within milliseconds.
      if (after === 0) await store.imports.advance(importId, 'creating');
      after = pending.at(-1)!.row;
    }
  }

  /** Sends on both channels at the same time. Returns for how long a channel has to wait for its provider, in milliseconds. */
  async function send(importDoc: ImportDoc): Promise<ImportPass['delays']> {
    const importId = importDoc._id;
    await endIfCancelled();
    const pending = await store.invitations.find({ importId, states: ['pending'] });
    if (pending.length === 0) return {};
    const [composed] = await Promise.all([composeMessages(deps, pending), store.imports.advance(importId, 'inviting')]);
    const pauses = pausesOf(importDoc);
    const sends = CHANNELS.filter((channel) => !isPaused(pauses, channel)).map(async (channel) => {
      const onChannel = pending.filter((invitation) => invitation.channel === channel);
      if (onChannel.length === 0) return {};
      const stopReason = await sendPending(importId, channel, onChannel, { budgetMs: SEND_FOR_MS, composed });
      return stopReason?.kind === 'busy' ? { [channel]: stopReason.retryAfterMs ?? DELAY_MS } : {};
    });
    // No failure of one channel ends the pass while the other still sends.
    await Promise.allSettled(sends);
    return Object.assign({}, ...(await Promise.all(sends))) as ImportPass['delays'];
  }

  /** Closes the import if nothing is left to do. */
  async function finish(importId: string): Promise<Pick<ImportPass, 'snapshot' | 'isClosed'>> {
    const deadline = new Deadline(settings.stepFenceMs);
    const counted = await findStored(store, importId);
    const { stored, isClosed } = mustWait(counted)
      ? { stored: counted, isClosed: false }
      : await close(counted, deadline);
    const snapshot = toSnapshot(stored, settings);
    const inDoubt = CHANNELS.some((channel) => invitationLines(snapshot, channel, 'sending').length > 0);
    if (inDoubt) await store.imports.advance(importId, 'settling');
    return { snapshot, isClosed };
  }
}

/** Its plan waits to be applied, or staff have paused or cancelled it. */
const waitsForStaff = ({ status, pausedBy }: ImportDoc): boolean =>
  status === 'awaiting-approval' || pausedBy?.staff !== undefined;

/** The teams of waiting rows are looked at once more: one may have become ready while the plan was made. */
const mustWait = ({ importDoc, snapshot }: StoredSnapshot): boolean =>
  waitsForStaff(importDoc) || isRejected(importDoc) || hasWaiting(snapshot);

async function endIfCancelled(): Promise<void> {
  const { cancellationSignal, cancelled } = Context.current();
  if (cancellationSignal.aborted) await cancelled;
}
