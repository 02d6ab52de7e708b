import type { Channel } from '../contract/invitation';
import type { Pace } from '../contract/import';
import type { InvitationSender } from '../providers/sender';
import type { Store } from '../store/index';

/** What to do with a send whose fate the provider could not tell. */
export type SettlePolicy = 'never-twice' | 'resend-after-settle';

/** What the steps are made of. Each takes the part it needs. */
export interface ActivityDeps {
  store: Store;
  senders: Record<Channel, InvitationSender>;
  settings: {
    pace: Pace;
    maxRows: number;
    /** The token of an invitation is appended to it. */
    invitationUrl: string;
    concurrency: Record<Channel, number>;
    policy: Record<Channel, SettlePolicy>;
    /** A claim older than this, in milliseconds, is too old to be sent on: half of a provider's deadline. */
    fenceMs: number;
  };
}
