import type { UndoOutcome } from '../../contract/undo/undo';

/** What became of a line, as an administrator reads it; `isDone` once the undo has come to it. */
export const undoSentence = (outcome: UndoOutcome, isDone: boolean): string =>
  outcome === 'undone' ? (isDone ? 'Undone' : 'To be undone') : TEXTS[outcome];

const TEXTS: Readonly<Record<Exclude<UndoOutcome, 'undone'>, string>> = {
  joined: 'Kept: the person has joined',
  'opted-out': 'Kept: the person wants no more messages, which a later import must know',
  'changed-since': 'Kept: somebody has changed the person since',
  'other-import': 'Kept: another import has changed or invited the person',
  'last-of-team': 'Kept: a client team would have no staff member',
  'not-recorded': 'Kept: the former values are not known any more',
  gone: 'Nothing to do: the person was removed before',
};
