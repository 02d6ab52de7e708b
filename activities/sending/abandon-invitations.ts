import type { ChannelRows } from '../../contract/invitation';
import type { ImportSnapshot } from '../../contract/snapshot';
import { parseRowSet } from '../../contract/row-set';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';
import { recordUnconfirmed } from './settle-invitations';

/** Gives up after a day without the provider: unsent invitations become `failed` and can be retried, those in doubt `unconfirmed`. */
export function createAbandonInvitations(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId, channel, rows }: ChannelRows): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      await store.ledger.endPending(importId, { channel, rows: lines }, 'failed', 'invitation.provider-unavailable');
      const inDoubt = await store.ledger.findSettleable(importId, channel, lines, settings.timing.settleWindowMs);
      await recordUnconfirmed(store, inDoubt);
      return takeSnapshot(deps, importId);
    });
}
