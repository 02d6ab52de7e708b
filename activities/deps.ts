import type { Channel } from '../contract/invitation';
import type { Timing } from '../contract/import';
import type { SettlePolicy } from '../domain/invitations/settle';
import type { InvitationSender } from '../providers/sender';
import type { Store } from '../store/index';
import type { Breaker } from './sending/breaker';

/** What the steps are made of. Each takes the part it needs. */
export interface ActivityDeps {
  store: Store;
  senders: Record<Channel, InvitationSender>;
  /** One for each provider: it slows down what is sent to one that is down. */
  breakers: Record<Channel, Breaker>;
  settings: {
    timing: Timing;
    maxRows: number;
    /** The token of an invitation is appended to it. */
    invitationUrl: string;
    concurrency: Record<Channel, number>;
    policy: Record<Channel, SettlePolicy>;
    /** A claim older than this, in milliseconds, is too old to be sent on: half of a provider's deadline. */
    fenceMs: number;
    /** A step on the database that is older than this, in milliseconds, must not write: another may have taken over. */
    stepFenceMs: number;
  };
}
