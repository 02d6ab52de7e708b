/** A request with an `Idempotency-Key` that created imports, and the answer to its repetition. */
export interface IdempotencyKeyDoc {
  /** The organisation and the hash of the key. */
  _id: string;
  /** Hash of the whole request. */
  fingerprint: string;
  batchId: string;
  imports: { id: string; fileName: string }[];
  /** The document is removed a week later. */
  usedAt: Date;
}

/** An upload that is not an import yet. An old one belongs to a request that died. */
export interface PendingUploadDoc {
  /** Id of its future import. */
  _id: string;
  begunAt: Date;
  /** It is being removed and cannot become an import. */
  discarded?: true;
}
