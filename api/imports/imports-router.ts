import { Router } from 'express';
import { z } from 'zod';
import { IMPORT_STATUSES } from '../../contract/import-status';
import type { Choices } from '../../contract/question';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { streamProgress } from './events';
import { findImport } from '../http/find-import';
import { conflict } from '../http/http-problem';
import { linksOf } from '../http/links';
import { jsonBody, pageLimit, parse } from '../http/parse';
import { optionsOf } from '../../domain/problems/question-texts';
import { choicesSchema } from '../uploads/upload-request';
import { choose } from './choose';
import { importDetails, importView } from './import-view';
import type { ImportService } from '../temporal/import-service';

const listImportsSchema = z.strictObject({
  status: z.enum(IMPORT_STATUSES).optional(),
  batch: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: pageLimit(50),
});

const applySchema = z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Must be the hash of a plan') });

const someChoiceSchema = choicesSchema
  .refine((choices) => Object.keys(choices).length > 0, {
    error: `Choose at least one of: ${Object.keys(choicesSchema.shape).join(', ')}`,
  })
  // JSON has no undefined values.
  .transform((choices) => choices as Choices);

export function createImportsRouter(deps: AppDeps): Router {
  const { store, service, linkBase } = deps;
  const router = Router();

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
    const data = await Promise.all(
      imports.map(async (importDoc) => importView(importDoc, await store.progress.of(importDoc), linkBase)),
    );
    response.json({ data, next: imports.length === limit ? imports.at(-1)!._id : null });
  });

  router.get('/:id', allowAllRoles, async (request, response) => {
    response.json(await importDetails(deps, await findImport(store, request)));
  });

  router.post('/:id/apply', allowAdministrators, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    await applyPlan(service, importDoc, parse(applySchema, request.body ?? {}, 'body').planHash);
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ id: importDoc._id, links: linksOf(importDoc._id, linkBase) });
  });

  router.post('/:id/choices', allowAdministrators, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const choices = parse(someChoiceSchema, request.body ?? {}, 'body');
    response.json(await importDetails(deps, await choose(deps, importDoc, choices)));
  });

  // Without this route a HEAD would run the stream below until the import rests.
  router.head('/:id/events', allowAllRoles, async (request, response) => {
    await findImport(store, request);
    response.type('text/event-stream').end();
  });

  router.get('/:id/events', allowAllRoles, async (request, response) => {
    await streamProgress(store, await findImport(store, request), response);
  });

  return router;
}

/** MongoDB is checked first, since the update would start a new run of an import that has ended. */
async function applyPlan(service: ImportService, importDoc: ImportDoc, planHash: string): Promise<void> {
  if (importDoc.appliedAt && importDoc.planHash === planHash) return;
  if (importDoc.status !== 'awaiting-approval') {
    throw conflict(
      'nothing-to-apply',
      importDoc.options.mode === 'preview'
        ? `No plan is waiting to be applied: this import is ${importDoc.status}.`
        : 'This import is not a preview, so it has no plan to apply. Upload the file with mode=preview to review it first.',
    );
  }
  const { questions = [] } = importDoc;
  if (questions.length > 0) {
    throw conflict(
      'choices-missing',
      `This import asks something before it sends anything. Choose ${optionsOf(questions)} by POST …/choices, look at the plan, and apply it then.`,
    );
  }
  if (importDoc.planHash !== planHash) {
    throw conflict(
      'plan-outdated',
      'This hash does not match the current plan. Review the import and its rows again, then apply the plan shown there.',
    );
  }
  await service.apply(importDoc, { planHash });
}
