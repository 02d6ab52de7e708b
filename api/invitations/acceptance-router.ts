import { json, Router } from 'express';
import { z } from 'zod';
import type { Acceptance, AcceptedInvitation } from '../../store/invitations/acceptance';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import { parse } from '../schemas';
import { wakeWaiting } from '../temporal/wake-waiting';
import type { WakeDeps } from '../temporal/wake-waiting';

export interface AcceptanceDeps extends WakeDeps {
  store: Pick<Store, 'acceptance'> & WakeDeps['store'];
}

const acceptSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** Where the link of an invitation leads. It takes no key: whoever has the token was sent it. */
export function createAcceptanceRouter(deps: AcceptanceDeps): Router {
  const router = Router();

  router.post('/accept', json({ type: () => true }), async (request, response) => {
    const { token } = parse(acceptSchema, request.body ?? {}, 'body');
    const result = await deps.store.acceptance.accept(token);
    if (result.kind !== 'accepted') throw refusal(result.kind);
    tell(deps, result);
    response.json({ organisation: { name: result.organisationName }, kind: result.personKind });
  });

  return router;
}

/** Nobody who accepts waits for it: whatever is missed here, a sweep finds, or MongoDB has anyway. */
function tell(
  deps: AcceptanceDeps,
  { organisationId, personKind, teamIds, becameActive, importIds }: AcceptedInvitation,
) {
  for (const importId of importIds) void deps.service.refreshIfRunning(importId);
  if (becameActive && personKind === 'staff') void wakeWaiting(deps, organisationId, teamIds);
}

function refusal(kind: Exclude<Acceptance['kind'], 'accepted'>): HttpProblem {
  switch (kind) {
    case 'unknown':
      return new HttpProblem(
        404,
        'invitation-unknown',
        'We know no such invitation. Open the link exactly as it stands in your message, up to its last character.',
      );
    case 'withdrawn':
      return new HttpProblem(
        410,
        'invitation-withdrawn',
        'This invitation no longer holds. If you think that it should, ask the organisation that invited you.',
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
