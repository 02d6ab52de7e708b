/** Lets one stream of events be opened once, in place of a key. */
export interface EventTicketDoc {
  /** SHA-256 of the ticket, hex; the ticket itself is not stored. */
  _id: string;
  /** Path of the stream that it opens. */
  stream: string;
  /** Who asked for it, as the API knows a caller: the stream is theirs. */
  caller: object;
  /** What the caller was let in by: the ticket ends with it. */
  credential: { hash?: string; expiresAt: Date | null };
  expiresAt: Date;
}
