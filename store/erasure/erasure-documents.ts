import type { Sought } from '../../domain/erasure/sought';
import type { PersonKind } from '../../domain/person';

/** The erasure of one person. It stays as the proof that it was carried out, and then holds ids and counts alone. */
export interface ErasureDoc {
  /** Id of the person. */
  _id: string;
  organisationId: string;
  kind: PersonKind;
  requestedAt: Date;
  /** What the traces are found by. Personal data: it goes once they are removed, and every file from before is read. */
  sought?: Sought;
  /** The rows that were about the person. */
  rowIds: string[];
  /** The imports whose files named the person, or could not be searched. */
  importIds: string[];
  /** The imports and uploads whose files have names that name the person. */
  namedImportIds: string[];
  namedBatchIds: string[];
  /** Set once no trace is left and no message to the person can be sent any more. */
  erasedAt?: Date;
  invitations?: number;
  /** Nothing is left to do but for files that are not read yet. */
  waits?: true;
  /** When to go on, or to look once more; absent once nothing can be left. */
  checkAt?: Date;
}

/** The marks of an import that has lost some of its data on purpose. */
export interface RemovedFields {
  /** The people who were erased while its file was not read: what it has about them is erased as it is read. */
  erasures?: string[];
  /** The lines of people who were erased. Senders look at it between their claim and their request. */
  erasedRows?: number[];
  /** When the bytes of its file were removed: they named an erased person, or were kept for long enough. */
  fileRemovedAt?: Date;
  /** What has been kept for long enough: its file, or its rows too. */
  expired?: 'file' | 'rows';
}

/** The mark of a row whose cells were removed. */
export interface ErasedRow {
  at: Date;
  /** Of the person; absent for a row that never was one. */
  kind?: PersonKind;
}
