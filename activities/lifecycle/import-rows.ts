import { isPaused } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import { invitationLines } from '../../contract/snapshot';
import type { ImportPass } from '../../contract/snapshot';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import { pausesOf } from '../../store/imports/pauses';
import type { StoredSnapshot } from '../../store/imports/snapshots';
import type { ActivityDeps } from '../deps';
import { importNotFound } from '../failures';
import { endIfCancelled, withHeartbeat } from '../heartbeat';
import { createRowWriter } from '../people/write-people';
import type { NewPeople } from '../people/write-people';
import { draftInvitations, finishRows, finishStaged } from '../people/stage-invitations';
import { createFirstLedger } from '../sending/first-ledger';
import type { FirstLedger } from '../sending/first-ledger';
import { createPlanner } from '../planning/plan-import';
import type { Planned } from '../planning/plan-import';
import { isRefusedAtNight, reopenInTheMorning } from '../sending/reopen-in-the-morning';
import { composeMessages } from '../sending/compose-messages';
import type { KnownForMessages } from '../sending/compose-messages';
import { createPendingSender } from '../sending/send-pending';
import { showSchedule } from '../show-schedule';
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
      const planned = await ensurePlanned(importId, { sendsFirst: true });
      const importDoc = planned?.importDoc ?? (await store.imports.find(importId));
      if (!importDoc) throw importNotFound(importId);
      const delays: ImportPass['delays'] = {};
      if (!goesNoFurther(importDoc)) {
        const held = planned ? await writeAll(planned) : await writePending(importId);
        Object.assign(delays, await (planned && held ? sendFirst(planned, held) : sendStaged(importDoc)));
      }
      return { ...(await finish(importId)), timing: settings.timing, delays };
    });

  /** Writes the rows that were staged just now: nobody can have changed them. Returns them if their people were all new. */
  async function writeAll({ importDoc, rows }: Planned): Promise<NewPeople | null> {
    const pending = rows.filter(({ status }) => status === 'pending');
    const chunks: (NewPeople | null)[] = [];
    for (let i = 0; i < pending.length; i += chunkSize) {
      await beginChunk(importDoc._id, i > 0);
      const deadline = new Deadline(settings.stepFenceMs);
      chunks.push(await writeRows(importDoc._id, pending.slice(i, i + chunkSize), deadline, { holdsBack: true }));
    }
    const held = chunks.filter((chunk) => chunk !== null);
    const all = {
      rows: held.flatMap((chunk) => chunk.rows),
      addressees: new Map(held.flatMap((chunk) => [...chunk.addressees])),
    };
    if (held.length === chunks.length) return all;
    await finishRows(store, importDoc._id, all.rows);
    return null;
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

  /**
   * Sends the first invitations of new people. Each is stored with its outcome, and those that were not sent after all others. Only
   * then the rows leave `pending`: until then no other import can invite these people, and a step after a crash takes over.
   */
  async function sendFirst(
    { importDoc, organisation }: Planned,
    { rows, addressees }: NewPeople,
  ): Promise<ImportPass['delays']> {
    const { _id: importId } = importDoc;
    const invitations = draftInvitations(rows);
    const ledger = createFirstLedger(store, importId, invitations);
    const pending = invitations.filter(({ state }) => state === 'pending');
    let delays: ImportPass['delays'];
    try {
      delays = await send(importDoc, pending, { known: { organisation, addressees }, ledger });
    } finally {
      await store.invitations.stage(ledger.unstored());
      await store.firstSends.end(importId);
      await finishStaged(store, importId, rows);
    }
    await endIfCancelled();
    return delays;
  }

  async function sendStaged(importDoc: ImportDoc): Promise<ImportPass['delays']> {
    return send(importDoc, await store.invitations.find({ importId: importDoc._id, states: ['pending'] }));
  }

  /** Sends on both channels at the same time. Returns for how long a channel has to wait for its provider, in milliseconds. */
  async function send(
    importDoc: ImportDoc,
    pending: InvitationDoc[],
    { known, ledger }: { known?: KnownForMessages; ledger?: FirstLedger } = {},
  ): Promise<ImportPass['delays']> {
    const importId = importDoc._id;
    await endIfCancelled();
    if (pending.length === 0) return {};
    const [composed] = await Promise.all([
      composeMessages(deps, pending, known),
      store.imports.advance(importId, 'inviting'),
    ]);
    const pauses = pausesOf(importDoc);
    const sends = CHANNELS.filter((channel) => !isPaused(pauses, channel)).map(async (channel) => {
      const onChannel = pending.filter((invitation) => invitation.channel === channel);
      if (onChannel.length === 0) return {};
      const stopReason = await sendPending(importDoc, channel, onChannel, {
        ...{ budgetMs: SEND_FOR_MS, composed, ledger },
        isFirst: ledger !== undefined,
      });
      return stopReason?.kind === 'busy' ? { [channel]: stopReason.retryAfterMs ?? DELAY_MS } : {};
    });
    // No failure of one channel ends the pass while the other still sends.
    await Promise.allSettled(sends);
    return Object.assign({}, ...(await Promise.all(sends))) as ImportPass['delays'];
  }

  /** Closes the import if nothing is left to do. */
  async function finish(importId: string): Promise<Pick<ImportPass, 'snapshot' | 'isClosed'>> {
    const deadline = new Deadline(settings.stepFenceMs);
    let counted = await findStored(deps, importId);
    if (isRefusedAtNight(counted.snapshot) && (await reopenInTheMorning(deps, counted.importDoc)))
      counted = await findStored(deps, importId);
    const { stored, isClosed } = mustWait(counted)
      ? { stored: counted, isClosed: false }
      : await close(counted, deadline);
    const snapshot = toSnapshot(stored, settings);
    const inDoubt = CHANNELS.some((channel) => invitationLines(snapshot, channel, 'sending').length > 0);
    if (inDoubt) await store.imports.advance(importId, 'settling');
    return { snapshot: await showSchedule(deps, importId, snapshot), isClosed };
  }
}

/** Its plan waits to be applied, staff have paused or cancelled it, or what it has sent is not known after a restore. */
const goesNoFurther = ({ status, pausedBy, restoredAt }: ImportDoc): boolean =>
  status === 'awaiting-approval' || pausedBy?.staff !== undefined || restoredAt !== undefined;

/** The teams of waiting rows are looked at once more: one may have become ready while the plan was made. */
const mustWait = ({ importDoc, snapshot }: StoredSnapshot): boolean =>
  goesNoFurther(importDoc) || isRejected(importDoc) || hasWaiting(snapshot);
