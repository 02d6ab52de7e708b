import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  Configuration,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client';
import type { ClientAuth, ClientError } from 'openid-client';
import type { OidcClient, OidcConfig } from '../../platform/settings/oidc-config';
import { IssuerUnavailable } from '../access/issuer-keys';
import type { SignatureCheck } from '../access/issuer-keys';
import { organisationIn, roleIn } from '../access/token-claims';
import type { Claims } from '../access/token-claims';

/** Of each request to the provider: somebody waits before a blank page meanwhile. */
const PROVIDER_TIMEOUT_SECONDS = 5;

/** What a sign-in is recognised by when the provider sends its visitor back. The browser keeps it, and nobody else. */
export interface Attempt {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636): a code that somebody else has got hold of is worth nothing without it. */
  verifier: string;
}

/** Why nobody was signed in; the page has words for each. */
export const SIGN_IN_FAULTS = [
  'refused',
  'no-role',
  'no-organisation',
  'expired',
  'unavailable',
  'busy',
  'failed',
] as const;
export type SignInFault = (typeof SIGN_IN_FAULTS)[number];

export class SignInError extends Error {
  override readonly name = 'SignInError';
  constructor(
    readonly fault: SignInFault,
    cause?: unknown,
  ) {
    super(fault, { cause });
  }
}

export interface ProviderClient {
  /** Where to send somebody who wants to sign in. */
  begin(): Promise<{ address: string; attempt: Attempt }>;
  /** The claims about whoever was sent back with this query. Throws a `SignInError`. */
  finish(query: URLSearchParams, attempt: Attempt): Promise<Claims & { sub: string }>;
}

/**
 * The page as a client of the OpenID provider: authorization code with PKCE, `state` and `nonce` (OpenID Connect Core 1.0, 3.1; RFC 9700).
 * `redirectUri` is where the provider sends people back to, as it is registered there.
 */
export function createProviderClient(
  oidc: OidcConfig,
  client: OidcClient,
  check: SignatureCheck,
  redirectUri: string,
): ProviderClient {
  let found: Promise<Configuration> | undefined;
  const configuration = (): Promise<Configuration> =>
    (found ??= discover(oidc, client).catch((error: unknown) => {
      found = undefined;
      throw new SignInError(faultOf(error), error);
    }));

  return {
    async begin() {
      const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const address = buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: redirectUri, scope: client.scope, state: attempt.state, nonce: attempt.nonce },
        ...{ code_challenge: await calculatePKCECodeChallenge(attempt.verifier), code_challenge_method: 'S256' },
      });
      return { address: address.href, attempt };
    },

    async finish(query, { state, nonce, verifier }) {
      const provider = await configuration();
      try {
        const tokens = await authorizationCodeGrant(provider, new URL(`${redirectUri}?${query.toString()}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        });
        // The client has compared `nonce` and the rest; the signature is checked as that of every token is.
        const { sub = '', ...claims } = await check(tokens.id_token!, client.id);
        const isComplete = roleIn(claims, oidc) !== undefined && organisationIn(claims, oidc) !== undefined;
        if (isComplete || provider.serverMetadata().userinfo_endpoint === undefined) return { ...claims, sub };
        // Where there is an access token, a provider may give claims there only (OpenID Connect Core 1.0, 5.4).
        return { ...claims, ...(await fetchUserInfo(provider, tokens.access_token, sub)), sub };
      } catch (error) {
        throw new SignInError(faultOf(error), error);
      }
    },
  };
}

async function discover(oidc: OidcConfig, client: OidcClient): Promise<Configuration> {
  const issuer = new URL(oidc.issuer);
  const metadata = { [clockTolerance]: oidc.clockSkewSeconds };
  // Settings let plain HTTP through for an issuer on this machine only.
  const execute = issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
  const found = await discovery(issuer, client.id, metadata, None(), { execute, timeout: PROVIDER_TIMEOUT_SECONDS });
  const server = found.serverMetadata();
  if (server.issuer !== oidc.issuer) throw new Error('The discovery document is not the one of the issuer');
  if (client.secret === undefined) return found;
  const configuration = new Configuration(server, client.id, metadata, authentication(client.secret, server));
  configuration.timeout = PROVIDER_TIMEOUT_SECONDS;
  execute.forEach((change) => change(configuration));
  return configuration;
}

/** By `client_secret_basic`, which is meant where a provider says nothing (OpenID Connect Discovery 1.0, 3), if it takes that. */
function authentication(
  secret: string,
  { token_endpoint_auth_methods_supported: methods = [] }: ReturnType<Configuration['serverMetadata']>,
): ClientAuth {
  const isPost = !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
  return isPost ? ClientSecretPost(secret) : ClientSecretBasic(secret);
}

/** By the code of an error of OAuth (RFC 6749, 4.1.2.1 and 5.2). */
const FAULTS: Readonly<Record<string, SignInFault>> = {
  access_denied: 'refused',
  temporarily_unavailable: 'unavailable',
  server_error: 'unavailable',
  // The code was used already, or has waited too long.
  invalid_grant: 'expired',
};

function faultOf(error: unknown): SignInFault {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return FAULTS[error.error] ?? 'failed';
  if (error instanceof IssuerUnavailable || isUnreachable(error)) return 'unavailable';
  return 'failed';
}

/** There was no answer, or one of a server that is down. The client passes on what `fetch` throws, as it is or as a cause. */
function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { message, code, cause } = error as Partial<ClientError>;
  if (message === 'fetch failed' || code === 'OAUTH_TIMEOUT') return true;
  return cause instanceof Response ? cause.status >= 500 : isUnreachable(cause);
}
