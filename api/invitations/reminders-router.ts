import { json, Router } from 'express';
import type { Store } from '../../store/index';
import { allow } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { remind } from './remind';
import type { RemindDeps } from './remind';
import { parse, remindSchema } from '../schemas';
import { linksOf } from '../views';
import type { LinkBase } from '../views';

export interface RemindersDeps extends RemindDeps {
  store: Store;
  places: LinkBase;
}

/** Reminders that staff ask for. */
export function createRemindersRouter(deps: RemindersDeps): Router {
  const { store, places } = deps;
  const router = Router();

  router.post(
    '/:id/reminders',
    allow('systemAdministrator', 'userAdministrator', 'support'),
    json({ type: () => true }),
    async (request, response) => {
      const importDoc = await findImport(store, request);
      const reminding = await remind(deps, importDoc, parse(remindSchema, request.body ?? {}, 'body'));
      response
        .status(202)
        .location(`/v1/imports/${importDoc._id}`)
        .json({ reminding, links: linksOf(importDoc._id, places) });
    },
  );

  return router;
}
