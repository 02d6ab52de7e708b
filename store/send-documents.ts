import type { Channel } from '../contract/invitation';

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
