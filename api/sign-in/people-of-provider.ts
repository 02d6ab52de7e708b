import type { Config } from '../../platform/config';
import type { Logger } from '../../platform/logger';
import type { Store } from '../../store/index';
import { createTokenVerifier } from '../access/verify-token';
import type { AppDeps } from '../app-deps';
import { createProviderClient } from './provider-client';

/** Lets in who has an account at the OpenID provider of the settings: by access tokens, on the page, or both. */
export function peopleOf(
  { oidc, http }: Pick<Config, 'oidc' | 'http'>,
  store: Store,
  log: Logger,
): Pick<AppDeps, 'verifyToken' | 'providerSignIn'> {
  if (!oidc) return {};
  const { audience, client } = oidc;
  return {
    ...(audience !== undefined && { verifyToken: createTokenVerifier({ oidc, audience, store, log }) }),
    ...(client && {
      providerSignIn: {
        ...{ oidc, sessionMs: client.sessionMs },
        provider: createProviderClient(oidc, client, `${http.publicUrl.replace(/\/+$/, '')}/sign-in/callback`),
      },
    }),
  };
}
