import { isPaused } from '../../contract/import';
import type { ChannelRows } from '../../contract/invitation';
import { parseRowSet } from '../../contract/row-set';
import { invitationLines, nextDueMs } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { pausesOf } from '../../store/imports/pauses';
import { importNotFound, providerBusy } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { showSchedule } from '../show-schedule';
import { takeSnapshot } from '../take-snapshot';
import { followUp } from './follow-up';
import { createPendingSender } from './send-pending';

/** How long a workflow of an older build is put off at a time, in milliseconds. */
const OLDER_BUILD_RETRY_MS = 60_000;

/**
 * Sends the pending invitations of a chunk. Idempotent, also for concurrent runs: the ledger decides what may be sent. Throws
 * `ProviderBusy` if the provider asks for a delay, or is down and the next probe is not due.
 */
export function createSendInvitations(deps: ActivityDeps) {
  const { store } = deps;
  const sendPending = createPendingSender(deps);

  return ({ importId, channel, rows, knowsDeferral, isPage }: ChannelRows): Promise<ImportSnapshot | null> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const [pending, importDoc] = await Promise.all([
        store.invitations.find({ importId, channel, rows: lines, states: ['pending'] }),
        store.imports.find(importId),
        store.imports.advance(importId, 'inviting'),
      ]);
      if (!importDoc) throw importNotFound(importId);
      const isHeld = isPaused(pausesOf(importDoc), channel);
      const stopReason = isHeld
        ? undefined
        : await sendPending(importDoc, channel, await store.restores.holdNew(importId, pending));
      if (stopReason?.kind === 'busy') throw providerBusy(stopReason.providerCode, stopReason.retryAfterMs);

      if (isPage) return null;
      let snapshot = await takeSnapshot(deps, importId);
      if (await followUp(deps, importDoc, snapshot)) snapshot = await takeSnapshot(deps, importId);
      if (invitationLines(snapshot, channel, 'sending').length > 0) await store.imports.advance(importId, 'settling');
      // A workflow of an older build would begin the step again at once.
      if (!knowsDeferral && !isHeld && isFinite(nextDueMs(snapshot, channel)) && nextDueMs(snapshot, channel) > 0)
        throw providerBusy('deferred', OLDER_BUILD_RETRY_MS);
      return showSchedule(deps, importId, snapshot);
    });
}
