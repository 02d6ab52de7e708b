import { json, Router } from 'express';
import type { Store } from '../store/index';
import { allow } from './authenticate';
import { findImport } from './find-import';
import { resendInvitations } from './resend-invitations';
import type { ResendDeps } from './resend-invitations';
import { parse, resendSchema } from './schemas';
import { linksOf } from './views';
import type { Places } from './views';

export interface RemindersDeps extends ResendDeps {
  store: Store;
  places: Places;
}

/** Sending invitations once more that were not accepted, because somebody asks for it. */
export function createRemindersRouter(deps: RemindersDeps): Router {
  const { store, places } = deps;
  const router = Router();

  router.post(
    '/:id/reminders',
    allow('systemAdministrator', 'userAdministrator', 'support'),
    json({ type: () => true }),
    async (request, response) => {
      const found = await findImport(store, request);
      const reminding = await resendInvitations(deps, found, parse(resendSchema, request.body ?? {}, 'body'));
      response
        .status(202)
        .location(`/v1/imports/${found._id}`)
        .json({ reminding, links: linksOf(found._id, places) });
    },
  );

  return router;
}
