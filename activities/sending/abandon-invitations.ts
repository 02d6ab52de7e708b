import type { ChannelRows, InvitationOutcome } from '../../contract/invitation';
import { parseRowSet } from '../../contract/row-set';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';
import { recordUnconfirmed } from './settle-invitations';

/** Gives up after a day without the provider: unsent invitations become `failed` and can be retried, those in doubt `unconfirmed`. */
export function createAbandonInvitations({ store, settings }: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId, channel, rows }: ChannelRows): Promise<InvitationOutcome[]> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      await store.ledger.endPending(importId, { channel, rows: lines }, 'failed', 'invitation.provider-unavailable');
      const inDoubt = await store.ledger.settleable(importId, channel, lines, settings.timing.settleWindowMs);
      await recordUnconfirmed(store, inDoubt);
      return store.invitations.outcomes({ importId, channel, rows: lines });
    });
}
