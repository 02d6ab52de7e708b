import { CHANNELS } from '../../contract/invitation';
import { invitationLines } from '../../contract/snapshot';
import type { ImportPass } from '../../contract/snapshot';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { StoredSnapshot } from '../../store/imports/snapshots';
import type { ActivityDeps } from '../deps';
import { importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { createRowWriter, joinNewPeople } from '../people/write-people';
import type { NewPeople } from '../people/write-people';
import { createPlanner } from '../planning/plan-import';
import type { Planned } from '../planning/plan-import';
import { followUp } from '../sending/follow-up';
import { showSchedule } from '../show-schedule';
import { findStored, hasWaiting, isRejected, toSnapshot } from '../take-snapshot';
import { createCloser } from './close-import';
import { createSenderAtOnce } from './send-at-once';
import type { FirstMessages } from './send-at-once';

/**
 * Takes an import as far as it goes at once: plans it, writes its people, sends the invitations of both channels, and closes it. A
 * file in which nothing has to wait takes no other step. What has to wait is left to the steps for it: an approval, a team, sends in
 * doubt, a busy provider, a pause; and of a file of several pages everything but the plan. Idempotent, as each of its parts is. Throws
 * `ImportNotFound`.
 */
export function createImportRows(deps: ActivityDeps) {
  const { store, settings } = deps;
  const ensurePlanned = createPlanner(deps);
  const writeRows = createRowWriter(deps);
  const atOnce = createSenderAtOnce(deps);
  const close = createCloser(deps);
  const chunkSize = settings.timing.createChunkRows;

  return ({ importId }: { importId: string }): Promise<ImportPass> =>
    withHeartbeat(async () => {
      const planned = await ensurePlanned(importId, { sendsFirst: true });
      const importDoc = planned?.importDoc ?? (await store.imports.find(importId));
      if (!importDoc) throw importNotFound(importId);
      const delays: ImportPass['delays'] = {};
      // The pages of a large file have steps of their own.
      const isPaged = planned ? planned.isPaged : await store.rows.isPaged(importId);
      if (!isPaged && !goesNoFurther(importDoc)) {
        const { held, messages } = planned ? await writeAll(planned) : await writePending(importId);
        const first = planned && held && { ...planned, claims: { id: importId }, isAll: true };
        Object.assign(
          delays,
          await (first
            ? atOnce.sendFirst(first, held, messages)
            : atOnce.sendStaged(importDoc, await store.invitations.find({ importId, states: ['pending'] }))),
        );
      }
      return { ...(await finish(importId)), timing: settings.timing, delays };
    });

  /**
   * Writes the rows that were staged just now. Returns them if their people were all new; of a single chunk with their messages, which
   * are composed while the database stores the people.
   */
  async function writeAll({ importDoc, organisation, rows, deadline: staged }: Planned): Promise<Written> {
    const pending = rows.filter(({ status }) => status === 'pending');
    const chunks: (NewPeople | null)[] = [];
    let messages: FirstMessages | undefined;
    const compose = async (people: NewPeople): Promise<void> => {
      messages = await atOnce.composeFirst({ organisation }, people);
    };
    const options = { holdsBack: true, ...(pending.length <= chunkSize && { meanwhile: compose }) };
    for (let i = 0; i < pending.length; i += chunkSize) {
      await beginChunk(importDoc._id, i > 0);
      const { chunk, deadline } = await asTheyAre(importDoc._id, pending.slice(i, i + chunkSize), staged);
      chunks.push(await writeRows(importDoc._id, chunk, deadline, options));
    }
    return { held: await joinNewPeople(store, importDoc._id, chunks), ...(messages && { messages }) };
  }

  /** Where they were staged a while ago, they are read again: the import may have been cancelled and closed since. */
  async function asTheyAre(
    importId: string,
    chunk: RowDoc[],
    staged: Deadline,
  ): Promise<{ chunk: RowDoc[]; deadline: Deadline }> {
    if (staged.remaining() > settings.stepFenceMs / 2) return { chunk, deadline: staged };
    const deadline = new Deadline(settings.stepFenceMs);
    const lines = chunk.map(({ row }) => row);
    return { chunk: await store.rows.findPending(importId, lines), deadline };
  }

  async function writePending(importId: string): Promise<Written> {
    // A step that has died may have left its claims behind it, even if it had finished all rows.
    await store.firstSends.closeImport(importId);
    for (let after = 0; ;) {
      await beginChunk(importId, after > 0);
      const deadline = new Deadline(settings.stepFenceMs);
      const pending = await store.rows.page(importId, { status: 'pending', after, limit: chunkSize });
      if (pending.length > 0) await writeRows(importId, pending, deadline);
      if (pending.length < chunkSize) return { held: null };
      after = pending.at(-1)!.row;
    }
  }

  /** A single chunk is written within milliseconds, too soon to show. */
  async function beginChunk(importId: string, isLater: boolean): Promise<void> {
    await deps.betweenParts();
    if (isLater) await store.imports.advance(importId, 'creating');
  }

  /** Closes the import if nothing is left to do. */
  async function finish(importId: string): Promise<Pick<ImportPass, 'snapshot' | 'isClosed'>> {
    const deadline = new Deadline(settings.stepFenceMs);
    let counted = await findStored(deps, importId);
    if (await followUp(deps, counted.importDoc, counted.snapshot)) counted = await findStored(deps, importId);
    const { stored, isClosed } = mustWait(counted)
      ? { stored: counted, isClosed: false }
      : await close(counted, deadline);
    const snapshot = toSnapshot(stored, settings);
    const inDoubt = CHANNELS.some((channel) => invitationLines(snapshot, channel, 'sending').length > 0);
    if (inDoubt) await store.imports.advance(importId, 'settling');
    return { snapshot: await showSchedule(deps, importId, snapshot), isClosed };
  }
}

interface Written {
  held: NewPeople | null;
  messages?: FirstMessages;
}

/** Its plan waits to be applied, staff have paused or cancelled it, or what it has sent is not known after a restore. */
const goesNoFurther = ({ status, pausedBy, restoredAt }: ImportDoc): boolean =>
  status === 'awaiting-approval' || pausedBy?.staff !== undefined || restoredAt !== undefined;

/** The teams of waiting rows are looked at once more: one may have become ready while the plan was made. */
const mustWait = ({ importDoc, snapshot }: StoredSnapshot): boolean =>
  goesNoFurther(importDoc) || isRejected(importDoc) || hasWaiting(snapshot);
