import type { NoticeAddress } from '../../contract/notices/notices';
import type { ImportStatus } from '../../contract/import-status';
import type { DeliveryFailure, DeliveryState, WebhookEvent } from '../../contract/webhooks/webhooks';

/** A status of an import of which its organisation has not been told yet. */
export interface UnannouncedStatus {
  /** 1 for the first status in which the import rested, one more for each change to another. */
  sequence: number;
  status: ImportStatus;
  at: Date;
}

/** The marks of an import by which its organisation is told of it. */
export interface AnnouncedFields {
  /** Where an administrator is told of it by e-mail; absent for nowhere. */
  notify?: NoticeAddress;
  unannounced?: UnannouncedStatus[];
  /** The sequence of the latest status in which it rested. */
  restSequence?: number;
}

/** Where an organisation wants to be told of its imports. */
export interface WebhookEndpointDoc {
  _id: string;
  organisationId: string;
  url: string;
  description: string;
  /** Those that it gets; absent for all, of today and of later builds. */
  events?: WebhookEvent[];
  isEnabled: boolean;
  /** Absent where an administrator has disabled it. */
  disabledBy?: 'gone';
  /**
   * Sign what is sent, the newest first. They are sealed in the database, since a signature cannot be made from a hash. An older one
   * counts until `until`.
   */
  secrets: { secret: string; until?: Date }[];
  createdAt: Date;
}

export interface WebhookAttempt {
  at: Date;
  /** Of the answer; `null` without one. */
  status: number | null;
  /** A short code of the reason why there was no answer, never a text of the other side. */
  error: string | null;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** One event for one endpoint. */
export interface WebhookDeliveryDoc {
  /** Follows from endpoint and event, so that no event becomes two deliveries. */
  _id: string;
  organisationId: string;
  endpointId: string;
  /** The header `webhook-id`: the same for all attempts, by which receivers recognise a repetition. */
  eventId: string;
  event: WebhookEvent;
  /** What is sent, exactly: JSON without personal data. */
  body: string;
  state: DeliveryState;
  failure?: DeliveryFailure;
  round: number;
  /** The newest attempts. */
  attempts: WebhookAttempt[];
  attemptCount: number;
  createdAt: Date;
  /** When to start its workflow, or to check that it runs; absent once it has ended. */
  startAt?: Date;
}
