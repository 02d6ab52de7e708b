import type { ImportProgress, PausedBy } from '../../contract/import';
import { isFinal } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { Problem } from '../../contract/problem';
import type { PlanTotals } from '../../contract/row-plan';
import { costOf } from '../../domain/message-texts/sms-cost';
import { askedTexts, describeProblem } from '../problem-types/problem-language';
import { describeQuestion } from '../../domain/problems/question-texts';
import { isCancelling } from '../../store/documents';
import type { ImportDoc } from '../../store/documents';
import type { ListedImport } from '../../store/imports/imports';
import type { Store } from '../../store/index';
import { historyOf } from '../audit-log/history';
import type { AppDeps } from '../app-deps';
import { linksOf } from '../http/links';
import type { LinkBase } from '../http/links';
import { deferredView, scheduleView } from '../schedules/schedule-view';
import { reasonOf } from '../rows/row-view';

export function importView(importDoc: ListedImport, progress: ImportProgress, linkBase: LinkBase) {
  return {
    id: importDoc._id,
    kind: importDoc.kind,
    source: importDoc.source,
    fileName: importDoc.fileName,
    options: importDoc.options,
    batch: importDoc.batchId,
    status: progress.status,
    createdAt: importDoc.createdAt.toISOString(),
    closedAt: importDoc.closedAt?.toISOString() ?? null,
    lines: progress.lines,
    rows: progress.rows,
    invitations: progress.invitations,
    corrects: importDoc.corrects?.importId ?? null,
    cancelling: isCancelling(importDoc) && !isFinal(progress.status),
    pausedBy: pausedByView(importDoc),
    schedule: scheduleView(importDoc.schedule),
    problems: importDoc.fileProblems.map((problem): Problem => describeProblem(problem, lineOf(problem.details))),
    questions: (importDoc.questions ?? []).map((question) => describeQuestion(question, askedTexts())),
    expired: importDoc.expired ?? null,
    links: linksOf(importDoc._id, linkBase),
  };
}

function pausedByView({ pausedBy = {} }: ListedImport) {
  return Object.entries(pausedBy).map(([by, { at, code, providerCode }]) => ({
    by: by as PausedBy,
    since: at.toISOString(),
    problem: code ? describeProblem({ code, column: null, letter: null, value: null }, null) : null,
    providerCode: providerCode ?? null,
    providerReason: by === 'staff' ? null : reasonOf(by as Channel, providerCode),
  }));
}

/** A problem of the file may concern one line, such as an unclosed quote. */
const lineOf = (details: Record<string, string | number> | undefined): number | null =>
  typeof details?.line === 'number' ? details.line : null;

/** A preview does, and a direct import that has asked something. */
export const waitedForApproval = ({ status, options, appliedAt, questions = [] }: ImportDoc): boolean =>
  options.mode === 'preview' || status === 'awaiting-approval' || appliedAt !== undefined || questions.length > 0;

/** The view of one import: also its plan, if it waits for approval, its union with the files that correct it, and who did what. */
export async function importDetails(
  { store, config, linkBase }: Pick<AppDeps, 'store' | 'config' | 'linkBase'>,
  importDoc: ImportDoc,
) {
  const [progress, totals, union, sameFileAs, history] = await Promise.all([
    store.progress.of(importDoc),
    planTotals(store, importDoc),
    store.lineage.union(importDoc),
    findSameFile(store, importDoc),
    historyOf(store, importDoc),
  ]);
  const isPending = CHANNELS.some((channel) => progress.invitations[channel].pending > 0);
  const deferred = isPending ? await store.schedules.deferred(importDoc) : [];
  return {
    ...importView(importDoc, progress, linkBase),
    plan: totals && {
      hash: importDoc.planHash!,
      expiresAt: importDoc.appliedAt ? null : expiry(importDoc, config.timing.approvalMs),
      appliedAt: importDoc.appliedAt?.toISOString() ?? null,
      ...(await withCosts(store, importDoc, totals)),
    },
    union: union && {
      ...union,
      passes: union.passes.map(({ createdAt, ...pass }) => ({ ...pass, createdAt: createdAt.toISOString() })),
    },
    history,
    sameFileAs,
    deferred: deferred.map(deferredView),
  };
}

/**
 * The import of the very same file before this one that has put its people there, and how many of its lines are: the newest, since one
 * that has rejected them all because they were there already says nothing. Where none has, the newest.
 */
async function findSameFile({ lineage, progress }: AppDeps['store'], importDoc: ImportDoc) {
  if (importDoc.source !== 'file') return null;
  let newest = null;
  for (const same of await lineage.findSameBefore(importDoc)) {
    const { status, lines, rows } = await progress.of(same);
    const present = rows.created + rows.updated + rows.unchanged;
    const view = {
      ...{ id: same._id, fileName: same.fileName, createdAt: same.createdAt.toISOString(), status, lines },
      ...{ present, rows },
    };
    if (present > 0) return view;
    newest ??= view;
  }
  return newest;
}

/** As approved, once it is. An import that an older build has applied has only its rows as they are now. */
async function planTotals({ plans }: Pick<Store, 'plans'>, importDoc: ImportDoc): Promise<PlanTotals | null> {
  if (!waitedForApproval(importDoc) || importDoc.planHash === undefined) return null;
  return importDoc.approvedPlan ?? plans.summary(importDoc._id, importDoc.failover);
}

/** At the price that the organisation has set by now. */
async function withCosts(
  { organisations }: Pick<Store, 'organisations'>,
  { organisationId }: ImportDoc,
  { atFirst, ...totals }: PlanTotals,
) {
  const price = (await organisations.find(organisationId))?.smsPrice;
  const priced = <T extends { smsSegments: number }>(sent: T) => ({
    ...sent,
    smsCost: costOf(sent.smsSegments, price),
  });
  return { ...priced(totals), ...(atFirst && { atFirst: priced(atFirst) }) };
}

const expiry = ({ plannedAt }: ImportDoc, approvalMs: number): string | null =>
  plannedAt ? new Date(plannedAt.getTime() + approvalMs).toISOString() : null;
