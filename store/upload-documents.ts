import type { ImportMode, OnExisting } from '../contract/import';
import type { Choices } from '../contract/question';

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

/** A file of an upload of which no import was made. */
export interface RejectedFile {
  /** Its place in the order of the upload, from 0. */
  position: number;
  fileName: string;
  bytes: number;
  code: 'file-too-large';
}

/** What an upload of several files has beside its imports. Most uploads have nothing, and no document. */
export interface BatchDoc {
  _id: string;
  organisationId: string;
  createdAt: Date;
  rejected: RejectedFile[];
}

export interface ImportOptions extends Choices {
  mode: ImportMode;
  strict: boolean;
  onExisting: OnExisting;
  /** As the upload named it, or an administrator afterwards; `null` to detect it. */
  encoding: string | null;
}
