import type { ImportStatus } from '../../contract/import-status';

/** What each status means, as the end of a sentence that begins with it. */
export const STATUS_TEXTS: Readonly<Record<ImportStatus, string>> = {
  queued: 'it has not begun.',
  planning: 'the file is read and checked.',
  'awaiting-approval': 'nothing is created or sent until its plan is applied.',
  creating: 'people are created.',
  inviting: 'invitations are sent.',
  settling: 'it is not known of some messages whether they were sent; the provider is asked soon.',
  scheduled: 'what is left is sent later, at the times below.',
  waiting: 'all is done but for rows whose client team has no active staff.',
  completed: 'all is done.',
  'completed-with-problems': 'it has ended; some rows were rejected, or some people could not be invited.',
  'needs-attention': 'some invitations failed, and can be sent again or corrected.',
  paused: 'nothing is sent until it is resumed.',
  cancelled: 'it has ended; what was created and sent stays.',
  undoing: 'its people are removed, or get their former values back.',
  undone: 'it was undone, as far as that was possible.',
  failed: 'the file as a whole was rejected, or could not be processed.',
};
