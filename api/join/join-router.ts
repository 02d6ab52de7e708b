import type { Request, Response } from 'express';
import type { LinkState } from '../../store/invitations/acceptance';
import type { AppDeps } from '../app-deps';
import { askByToken, createBudget, GUESTS, limitOpen, spendOf } from '../http/budget';
import type { FailureLimit } from '../http/budget';
import { emptyReply, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { acceptOnPage, showInvitation } from './join-routes';
import { isLanguage } from './languages/index';
import { sendJoinPage } from './send-join-page';

/** The button sends no body. */
const OPEN = { most: 200, bodyWithinMs: 10_000 };

const STATUS: Readonly<Record<LinkState['kind'], number>> = {
  open: 200,
  accepted: 200,
  replaced: 410,
  expired: 410,
  withdrawn: 410,
  unknown: 404,
};

/**
 * The page behind the link of an invitation, for people without an account: no script, no key. Opening it changes nothing, so
 * only the button counts as an answer of the person.
 */
export function createJoinRoutes(
  { store: { acceptance }, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  failures: FailureLimit,
): Route[] {
  const guests = spendOf(createBudget(GUESTS));

  function show({ kind, organisationName }: LinkState, request: Request, response: Response): typeof WRITTEN {
    const state = kind === 'accepted' && request.query['accepted'] === 'now' ? 'joined' : kind;
    sendJoinPage(request, response, { status: STATUS[kind], state, organisationName });
    return WRITTEN;
  }

  return [
    route(
      showInvitation,
      async ({ params: { token } }, request, response) =>
        show(await askByToken(failures, request, () => acceptance.look(token)), request, response),
      [guests],
    ),
    route(
      acceptOnPage,
      async ({ params: { token } }, request, response) => {
        const { kind } = await askByToken(failures, request, () => acceptance.accept(token));
        if (kind === 'unknown') return show({ kind }, request, response);
        if (kind !== 'accepted') return show(await acceptance.look(token), request, response);
        outbox.poke();
        const { lang } = request.query;
        const query = new URLSearchParams({ accepted: 'now', ...(isLanguage(lang) && { lang }) });
        // Relative, so that it holds under any address by which a proxy serves the page.
        return emptyReply(303, { Location: `?${query.toString()}`, 'Cache-Control': 'no-store' });
      },
      [guests, limitOpen(OPEN)],
    ),
  ];
}
