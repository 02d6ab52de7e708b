import { isFinal } from '../import-status';
import type { ImportStatus } from '../import-status';

/** Sends one notice: an e-mail to an administrator about an import that has ended or needs attention. */
export const SEND_NOTICE_WORKFLOW_TYPE = 'sendNotice';

export const noticeWorkflowId = (noticeId: string): string => `client-import-notice:${noticeId}`;

/** Input of the workflow: an id, no personal data. */
export interface NoticeInput {
  noticeId: string;
}

export const NOTICE_LANGUAGES = ['en', 'de'] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];

/** Where to an administrator is told of imports. */
export interface NoticeAddress {
  email: string;
  language: NoticeLanguage;
}

/** Whether an administrator is told of an import that comes to this status: it has ended, or waits for a person. */
export const isNoticed = (status: ImportStatus): boolean =>
  isFinal(status) || status === 'needs-attention' || status === 'awaiting-approval' || status === 'paused';
