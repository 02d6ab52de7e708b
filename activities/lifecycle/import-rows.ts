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
import type { Written } from '../people/write-people';
import { createPlanner } from '../planning/plan-import';
import type { Planned } from '../planning/plan-import';
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
  const chunkSize = settings.timing.createChunkRows;

  return ({ importId }: { importId: string }): Promise<ImportPass> =>
    withHeartbeat(async () => {
      const planned = await ensurePlanned(importId);
      const importDoc = planned?.importDoc ?? (await store.imports.find(importId));
      if (!importDoc) throw importNotFound(importId);
      const delays: ImportPass['delays'] = {};
      if (!waitsForStaff(importDoc)) {
        const written = await (planned ? writeAll(planned) : writePending(importId));
        Object.assign(delays, await send(importDoc, written));
      }
      return { ...(await finish(importId)), timing: settings.timing, delays };
    });

  /** Writes the rows that were staged just now: nobody can have changed them. */
  async function writeAll({ importDoc, rows }: Planned): Promise<Written | null> {
    const pending = rows.filter(({ status }) => status === 'pending');
    const all: Written = { invitations: [], addressees: new Map() };
    let isKnown = true;
    for (let i = 0; i < pending.length; i += chunkSize) {
      await beginChunk(importDoc._id, i > 0);
      const chunk = pending.slice(i, i + chunkSize);
      const written = await writeRows(importDoc._id, chunk, new Deadline(settings.stepFenceMs));
      isKnown &&= written !== null;
      all.invitations.push(...(written?.invitations ?? []));
      written?.addressees.forEach((addressee, id) => all.addressees.set(id, addressee));
    }
    return isKnown ? all : null;
  }

  async function writePending(importId: string): Promise<null> {
    for (let after = 0; ;) {
      await beginChunk(importId, after > 0);
      const deadline = new Deadline(settings.stepFenceMs);
      const pending = await store.rows.page(importId, { status: 'pending', after, limit: chunkSize });
      if (pending.length > 0) await writeRows(importId, pending, deadline);
      if (pending.length < chunkSize) return null;
      after = pending.at(-1)!.row;
    }
  }

  /** A single chunk is written within milliseconds, too soon to show. */
  async function beginChunk(importId: string, isLater: boolean): Promise<void> {
    await endIfCancelled();
    if (isLater) await store.imports.advance(importId, 'creating');
  }

  /** Sends on both channels at the same time. Returns for how long a channel has to wait for its provider, in milliseconds. */
  async function send(importDoc: ImportDoc, written: Written | null): Promise<ImportPass['delays']> {
    const importId = importDoc._id;
    await endIfCancelled();
    const invitations = written?.invitations ?? (await store.invitations.find({ importId, states: ['pending'] }));
    const pending = invitations.filter(({ state }) => state === 'pending');
    if (pending.length === 0) return {};
    const [composed] = await Promise.all([
      composeMessages(deps, pending, written?.addressees),
      store.imports.advance(importId, 'inviting'),
    ]);
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
