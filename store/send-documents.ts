import type { Channel, InvitationState } from '../contract/invitation';
import type { ReportedFields } from '../domain/invitations/reduce-reports';
import type { PersonKind } from '../domain/person';
import type { Deferral } from '../domain/sending-times/sending-times';

export interface InvitationDoc extends ReportedFields {
  _id: string;
  organisationId: string;
  importId: string;
  row: number;
  channel: Channel;
  /** 1 for the first, one more for each retry, reminder or correction. */
  generation: number;
  /** True once a newer generation replaces it. */
  superseded: boolean;
  personId: string;
  personKind: PersonKind;
  /** Secret of the link in the message. */
  token: string;
  /** The latest claim; time by the database's clock. */
  attempt?: { id: string; claimedAt: Date };
  attempts: number;
  /** The request that opened this generation. */
  retryId?: string;
  /** The number of reminders up to this one; absent for none. */
  reminders?: number;
  /** When a due reminder was skipped because of an obstacle. */
  reminderSkippedAt?: Date;
  /** When the person's address was changed after it was sent. */
  readdressedAt?: Date;
  /** Why it is not sent yet, and until when, by this version of the schedule of its import. Of no account unless it is `pending`. */
  deferred?: Deferral & { schedule: number };
  /** When its person was erased: it is sent no more. */
  erasedAt?: Date;
  /** Its states in order; times by the database's clock. */
  trail: { state: InvitationState; at: Date }[];
  createdAt: Date;
  changedAt: Date;
}

/** First invitations of an import that one attempt has claimed before they are stored. */
export interface FirstClaim {
  attemptId: string;
  channel: Channel;
  rows: number[];
  /** The tokens of these rows one after another: all are of one length. */
  tokens: string;
  /** By the database's clock. */
  claimedAt: Date;
}

/**
 * The claims of the step that has planned an import, or that has begun one of its pages, by the id of the import or of the page, until
 * all its invitations are stored.
 */
export interface FirstSendsDoc {
  _id: string;
  /** Of a page: the attempt that has begun it, and no other may claim. */
  owner?: string;
  claims: FirstClaim[];
  /** Set by each pause and erasure, before it is confirmed: from then on a claim looks for them at the import. */
  isHeld?: true;
  /** Set once another step takes the import over. */
  isClosed?: true;
}

/** A provider that is down, by its channel. A provider that is up has no document. */
export interface ProviderHealthDoc {
  _id: Channel;
  openedAt: Date;
  /** When the next probe may be sent. */
  nextProbeAt: Date;
}

/** How far the rate of a channel is reserved, and the answer to the latest reservation. */
export interface SendRateDoc {
  _id: Channel;
  /** When the next send may begin; milliseconds since 1970, not rounded. */
  freeAt: number;
  beginsAt: number;
  isReserved: boolean;
  waitMs: number;
}
