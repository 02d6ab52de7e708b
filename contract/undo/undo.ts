/** What the undo of an import does, or has done, about one line that has created or changed a person. */
export const UNDO_OUTCOMES = [
  /** The person was removed, or has every former value again. */
  'undone',
  /** The person whom it created has joined. */
  'joined',
  /** The person wants no more messages, which only the person's own record tells a later import. */
  'opted-out',
  /** Somebody changed what the import had written. */
  'changed-since',
  /** Another import has changed or invited the person, or is about to. */
  'other-import',
  /** A client team would have no staff member without the person. */
  'last-of-team',
  /** What was there before is not known: by an older build, or the values were kept for long enough. */
  'not-recorded',
  /** The person was removed before. */
  'gone',
] as const;
export type UndoOutcome = (typeof UNDO_OUTCOMES)[number];

/** What the undo does with one line. */
export interface LineUndo {
  line: number;
  outcome: UndoOutcome;
  /** Fields of a changed person that stay as they are; the others have their former value. */
  keptFields: string[];
}
