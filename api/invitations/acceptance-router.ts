import type { Acceptance } from '../../store/invitations/acceptance';
import type { AppDeps } from '../app-deps';
import { askByToken, createBudget, GUESTS, limitOpen, spendOf } from '../http/budget';
import type { FailureLimit } from '../http/budget';
import { HttpProblem } from '../http/http-problem';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { acceptInvitation } from './invitation-routes';

const OPEN = { most: 200, bodyWithinMs: 10_000 };

/** Accepts an invitation by its token, without a key: only the addressee has the token. */
export const createAcceptanceRoutes = (
  { store, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  failures: FailureLimit,
): Route[] => [
  route(
    acceptInvitation,
    async ({ body: { token } }, request) => {
      const result = await askByToken(failures, request, () => store.acceptance.accept(token));
      if (result.kind !== 'accepted') {
        const [status, code, detail] = PROBLEMS[result.kind];
        throw new HttpProblem(status, code, detail);
      }
      outbox.poke();
      return reply(200, { organisation: { name: result.organisationName }, kind: result.personKind });
    },
    [spendOf(createBudget(GUESTS)), limitOpen(OPEN)],
  ),
];

const PROBLEMS = {
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
} as const satisfies Record<
  Exclude<Acceptance['kind'], 'accepted'>,
  readonly [status: number, code: string, detail: string]
>;
