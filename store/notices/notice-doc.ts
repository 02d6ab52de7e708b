import type { ImportStatus } from '../../contract/import-status';
import type { NoticeLanguage } from '../../contract/notices/notices';
import type { ProblemCode } from '../../contract/problem-codes';

/** One e-mail to an administrator about one status of an import. */
export interface NoticeDoc {
  /** Follows from the import and the number of its status, so that each makes one notice. */
  _id: string;
  organisationId: string;
  importId: string;
  status: ImportStatus;
  language: NoticeLanguage;
  /** Absent once it is sent, or was not to be. */
  to?: string;
  state: 'pending' | 'sending' | 'sent' | 'failed' | 'unconfirmed';
  /** The attempt that has it, and may have sent it. */
  attemptId?: string;
  code?: ProblemCode;
  createdAt: Date;
  /** When to start its workflow; absent once it was started. */
  startAt?: Date;
}
