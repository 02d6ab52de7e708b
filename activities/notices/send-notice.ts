import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import { FAILURES } from '../../contract/failures';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import type { NoticeInput } from '../../contract/notices/notices';
import { NOTICE_PROBLEMS, noticeText } from '../../domain/notices/notice-text';
import type { NoticeProblem } from '../../domain/notices/notice-text';
import { isError } from '../../domain/problems/problem-sentences';
import { SendDeadline } from '../../providers/send-deadline';
import type { ImportDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';

/**
 * Sends one notice. It is claimed before its request, so it is sent once at most: what a crash has left between the request and its
 * record is `unconfirmed`, and not sent again, since SendGrid cannot be asked. Only what it has certainly not taken is tried again.
 */
export function createSendNotice({
  store,
  sendNotice,
  settings,
}: Pick<ActivityDeps, 'store' | 'sendNotice' | 'settings'>) {
  return async (input: NoticeInput): Promise<void> => {
    const notice = await store.notices.find(input);
    const importDoc = notice && (await store.imports.find(notice.importId));
    if (!importDoc || notice.to === undefined) return;
    const { to } = notice;
    const { kind, createdAt } = importDoc;
    const progress = await store.progress.of(importDoc);
    const problems = await firstProblems(store, importDoc);
    const facts = {
      kind,
      createdAt,
      status: notice.status,
      progress,
      problems,
      link: settings.pageUrl + importDoc._id,
    };
    const { deadlineMs, fenceMs } = settings;
    const attemptId = randomUUID();
    // An attempt before this one may have sent it.
    if (!(await store.notices.claim(input, attemptId))) return store.notices.end(input, 'unconfirmed');
    const deadline = new SendDeadline({ deadlineMs, fenceMs, settleWindowMs: deadlineMs });
    const message = { id: notice._id, to, ...noticeText(facts, notice.language) };
    const outcome = await sendNotice(message, deadline);
    if (outcome.kind === 'accepted') return store.notices.end(input, 'sent');
    if (outcome.kind === 'rejected') return store.notices.end(input, 'failed', outcome.code);
    if (outcome.kind === 'ambiguous') return store.notices.end(input, 'unconfirmed');
    await store.notices.release(input, attemptId);
    throw ApplicationFailure.create({
      message: `The provider did not take the notice (${outcome.providerCode})`,
      type: FAILURES.providerBusy,
      category: ApplicationFailureCategory.BENIGN,
      ...(outcome.kind === 'busy' && outcome.retryAfterMs !== undefined && { nextRetryDelay: outcome.retryAfterMs }),
    });
  };
}

/** Ends a notice that no attempt of a day could send. */
export const createAbandonNotice =
  ({ store }: Pick<ActivityDeps, 'store'>) =>
  (input: NoticeInput): Promise<void> =>
    store.notices.end(input, 'failed');

/**
 * Of the file as a whole, of rejected rows, and of messages that need a person: where they are and their codes, by line. One more than a
 * notice names, if there are more.
 */
async function firstProblems(
  { rows, invitations }: Pick<ActivityDeps['store'], 'rows' | 'invitations'>,
  { _id: importId, fileProblems }: ImportDoc,
): Promise<NoticeProblem[]> {
  const limit = NOTICE_PROBLEMS + 1;
  const rejected = await rows.page(importId, { status: 'rejected', limit });
  const failed = await invitations.find({ importId, states: [...NEEDS_ATTENTION_STATES] }, limit);
  const ofRows: NoticeProblem[] = [
    ...rejected.flatMap(({ row, problems }) =>
      problems.filter(isError).map(({ letter, code }) => ({ line: row, letter, code })),
    ),
    ...failed.flatMap(({ row, code }) => (code ? [{ line: row, letter: null, code }] : [])),
  ];
  const ofFile = fileProblems.filter(isError).map(({ code }) => ({ line: null, letter: null, code }));
  return [...ofFile, ...ofRows.sort((a, b) => a.line! - b.line!)].slice(0, limit);
}
