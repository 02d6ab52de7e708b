export const IMPORT_STATUSES = [
  'queued',
  'planning',
  /** A preview: nothing is created or sent until its plan is applied, and after a while it expires. */
  'awaiting-approval',
  'creating',
  'inviting',
  /** Some sends got no clear answer: waiting until the provider can be asked. */
  'settling',
  /** Only rows whose client team has no active staff are left; they go on by themselves once it has. */
  'waiting',
  'completed',
  /** Ended, but some rows were rejected or some people could not be invited. */
  'completed-with-problems',
  /** Some invitations failed and can be retried; the workflow stays open for that. */
  'needs-attention',
  /** Staff, or a provider that rejects the account, have paused sends; everything else goes on. */
  'paused',
  'cancelled',
  /** The file as a whole was rejected or could not be processed. */
  'failed',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

const oneOf =
  (...statuses: ImportStatus[]) =>
  (status: ImportStatus): boolean =>
    statuses.includes(status);

/** Nothing happens any more unless somebody opens the import again. */
export const isFinal = oneOf('completed', 'completed-with-problems', 'cancelled', 'failed');

/** Nothing happens until somebody does something. */
export const isResting = (status: ImportStatus): boolean =>
  isFinal(status) || oneOf('awaiting-approval', 'waiting', 'needs-attention', 'paused')(status);

export const canPause = oneOf('queued', 'planning', 'creating', 'inviting', 'settling', 'paused', 'waiting');

export const canCancel = (status: ImportStatus): boolean => !isFinal(status);

/** Its plan is applied and was not given up: staff may correct its rows. */
export const canCorrect = oneOf(
  ...(['planning', 'creating', 'inviting', 'settling', 'waiting', 'paused'] as const),
  ...(['completed', 'completed-with-problems', 'needs-attention'] as const),
);

/** Its accepted invitations may be sent again; a paused import sends no reminders. */
export const canRemind = oneOf(
  ...(['creating', 'inviting', 'settling', 'waiting'] as const),
  ...(['completed', 'completed-with-problems', 'needs-attention'] as const),
);

/** It has ended, or rests, with a status that follows from its counts alone. */
export const followsCounts = oneOf('completed', 'completed-with-problems', 'needs-attention');

/** A workflow may be counting it at this moment, in order to close it. */
export const mayBeClosing = (status: ImportStatus): boolean =>
  followsCounts(status) || oneOf('creating', 'inviting', 'settling', 'paused')(status);

/** Rows of it may wait for a client team, and its workflow lets them go on. A preview looks at them once it is applied. */
export const mayHaveWaitingRows = (status: ImportStatus): boolean =>
  !isFinal(status) && !oneOf('queued', 'awaiting-approval')(status);

/** The statuses of which a predicate is true, for queries. */
export const statusesThat = (predicate: (status: ImportStatus) => boolean): ImportStatus[] =>
  IMPORT_STATUSES.filter(predicate);
