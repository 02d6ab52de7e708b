import type { Config } from '../../platform/config';
import type { Logger } from '../../platform/logger';
import type { Store } from '../../store/index';
import { createSignatureCheck } from '../access/issuer-keys';
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
  // One for both, which asks the issuer for its keys once.
  const check = createSignatureCheck(oidc);
  return {
    ...(audience !== undefined && { verifyToken: createTokenVerifier({ oidc, audience, store, log, check }) }),
    ...(client && {
      providerSignIn: {
        ...{ oidc, sessionMs: client.sessionMs },
        provider: createProviderClient(oidc, client, check, `${http.publicUrl.replace(/\/+$/, '')}/sign-in/callback`),
      },
    }),
  };
}
