import { json, Router } from 'express';
import { z } from 'zod';
import { CHANNELS, FAILURE_CLASSES } from '../../contract/invitation';
import { problemOfUnconfirmed } from '../../contract/messages';
import type { RetryRequest } from '../../contract/messages';
import type { AppDeps } from '../app-deps';
import { allow } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { parse } from '../http/parse';
import { remind } from './remind';
import { retryInvitations } from './retry-invitations';

/** Some invitations of an import; without a field, all of them. */
const selection = {
  rows: z.array(z.int().min(1)).min(1).max(1000).exactOptional(),
  channels: z.array(z.enum(CHANNELS)).min(1).exactOptional(),
};
const remindSchema = z.strictObject(selection);
const retrySchema: z.ZodType<RetryRequest> = z
  .strictObject({
    ...selection,
    classes: z.array(z.enum(FAILURE_CLASSES)).min(1).exactOptional(),
    includeUnconfirmed: z.boolean().exactOptional(),
  })
  .check(({ value, issues }) => {
    const problem = problemOfUnconfirmed(value);
    if (problem) issues.push({ code: 'custom', path: ['classes'], message: problem, input: value });
  });

/** Retries of failed invitations, and reminders that staff ask for. */
export function createInvitationsRouter(deps: AppDeps): Router {
  const { store, places } = deps;
  const router = Router();
  const maySend = allow('systemAdministrator', 'userAdministrator', 'support');

  router.post('/:id/retries', maySend, json({ type: () => true }), async (request, response) => {
    const importDoc = await findImport(store, request);
    const retrying = await retryInvitations(deps, importDoc, parse(retrySchema, request.body ?? {}, 'body'));
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ retrying, links: linksOf(importDoc._id, places) });
  });

  router.post('/:id/reminders', maySend, json({ type: () => true }), async (request, response) => {
    const importDoc = await findImport(store, request);
    const reminding = await remind(deps, importDoc, parse(remindSchema, request.body ?? {}, 'body'));
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ reminding, links: linksOf(importDoc._id, places) });
  });

  return router;
}
