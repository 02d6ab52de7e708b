import type { Channel } from '../contract/invitation';
import type { Timing } from '../contract/import';
import type { QuietHours } from '../contract/sending/schedule';
import type { SettlePolicy } from '../domain/invitations/settle';
import type { InvitationSender } from '../providers/sender';
import type { NoticeSender } from '../providers/sendgrid/notice-sender';
import type { WebhookSender } from '../providers/webhook-endpoints/webhook-sender';
import type { Store } from '../store/index';
import type { Precedence } from './lifecycle/precedence';
import type { Breaker } from './sending/breaker';
import type { RequestSlots } from './sending/request-slots';
import type { SendRate } from './sending/send-rate';

/** The dependencies of all activities; each takes the part it needs. */
export interface ActivityDeps {
  store: Store;
  senders: Record<Channel, InvitationSender>;
  breakers: Record<Channel, Breaker>;
  slots: Record<Channel, RequestSlots>;
  precedence: Precedence;
  /** Is awaited between two parts of a step, where nothing is claimed and no deadline runs. Throws where the step was cancelled. */
  betweenParts: () => Promise<void>;
  /** By which messages are due. */
  now: () => Date;
  /** Of the channels whose rate is limited. */
  rates: Partial<Record<Channel, SendRate>>;
  /** Posts to the endpoints of organisations. */
  sendWebhook: WebhookSender;
  /** Sends e-mails to administrators. */
  sendNotice: NoticeSender;
  settings: {
    timing: Timing;
    maxRows: number;
    /** Of organisations that have chosen none; `null` for no quiet hours. */
    quietHours: QuietHours | null;
    /** The link of an invitation is this URL followed by its token. */
    invitationUrl: string;
    /** Where an import is shown is this URL followed by its id. */
    pageUrl: string;
    /** Where an e-mail can be answered with an opt-out is this URL followed by the token of its invitation. */
    unsubscribeUrl: string;
    policy: Record<Channel, SettlePolicy>;
    /** Total time of one request to a provider, in milliseconds. */
    deadlineMs: number;
    /** Time from a claim until its requests may no longer begin, in milliseconds. */
    fenceMs: number;
    /** Time from the start of an activity to its last write, in milliseconds. Later, another attempt may run. */
    stepFenceMs: number;
  };
}
