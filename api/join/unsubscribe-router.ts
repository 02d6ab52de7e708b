import type { Request, Response } from 'express';
import type { Subscription } from '../../store/provider-reports/unsubscribes';
import type { AppDeps } from '../app-deps';
import { askByToken, createBudget, GUESTS, limitOpen, spendOf } from '../http/budget';
import type { FailureLimit } from '../http/budget';
import { route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { sendJoinPage } from './send-join-page';
import { showUnsubscribe, unsubscribe } from './unsubscribe-routes';

/** A mail program sends one short field. */
const OPEN = { most: 200, bodyWithinMs: 10_000 };

/** Where people get no more e-mails of an organisation, by one click in their mail program or on a page. */
export function createUnsubscribeRoutes(
  { store: { unsubscribes }, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  failures: FailureLimit,
): Route[] {
  const guests = spendOf(createBudget(GUESTS));

  function show(subscription: Subscription, request: Request, response: Response): typeof WRITTEN {
    if (subscription.kind === 'unknown') sendJoinPage(request, response, { status: 404, state: 'unknown' });
    else {
      const { kind: state, organisationName } = subscription;
      sendJoinPage(request, response, { status: 200, state, organisationName });
    }
    return WRITTEN;
  }

  return [
    route(
      showUnsubscribe,
      async ({ params: { token } }, request, response) =>
        show(await askByToken(failures, request, () => unsubscribes.look(token)), request, response),
      [guests],
    ),
    route(
      unsubscribe,
      async ({ params: { token } }, request, response) => {
        const subscription = await askByToken(failures, request, () => unsubscribes.unsubscribe(token));
        outbox.poke();
        return show(subscription, request, response);
      },
      [guests, limitOpen(OPEN)],
    ),
  ];
}
