import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import type { Channel } from '../../contract/invitation';
import { ASK_FOR_ALL, namesSomebody } from '../../contract/messages';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { REMINDER_OBSTACLES } from '../../contract/sending/reminders';
import type { ReminderObstacle } from '../../contract/sending/reminders';
import type { ImportDoc } from '../../store/documents';
import type { RemindResult } from '../../store/invitations/reminders';
import type { AppDeps } from '../app-deps';
import { findImport } from '../http/find-import';
import { conflict, HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';
import { reply, route } from '../routing/route';
import type { Input, Route } from '../routing/route';
import { remindOfImport, retryImportInvitations } from './invitation-routes';

export function createInvitationsRoutes(deps: AppDeps, limit: RequestHandler): Route[] {
  const { store, linkBase } = deps;
  return [
    route(
      retryImportInvitations,
      async ({ body }, request) => {
        const importDoc = await findImport(store, request);
        const { _id: id } = importDoc;
        const retrying = await retryInvitations(deps, importDoc, body);
        request.audit?.note(retrying);
        return reply(202, { retrying, links: linksOf(id, linkBase) }, { Location: `/v1/imports/${id}` });
      },
      [limit],
    ),
    route(
      remindOfImport,
      async ({ body }, request) => {
        const importDoc = await findImport(store, request);
        const { _id: id } = importDoc;
        const reminding = await remind(deps, importDoc, body);
        request.audit?.note(reminding);
        return reply(202, { reminding, links: linksOf(id, linkBase) }, { Location: `/v1/imports/${id}` });
      },
      [limit],
    ),
  ];
}

/** Opens failed invitations again. The outbox signals the workflow, which sends them. */
export async function retryInvitations(
  { store, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  importDoc: Pick<ImportDoc, '_id'>,
  request: RetryRequest,
): Promise<RetryReceipt> {
  const { rows, channels, classes, includeUnconfirmed } = request;
  const selection = { importId: importDoc._id, ...(rows && { rows }), ...(channels && { channels }) };
  const retryable = { ...(classes && { classes }), ...(includeUnconfirmed && { includeUnconfirmed }) };
  if (!namesSomebody(request)) {
    const openable = await store.generations.findOpenable({ ...selection, ...retryable });
    if (openable.length > 0) throw everybodyIsAskedFor('send again', countByChannel(openable));
  }
  const opened = await store.generations.retry({ ...selection, ...retryable, retryId: `retry:${randomUUID()}` });
  if (opened.email + opened.sms > 0) {
    outbox.poke();
    return opened;
  }
  if ((await store.imports.find(importDoc._id))?.pausedBy?.staff?.cancels) {
    throw conflict('import-ending', 'This import is being cancelled and sends nothing more.');
  }
  const unconfirmed = includeUnconfirmed ? 0 : await store.invitations.count({ ...selection, states: ['unconfirmed'] });
  const hint =
    unconfirmed > 0
      ? ` ${unconfirmed} are unconfirmed and may have arrived; "includeUnconfirmed": true sends them again as well.`
      : '';
  throw conflict(
    'nothing-to-retry',
    `There is nothing to retry: none of these invitations has failed, or was cancelled before the person was invited.${hint}`,
  );
}

function countByChannel(invitations: { channel: Channel }[]): Record<Channel, number> {
  const count = (channel: Channel): number => invitations.filter((one) => one.channel === channel).length;
  return { email: count('email'), sms: count('sms') };
}

/** The answer to a request that names nobody: what it would do for everybody, and how to say so. */
const everybodyIsAskedFor = (verb: string, { email, sms }: Record<Channel, number>): HttpProblem =>
  new HttpProblem(
    400,
    'invalid-request',
    `The request names no invitations, so nothing was sent. For everybody it would ${verb} ${email} e-mails and ${sms} SMS: ` +
      `to ask for that, send ${ASK_FOR_ALL}; to ask for some, name them, such as {"rows": [17]}.`,
  );

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
  selection: Input<typeof remindOfImport>['body'],
): Promise<Record<Channel, number>> {
  const { rows, channels } = selection;
  if (!namesSomebody(selection)) {
    const sentOn = (channel: Channel): Promise<number> =>
      store.invitations.count({ importId: importDoc._id, channel, states: ['sent', 'delivered'] });
    const [email, sms] = await Promise.all([sentOn('email'), sentOn('sms')]);
    if (email + sms > 0) throw everybodyIsAskedFor('remind by up to', { email, sms });
  }
  const result = await store.reminders.remind({
    importId: importDoc._id,
    remindId: `remind:${randomUUID()}`,
    ...(rows && { rows }),
    ...(channels && { channels }),
  });
  if (result.opened.length === 0) throw conflict('nothing-to-remind', explainNone(result));
  outbox.poke();
  return countByChannel(result.opened);
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
