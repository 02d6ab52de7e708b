import type { RequestHandler } from 'express';
import { optionsOf } from '../../domain/problems/question-texts';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { conflict } from '../http/http-problem';
import type { HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';
import { waitForEffect } from '../http/wait-for';
import { cutPage, pageReply } from '../routing/page';
import { reply, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { columnOfBody, requireColumnsOf } from '../uploads/upload-request';
import { scheduleToApply, sendsAs } from '../schedules/applied-schedule';
import { scheduleChangeOf } from '../schedules/schedule-fields';
import { choose } from './choose';
import { limitStreams, streamProgress } from './events';
import { applyPlan, chooseForImport, getImport, listImports, streamImportEvents } from './import-routes';
import { importDetails, importView, waitedForApproval } from './import-view';
import { requireRightToKeep } from './keep-mapping';
import { factsOfChoices } from '../audit-log/facts';
import { createProgressFeed } from './progress-feed';
import { fieldOfBody } from '../problem-types/invalid-field';

export function createImportsRoutes(deps: AppDeps, limit: RequestHandler): Route[] {
  const { store, linkBase, config } = deps;
  const feed = createProgressFeed(store);
  return [
    route(listImports, async ({ query: { id, status, batch, kind, q, code, since, until, after, limit } }, request) => {
      const { organisationId } = callerOf(request);
      const found = await store.imports.list({
        organisationId,
        limit: limit + 1,
        ...(status && { status }),
        ...(id && { id }),
        ...(batch && { batchId: batch }),
        ...(kind && { kind }),
        ...(q !== undefined && { fileName: q }),
        ...(code && { code }),
        ...(since !== undefined && { since: new Date(since) }),
        ...(until !== undefined && { until: new Date(until) }),
        ...(after && { after }),
      });
      const { data: imports, next } = cutPage(found, limit, ({ _id }) => _id);
      const ids = imports.map(({ _id }) => _id);
      const [progress, creators] = await Promise.all([
        store.progress.ofAll(imports),
        store.importHistories.creators(organisationId, ids),
      ]);
      const data = imports.map((importDoc, i) => ({
        ...importView(importDoc, progress[i]!, linkBase),
        createdBy: creators.get(importDoc._id) ?? null,
      }));
      return pageReply(request, linkBase, { data, next });
    }),

    route(getImport, async (_input, request) =>
      reply(200, await importDetails(deps, await findImport(store, request))),
    ),

    route(
      applyPlan,
      async ({ body: { planHash, ...when } }, request) => {
        const importDoc = await findImport(store, request);
        const { appliedAt, applyRequest: asked } = importDoc;
        const isReplayed = appliedAt !== undefined && importDoc.planHash === planHash;
        const isRepeated = isReplayed || asked?.planHash === planHash;
        request.audit?.note({ planHash, ...(isReplayed && { replayed: true }), ...when });
        const limits = { aheadDays: config.sendAheadDays, nameField: fieldOfBody, isRepeated };
        const schedule = scheduleToApply(scheduleChangeOf(when, limits), importDoc);
        const { _id: id, status, applyRequest } = await requestApply(deps, importDoc, planHash, schedule);
        const view = { id, status, applied: applyRequest === undefined, links: linksOf(id, linkBase) };
        return reply(202, view, { Location: `/v1/imports/${id}` });
      },
      [limit],
    ),

    route(chooseForImport, async ({ body: { choices, keepMapping } }, request) => {
      const importDoc = await findImport(store, request);
      request.audit?.note(factsOfChoices(choices, keepMapping));
      requireColumnsOf(importDoc.kind, choices.mapping, columnOfBody);
      if (keepMapping) requireRightToKeep(callerOf(request));
      return reply(200, await importDetails(deps, await choose(deps, importDoc, choices, { keepMapping })));
    }),

    route(
      streamImportEvents,
      async (_input, request, response) => {
        const { _id } = await findImport(store, request);
        // A HEAD would run the stream until the import rests.
        if (request.method === 'HEAD') response.type('text/event-stream').end();
        else await streamProgress(feed, _id, request, response);
        return WRITTEN;
      },
      [limitStreams()],
    ),
  ];
}

/**
 * Asks for the plan to be applied, which the workflow does once it has made sure that it is still the same. The request is written
 * to MongoDB, so it is carried out even if no worker runs; it is refused if the data has changed since the plan was made.
 */
async function requestApply(
  { store, service, outbox, config }: Pick<AppDeps, 'store' | 'service' | 'outbox' | 'config'>,
  importDoc: ImportDoc,
  planHash: string,
  schedule: ReturnType<typeof scheduleToApply>,
): Promise<ImportDoc> {
  const { _id: id } = importDoc;
  const find = async (): Promise<ImportDoc> => (await store.imports.find(id))!;
  const isApplied = ({ appliedAt, planHash: hash }: ImportDoc): boolean => appliedAt !== undefined && hash === planHash;
  const asChosen = (applied: ImportDoc): ImportDoc => {
    if (sendsAs(applied, schedule)) return applied;
    throw conflict(
      'nothing-to-apply',
      'This plan is applied already, to be sent at another time. Nothing was changed. Choose the time by POST …/schedule.',
    );
  };
  if (isApplied(importDoc)) return asChosen(importDoc);
  const plannedAfter = new Date(Date.now() - config.timing.approvalMs);
  if (!(await store.imports.requestApply(id, planHash, plannedAfter, schedule))) {
    const current = await find();
    if (isApplied(current)) return asChosen(current);
    throw applyProblem(current, planHash);
  }
  outbox.poke();
  await waitForEffect(async () => (await find()).applyRequest === undefined, service);
  const current = await find();
  if (!isApplied(current) && current.applyRequest === undefined) throw applyProblem(current, planHash);
  return current;
}

function applyProblem(importDoc: ImportDoc, planHash: string): HttpProblem {
  const { status, planHash: current, fileProblems, questions = [], applyRequest } = importDoc;
  if (!waitedForApproval(importDoc)) {
    return conflict(
      'nothing-to-apply',
      'This import is not a preview, so it has no plan to apply. Upload the file with mode=preview to review it first.',
    );
  }
  if (status === 'awaiting-approval' && questions.length > 0) {
    return conflict(
      'choices-missing',
      `This import asks something before it sends anything. Choose ${optionsOf(questions)} by POST …/choices, look at the plan, and apply it then.`,
    );
  }
  if (status === 'awaiting-approval' && current === undefined) {
    const codes = fileProblems.map(({ code }) => code).join(', ');
    return conflict(
      'nothing-to-apply',
      `The file as a whole is rejected by now (${codes}). Look at the import to see why.`,
    );
  }
  if (status === 'awaiting-approval' && current !== planHash) {
    return conflict(
      'plan-outdated',
      'This hash does not match the current plan. Review the import and its rows again, then apply the plan shown there.',
    );
  }
  if (status === 'awaiting-approval' && applyRequest !== undefined) {
    const detail =
      'Somebody else is applying this plan, to be sent at another time. Nothing was changed. Choose the time by POST …/schedule.';
    return conflict('nothing-to-apply', detail);
  }
  const why =
    status === 'awaiting-approval' ? 'it has expired, or the import is being cancelled' : `this import is ${status}`;
  return conflict('nothing-to-apply', `No plan is waiting to be applied: ${why}.`);
}
