import { json, Router } from 'express';
import { z } from 'zod';
import type { Acceptance } from '../../store/invitations/acceptance';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import { parse } from '../http/parse';
import type { Outbox } from '../temporal/outbox';

export interface AcceptanceDeps {
  store: Pick<Store, 'acceptance'>;
  outbox: Outbox;
}

const acceptSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** The target of an invitation's link. It takes no key: only the addressee was sent the token. */
export function createAcceptanceRouter({ store, outbox }: AcceptanceDeps): Router {
  const router = Router();

  router.post('/accept', json({ type: () => true }), async (request, response) => {
    const { token } = parse(acceptSchema, request.body ?? {}, 'body');
    const result = await store.acceptance.accept(token);
    if (result.kind !== 'accepted') throw refusal(result.kind);
    outbox.poke();
    response.json({ organisation: { name: result.organisationName }, kind: result.personKind });
  });

  return router;
}

function refusal(kind: Exclude<Acceptance['kind'], 'accepted'>): HttpProblem {
  switch (kind) {
    case 'unknown':
      return new HttpProblem(
        404,
        'invitation-unknown',
        'This invitation is unknown. Open the link exactly as it is in your message, up to its last character.',
      );
    case 'withdrawn':
      return new HttpProblem(
        410,
        'invitation-withdrawn',
        'This invitation is no longer valid. If you think that it should be, ask the organisation that invited you.',
      );
    case 'replaced':
      return new HttpProblem(
        410,
        'invitation-replaced',
        'A newer invitation was sent to you since. Use the link in the newest message.',
      );
    case 'expired':
      return new HttpProblem(
        410,
        'invitation-expired',
        'This invitation is too old. Ask the organisation that invited you for a new one.',
      );
  }
}
