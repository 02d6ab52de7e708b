import { Router } from 'express';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { IMPORT_STATUSES } from '../../contract/import-status';
import type { Choices } from '../../contract/question';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { limitStreams, streamProgress } from './events';
import { createProgressFeed } from './progress-feed';
import { findImport } from '../http/find-import';
import { conflict } from '../http/http-problem';
import type { HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';
import { jsonBody, pageLimit, parse } from '../http/parse';
import { optionsOf } from '../../domain/problems/question-texts';
import { EFFECT_MS, waitFor } from '../http/wait-for';
import { choicesSchema, requireColumnsOf } from '../uploads/upload-request';
import { choose } from './choose';
import { requireRightToKeep } from './keep-mapping';
import { importDetails, importView, waitedForApproval } from './import-view';

const listImportsSchema = z.strictObject({
  status: z.enum(IMPORT_STATUSES).optional(),
  batch: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: pageLimit(50),
});

const applySchema = z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Must be the hash of a plan') });

const someChoiceSchema = choicesSchema
  // Makes the headings of the mapping known for all later files of the organisation.
  .extend({ keepMapping: z.boolean().default(false) })
  .refine((choices) => Object.keys(choices).some((name) => name !== 'keepMapping'), {
    error: `Choose at least one of: ${Object.keys(choicesSchema.shape).join(', ')}`,
  })
  .refine(({ keepMapping, mapping }) => !keepMapping || mapping !== undefined, {
    path: ['keepMapping'],
    error: 'Send the mapping that is to be kept, too',
  })
  // JSON has no undefined values.
  .transform(({ keepMapping, ...choices }) => ({ keepMapping, choices: choices as Choices }));

export function createImportsRouter(deps: AppDeps, limit: RequestHandler): Router {
  const { store, linkBase } = deps;
  const router = Router();
  const feed = createProgressFeed(store);

  router.get('/', allowAllRoles, async (request, response) => {
    const { status, batch, after, limit } = parse(listImportsSchema, request.query, 'query');
    const { organisationId } = callerOf(request);
    const imports = await store.imports.list({
      organisationId,
      limit,
      ...(status && { status }),
      ...(batch && { batchId: batch }),
      ...(after && { after }),
    });
    const progress = await store.progress.ofAll(imports);
    const data = imports.map((importDoc, i) => importView(importDoc, progress[i]!, linkBase));
    response.json({ data, next: imports.length === limit ? imports.at(-1)!._id : null });
  });

  router.get('/:id', allowAllRoles, async (request, response) => {
    response.json(await importDetails(deps, await findImport(store, request)));
  });

  router.post('/:id/apply', allowAdministrators, limit, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const { planHash } = parse(applySchema, request.body ?? {}, 'body');
    const { _id: id, status, applyRequest } = await applyPlan(deps, importDoc, planHash);
    response
      .status(202)
      .location(`/v1/imports/${id}`)
      .json({ id, status, applied: applyRequest === undefined, links: linksOf(id, linkBase) });
  });

  router.post('/:id/choices', allowAdministrators, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const { choices, keepMapping } = parse(someChoiceSchema, request.body ?? {}, 'body');
    requireColumnsOf(importDoc.kind, choices.mapping);
    if (keepMapping) requireRightToKeep(callerOf(request));
    response.json(await importDetails(deps, await choose(deps, importDoc, choices, { keepMapping })));
  });

  // Without this route a HEAD would run the stream below until the import rests.
  router.head('/:id/events', allowAllRoles, async (request, response) => {
    await findImport(store, request);
    response.type('text/event-stream').end();
  });

  router.get('/:id/events', allowAllRoles, limitStreams(), async (request, response) => {
    const { _id } = await findImport(store, request);
    await streamProgress(feed, _id, response);
  });

  return router;
}

/**
 * Asks for the plan to be applied, which the workflow does once it has made sure that it is still the same. The request is written
 * to MongoDB, so it is carried out even if no worker runs; it is refused if the data has changed since the plan was made.
 */
async function applyPlan(
  { store, outbox, config }: Pick<AppDeps, 'store' | 'outbox' | 'config'>,
  importDoc: ImportDoc,
  planHash: string,
): Promise<ImportDoc> {
  const { _id: id } = importDoc;
  const find = async (): Promise<ImportDoc> => (await store.imports.find(id))!;
  const isApplied = ({ appliedAt, planHash: hash }: ImportDoc): boolean => appliedAt !== undefined && hash === planHash;
  if (isApplied(importDoc)) return importDoc;
  const plannedAfter = new Date(Date.now() - config.timing.approvalMs);
  if (!(await store.imports.requestApply(id, planHash, plannedAfter))) {
    const current = await find();
    if (isApplied(current)) return current;
    throw applyProblem(current, planHash);
  }
  outbox.poke();
  await waitFor(async () => (await find()).applyRequest === undefined, EFFECT_MS);
  const current = await find();
  if (!isApplied(current) && current.applyRequest === undefined) throw applyProblem(current, planHash);
  return current;
}

function applyProblem(importDoc: ImportDoc, planHash: string): HttpProblem {
  const { status, planHash: current, fileProblems, questions = [] } = importDoc;
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
  const why =
    status === 'awaiting-approval' ? 'it has expired, or the import is being cancelled' : `this import is ${status}`;
  return conflict('nothing-to-apply', `No plan is waiting to be applied: ${why}.`);
}
