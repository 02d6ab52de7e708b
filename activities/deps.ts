import type { Channel } from '../contract/invitation';
import type { Timing } from '../contract/import';
import type { SettlePolicy } from '../domain/invitations/settle';
import type { InvitationSender } from '../providers/sender';
import type { Store } from '../store/index';
import type { Breaker } from './sending/breaker';

/** What the steps need; each takes its part. */
export interface ActivityDeps {
  store: Store;
  senders: Record<Channel, InvitationSender>;
  /** Spare a provider that is down. */
  breakers: Record<Channel, Breaker>;
  settings: {
    timing: Timing;
    maxRows: number;
    /** The token of an invitation is appended to it. */
    invitationUrl: string;
    concurrency: Record<Channel, number>;
    policy: Record<Channel, SettlePolicy>;
    /** Total time of one request to a provider, in milliseconds. */
    deadlineMs: number;
    /** Time from a claim to the last moment at which its requests may begin, in milliseconds. */
    fenceMs: number;
    /** Time from the beginning of a step to its last write, in milliseconds: then another may have taken over. */
    stepFenceMs: number;
  };
}
