export const IMPORT_STATUSES = [
  'queued',
  'planning',
  /** A preview: nothing is created or sent until its plan is applied, and after a while it expires. */
  'awaiting-approval',
  'creating',
  'inviting',
  /** Some sends are in doubt, until the provider can be asked. */
  'settling',
  /** All that is left to send has its time: a chosen one, the morning of the recipient, or the next turn of a spread. */
  'scheduled',
  /** Only rows whose client team has no active staff are left; they are applied once it has. */
  'waiting',
  'completed',
  /** Ended, but some rows were rejected or some people could not be invited. */
  'completed-with-problems',
  /** Some invitations failed; the workflow stays open for a retry. */
  'needs-attention',
  /** Staff, or a provider that rejects the account, have paused sends. */
  'paused',
  'cancelled',
  /** Its people are being removed, and get their former values back. */
  'undoing',
  /** Ended: undone as far as that was possible. */
  'undone',
  /** The file as a whole was rejected or could not be processed. */
  'failed',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

const oneOf =
  (...statuses: ImportStatus[]) =>
  (status: ImportStatus): boolean =>
    statuses.includes(status);

/** The import has ended, unless it is reopened. */
export const isFinal = oneOf('completed', 'completed-with-problems', 'cancelled', 'failed', 'undone');

/** The import waits for a person, or for a time. */
export const isResting = (status: ImportStatus): boolean =>
  isFinal(status) || oneOf('awaiting-approval', 'scheduled', 'waiting', 'needs-attention', 'paused')(status);

/** Its organisation is told, and it is counted as done or as somebody's task: it does not go on by itself at a set time. */
export const hasComeToRest = (status: ImportStatus): boolean => isResting(status) && status !== 'scheduled';

export const canPause = oneOf(
  ...(['queued', 'planning', 'creating', 'inviting', 'settling', 'scheduled', 'paused', 'waiting'] as const),
);

/** An undo that has begun is carried out to its end. */
export const isUndone = oneOf('undoing', 'undone');

export const canCancel = (status: ImportStatus): boolean => !isFinal(status) && !isUndone(status);

/** It may have created or changed people, which can be undone. */
export const canUndo = oneOf(
  ...(['creating', 'inviting', 'settling', 'scheduled', 'waiting', 'paused', 'needs-attention'] as const),
  ...(['completed', 'completed-with-problems', 'cancelled', 'failed'] as const),
);

/** Staff may correct its rows. */
export const canCorrect = oneOf(
  ...(['planning', 'creating', 'inviting', 'settling', 'scheduled', 'waiting', 'paused'] as const),
  ...(['completed', 'completed-with-problems', 'needs-attention'] as const),
);

/** Its accepted invitations may be sent again; a paused import sends no reminders. */
export const canRemind = oneOf(
  ...(['creating', 'inviting', 'settling', 'scheduled', 'waiting'] as const),
  ...(['completed', 'completed-with-problems', 'needs-attention'] as const),
);

/** Its status follows from its counts alone. */
export const followsCounts = oneOf('completed', 'completed-with-problems', 'needs-attention');

/** A workflow may be counting it in order to close it. */
export const mayBeClosing = (status: ImportStatus): boolean =>
  followsCounts(status) || oneOf('creating', 'inviting', 'settling', 'scheduled', 'paused', 'waiting')(status);

/** It may have rows that wait for a client team and that its workflow releases. A preview has none until it is applied. */
export const mayHaveWaitingRows = (status: ImportStatus): boolean =>
  !isFinal(status) && !oneOf('queued', 'awaiting-approval', 'undoing')(status);

/** The statuses that satisfy a predicate, for queries. */
export const statusesThat = (predicate: (status: ImportStatus) => boolean): ImportStatus[] =>
  IMPORT_STATUSES.filter(predicate);
