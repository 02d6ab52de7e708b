import type { NoticeInput } from '../../contract/notices/notices';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Collections } from '../documents';
import { insertMissing } from '../duplicates';
import { idFrom } from '../webhooks/deliveries';
import type { NoticeDoc } from './notice-doc';

/** How soon another process starts a workflow that the one which took it has not started. In milliseconds. */
const LEASE_MS = 5_000;

export type NewNotice = Pick<NoticeDoc, 'organisationId' | 'importId' | 'status' | 'language'> & {
  to: string;
  sequence: number;
};

/** Notices to administrators: a ledger of its own, so that each is sent once at most. */
export function createNotices({ notices }: Pick<Collections, 'notices'>) {
  return {
    /** Writes those that are not there yet. Idempotent. */
    async create(created: NewNotice[]): Promise<void> {
      const now = new Date();
      if (created.length === 0) return;
      await insertMissing(
        notices,
        created.map(({ sequence, ...notice }) => ({
          ...notice,
          _id: idFrom(`notice:${notice.importId}:${sequence}`),
          ...{ state: 'pending' as const, createdAt: now, startAt: now },
        })),
      );
    },

    /** Takes a notice whose workflow is to be started. No other process takes it until the lease ends. */
    takeStart: (): Promise<NoticeDoc | null> =>
      notices.findOneAndUpdate(
        { startAt: { $exists: true }, $expr: { $lte: ['$startAt', '$$NOW'] } },
        [{ $set: { startAt: { $add: ['$$NOW', LEASE_MS] } } }],
        { sort: { startAt: 1 }, returnDocument: 'after' },
      ),

    async markStarted({ _id }: Pick<NoticeDoc, '_id'>): Promise<void> {
      await notices.updateOne({ _id }, { $unset: { startAt: '' } });
    },

    find: ({ noticeId }: NoticeInput): Promise<NoticeDoc | null> => notices.findOne({ _id: noticeId }),

    /** Takes it for one attempt; `null` once it has ended, or another attempt may have sent it. */
    claim: ({ noticeId }: NoticeInput, attemptId: string): Promise<NoticeDoc | null> =>
      notices.findOneAndUpdate(
        { _id: noticeId, state: 'pending' },
        { $set: { state: 'sending', attemptId } },
        { returnDocument: 'after' },
      ),

    /** Gives back what was certainly not sent. */
    async release({ noticeId }: NoticeInput, attemptId: string): Promise<void> {
      await notices.updateOne(
        { _id: noticeId, state: 'sending', attemptId },
        { $set: { state: 'pending' }, $unset: { attemptId: '' } },
      );
    },

    /** Ends it, and forgets the address. What an attempt has left without an outcome is `unconfirmed`: it may have arrived. */
    async end(
      { noticeId }: NoticeInput,
      state: Extract<NoticeDoc['state'], 'sent' | 'failed' | 'unconfirmed'>,
      code?: ProblemCode,
    ): Promise<void> {
      await notices.updateOne(
        { _id: noticeId, state: { $in: ['pending', 'sending'] } },
        { $set: { state, ...(code && { code }) }, $unset: { to: '' } },
      );
    },
  };
}
