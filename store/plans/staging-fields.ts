/** Of an import with a long file, while its rows are being staged, or are to be staged again. */
export interface StagingFields {
  /** The attempt that may write, and the line that it has come to. Until it is gone, the rows are no plan. */
  staging?: { id: string; line: number };
}
