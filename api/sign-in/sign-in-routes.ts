import { z } from 'zod';
import { defineRoute } from '../routing/route';

const tag = 'Access';
const TO_THE_PAGE = 'The page: with a ticket that signs in, or with the reason why nobody is signed in.';

export const beginSignIn = defineRoute({
  method: 'get',
  path: '/sign-in',
  operationId: 'beginSignIn',
  summary: 'Sign in to the page with an account of the company',
  description:
    'For a browser. Leads to the OpenID provider of the installation (`OIDC_CLIENT_ID`), by an authorization code with PKCE, `state` and ' +
    '`nonce`, which a cookie keeps for ten minutes.',
  tag,
  access: 'none',
  answers: {
    303: {
      description: 'To the provider, or to the page with the reason why not.',
      empty: true,
      headers: { Location: 'The provider.' },
    },
  },
  problems: ['not-found'],
});

/** The provider may add what it likes. */
const answerOfProvider = z.record(z.string(), z.string());

export const finishSignIn = defineRoute({
  method: 'get',
  path: '/sign-in/callback',
  operationId: 'finishSignIn',
  summary: 'Come back from the OpenID provider',
  description:
    'The redirect URI of the page, as it is registered at the provider. Who has the role and organisation that `OIDC_ROLE_CLAIM` and ' +
    '`OIDC_ORGANISATION_CLAIM` tell is led to the page with a ticket for `POST /v1/session`, valid once and for a minute.',
  tag,
  access: 'none',
  answers: { 303: { description: TO_THE_PAGE, empty: true, headers: { Location: 'The page.' } } },
  problems: ['not-found'],
});

/** What a query of the provider says, each name once; `undefined` if it cannot be one. */
export const queryOfProvider = (query: unknown): URLSearchParams | undefined => {
  const { success, data } = answerOfProvider.safeParse(query);
  return success ? new URLSearchParams(data) : undefined;
};
