import type { UndoOutcome } from '../../contract/undo/undo';
import type { OverwrittenField } from '../../domain/undo/overwritten';

/** Of an import. */
export interface UndoRequestFields {
  /** The undo that an administrator has asked for, by the hash of its plan. */
  undo?: { planHash: string; requestedAt: Date };
}

/** Of a row. */
export interface UndoneFields {
  /** What the undo of its import has done about it; fields of a changed person by name. */
  undo?: { outcome: UndoOutcome; keptFields: string[] };
}

/** Of a person. */
export interface OverwrittenFields {
  /** What rows of imports have replaced, the oldest first. */
  overwritten?: OverwrittenField[];
}
