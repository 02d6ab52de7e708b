import type { Request } from 'express';
import type { AppDeps } from '../app-deps';
import { callerOfClaims } from '../access/caller-of-claims';
import { createBudget, GUESTS, limitOpen, spendOf } from '../http/budget';
import { SIGN_IN } from '../http/event-tickets';
import { HttpProblem } from '../http/http-problem';
import { emptyReply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { faultAddress } from './answer-sign-in';
import { attemptOf, forgetAttempt, isState, keepAttempt } from './attempt-cookie';
import { SignInError } from './provider-client';
import type { SignInFault } from './provider-client';
import { beginSignIn, finishSignIn, queryOfProvider } from './sign-in-routes';

/** Each asks the provider up to four times, and has no body. */
const OPEN = { most: 100, bodyWithinMs: 30_000 };
const NOT_STORED = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/**
 * Signs people in to the page by their account at the OpenID provider. What comes of it is a ticket, by which the page begins a session
 * as with a sign-in link: limits, audit log and cookie are those of every session.
 */
export function createSignInRoutes({
  store,
  config,
  linkBase: { publicUrl },
  providerSignIn,
}: Pick<AppDeps, 'store' | 'config' | 'linkBase' | 'providerSignIn'>): Route[] {
  const isTls = config.http.publicUrl.startsWith('https:');
  const limits = [spendOf(createBudget(GUESTS)), limitOpen(OPEN)];

  function required(): NonNullable<typeof providerSignIn> {
    if (providerSignIn) return providerSignIn;
    throw new HttpProblem(404, 'not-found', 'People sign in to this installation with keys only.');
  }

  async function ticketFor(request: Request): Promise<string> {
    const query = queryOfProvider(request.query);
    const state = query?.get('state') ?? null;
    const attempt = isState(state) ? attemptOf(request, state, isTls) : undefined;
    if (!query || !attempt) throw new SignInError('expired');
    const { provider, oidc, sessionMs } = required();
    const found = await callerOfClaims(oidc, store, await provider.finish(query, attempt));
    if ('missing' in found) throw new SignInError(`no-${found.missing}`);
    const expiresAt = new Date(Date.now() + sessionMs);
    const fields = { stream: SIGN_IN, caller: { ...found.caller, expiresAt }, credential: { expiresAt } };
    return (await store.eventTickets.create(fields)).ticket;
  }

  function noteFault(request: Request, error: unknown): SignInFault {
    if (!(error instanceof SignInError)) throw error;
    const { fault, cause } = error;
    // What a provider says may name its people: of an error there are its name and code.
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const fields = { fault, error: cause instanceof Error ? cause.name : undefined, code };
    const isOurs = fault === 'unavailable' || fault === 'failed';
    request.log[isOurs ? 'error' : 'info'](fields, 'a sign-in at the OpenID provider came to nothing');
    return fault;
  }

  return [
    route(
      beginSignIn,
      async (_input, request) => {
        try {
          const { address, attempt } = await required().provider.begin();
          return emptyReply(303, { ...NOT_STORED, Location: address, 'Set-Cookie': keepAttempt(attempt, isTls) });
        } catch (error) {
          return emptyReply(303, { ...NOT_STORED, Location: faultAddress(publicUrl, noteFault(request, error)) });
        }
      },
      limits,
    ),
    route(
      finishSignIn,
      async (_input, request) => {
        required();
        const { state } = request.query;
        const forget = typeof state === 'string' && isState(state) && { 'Set-Cookie': forgetAttempt(state, isTls) };
        const Location = await ticketFor(request).then(
          (ticket) => `${publicUrl}/#/sign-in?ticket=${ticket}`,
          (error: unknown) => faultAddress(publicUrl, noteFault(request, error)),
        );
        return emptyReply(303, { ...NOT_STORED, ...forget, Location });
      },
      limits,
    ),
  ];
}
