import { Router } from 'express';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CHANNELS, FAILURE_CLASSES } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { problemOfUnconfirmed } from '../../contract/messages';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { REMINDER_OBSTACLES } from '../../contract/reminders';
import type { ReminderObstacle } from '../../contract/reminders';
import type { ImportDoc } from '../../store/documents';
import type { RemindResult } from '../../store/invitations/reminders';
import type { AppDeps } from '../app-deps';
import { allowAllRoles } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { conflict } from '../http/http-problem';
import { linksOf } from '../http/links';
import { jsonBody, parse } from '../http/parse';

/** Selects invitations of an import; an absent field selects all. */
const selectionFields = {
  rows: z.array(z.int().min(1)).min(1).max(1000).exactOptional(),
  channels: z.array(z.enum(CHANNELS)).min(1).exactOptional(),
};
const remindSchema = z.strictObject(selectionFields);
const retrySchema: z.ZodType<RetryRequest> = z
  .strictObject({
    ...selectionFields,
    classes: z.array(z.enum(FAILURE_CLASSES)).min(1).exactOptional(),
    includeUnconfirmed: z.boolean().exactOptional(),
  })
  .check(({ value, issues }) => {
    const problem = problemOfUnconfirmed(value);
    if (problem) issues.push({ code: 'custom', path: ['classes'], message: problem, input: value });
  });

export function createInvitationsRouter(deps: AppDeps): Router {
  const { store, linkBase } = deps;
  const router = Router();

  router.post('/:id/retries', allowAllRoles, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const retrying = await retryInvitations(deps, importDoc, parse(retrySchema, request.body ?? {}, 'body'));
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ retrying, links: linksOf(importDoc._id, linkBase) });
  });

  router.post('/:id/reminders', allowAllRoles, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const reminding = await remind(deps, importDoc, parse(remindSchema, request.body ?? {}, 'body'));
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ reminding, links: linksOf(importDoc._id, linkBase) });
  });

  return router;
}

/** MongoDB is checked first, since the update would start a new run of an import that has ended. */
async function retryInvitations(
  { store, service }: Pick<AppDeps, 'store' | 'service'>,
  importDoc: ImportDoc,
  request: RetryRequest,
): Promise<RetryReceipt> {
  const { rows, channels, ...retryable } = request;
  const selection = { importId: importDoc._id, ...(rows && { rows }), ...(channels && { channels }) };
  if ((await store.generations.findOpenable({ ...selection, ...retryable })).length === 0) {
    const unconfirmed = request.includeUnconfirmed
      ? 0
      : await store.invitations.count({ ...selection, states: ['unconfirmed'] });
    const hint =
      unconfirmed > 0
        ? ` ${unconfirmed} are unconfirmed and may have arrived; "includeUnconfirmed": true sends them again as well.`
        : '';
    throw conflict(
      'nothing-to-retry',
      `There is nothing to retry: none of these invitations has failed, or was cancelled before the person was invited.${hint}`,
    );
  }
  return service.retry(importDoc, request);
}

/** Each follows a number of invitations. */
const REASONS: Record<ReminderObstacle, string> = {
  joined: 'to people who are active already',
  withdrawn: 'to people who were removed or deactivated',
  'opted-out': 'to people who have opted out',
  'channel-off': 'on a channel that the organisation has switched off',
  'invited-again': 'that another import has replaced; remind from that import',
  'too-soon': 'sent less than an hour ago; try again later',
};

/**
 * Opens a reminder, each with a new link, for every invitation that was sent and not accepted. The outbox signals the
 * workflow, which sends them.
 */
async function remind(
  { store, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  importDoc: ImportDoc,
  selection: z.infer<typeof remindSchema>,
): Promise<Record<Channel, number>> {
  const result = await store.reminders.remind({
    importId: importDoc._id,
    remindId: `remind:${randomUUID()}`,
    ...selection,
  });
  if (result.opened.length === 0) throw conflict('nothing-to-remind', explainNone(result));
  outbox.poke();
  const [email, sms] = CHANNELS.map(
    (channel) => result.opened.filter((invitation) => invitation.channel === channel).length,
  );
  return { email: email!, sms: sms! };
}

function explainNone({ isPaused, obstacles }: RemindResult): string {
  if (isPaused) {
    return 'This import is paused, cancelled or failed, so it sends no reminders. If it is paused, resume it first.';
  }
  const reasons = REMINDER_OBSTACLES.flatMap((obstacle) => {
    const count = obstacles[obstacle];
    return count === undefined ? [] : [`${count} ${REASONS[obstacle]}`];
  });
  return reasons.length === 0
    ? 'There is nothing to remind: none of these invitations was sent and is still open. To send failed invitations again, retry them.'
    : `There is nothing to remind. Invitations that are still open: ${reasons.join('; ')}.`;
}
