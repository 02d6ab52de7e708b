import type { Document } from 'mongodb';

/** A schedule in place of the one that the import has, which counts as its next version. Both are expressions of an update. */
export const nextSchedule = (schedule: Document | string): Document => ({
  $mergeObjects: [schedule, { version: { $add: [{ $ifNull: ['$schedule.version', 0] }, 1] } }],
});

/** The one that was chosen as the plan was applied; where none was, the one that is there. */
export const SCHEDULE_AS_APPLIED: Document = {
  $cond: [
    { $eq: [{ $type: '$applyRequest.schedule' }, 'object'] },
    nextSchedule('$applyRequest.schedule'),
    '$schedule',
  ],
};
