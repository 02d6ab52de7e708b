import { Router } from 'express';
import { z } from 'zod';
import type { Acceptance } from '../../store/invitations/acceptance';
import type { AppDeps } from '../app-deps';
import { createBudget, GUESTS, limitOpen, spendOf } from '../http/budget';
import type { FailureLimit } from '../http/budget';
import { HttpProblem } from '../http/http-problem';
import { parse, smallJsonBody } from '../http/parse';

const acceptSchema = z.strictObject({ token: z.string().min(1).max(200) });

const OPEN = { most: 200, bodyWithinMs: 10_000 };

/** Accepts an invitation by its token, without a key: only the addressee has the token. */
export function createAcceptanceRouter(
  { store, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  failures: FailureLimit,
): Router {
  const router = Router();

  const guests = spendOf(createBudget(GUESTS));

  router.post('/accept', guests, limitOpen(OPEN), smallJsonBody, async (request, response) => {
    const { token } = parse(acceptSchema, request.body ?? {}, 'body');
    await failures.spend(request);
    const result = await store.acceptance.accept(token);
    // Only who guesses sends tokens that never were.
    if (result.kind !== 'unknown') failures.refund(request);
    if (result.kind !== 'accepted') throw new HttpProblem(...PROBLEMS[result.kind]);
    outbox.poke();
    response.json({ organisation: { name: result.organisationName }, kind: result.personKind });
  });

  return router;
}

const PROBLEMS: Record<Exclude<Acceptance['kind'], 'accepted'>, [status: number, code: string, detail: string]> = {
  unknown: [
    404,
    'invitation-unknown',
    'This invitation is unknown. Open the link exactly as it is in your message, to its last character.',
  ],
  withdrawn: [
    410,
    'invitation-withdrawn',
    'This invitation is no longer valid. If you think that it should be valid, ask the organisation that invited you.',
  ],
  replaced: [
    410,
    'invitation-replaced',
    'You have received a newer invitation since. Use the link in the newest message.',
  ],
  expired: [
    410,
    'invitation-expired',
    'This invitation has expired. Ask the organisation that invited you for a new one.',
  ],
};
