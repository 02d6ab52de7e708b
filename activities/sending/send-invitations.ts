import { isPaused } from '../../contract/import';
import type { ChannelRows } from '../../contract/invitation';
import { parseRowSet } from '../../contract/row-set';
import { invitationLines } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { providerBusy } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';
import { createPendingSender } from './send-pending';

/**
 * Sends the pending invitations of a chunk. Idempotent, also for concurrent runs: the ledger decides what may be sent. Throws
 * `ProviderBusy` if the provider asks for a delay, or is down and the next probe is not due.
 */
export function createSendInvitations(deps: ActivityDeps) {
  const { store } = deps;
  const sendPending = createPendingSender(deps);

  return ({ importId, channel, rows }: ChannelRows): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const [pending, pauses] = await Promise.all([
        store.invitations.find({ importId, channel, rows: lines, states: ['pending'] }),
        store.pauses.find(importId),
        store.imports.advance(importId, 'inviting'),
      ]);
      const stopReason = isPaused(pauses, channel)
        ? undefined
        : await sendPending(importId, channel, await store.restores.holdNew(importId, pending));
      if (stopReason?.kind === 'busy') throw providerBusy(stopReason.providerCode, stopReason.retryAfterMs);

      const snapshot = await takeSnapshot(deps, importId);
      if (invitationLines(snapshot, channel, 'sending').length > 0) await store.imports.advance(importId, 'settling');
      return snapshot;
    });
}
