import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { OidcConfig } from '../../platform/settings/oidc-config';

/** A request waits for the keys of the issuer once in a while. */
const ISSUER_TIMEOUT_MS = 2_000;
/** A token with an unknown key id makes the keys be asked for again, not more often than this: strangers may send such ids. */
const ASK_AGAIN_AFTER_MS = 5_000;
/** A key that the issuer has withdrawn is refused after this. */
const KEYS_KEPT_MS = 600_000;

export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** The claims of a token for this audience. Throws an `IssuerUnavailable` while nobody knows, and any other error for a bad token. */
export type SignatureCheck = (token: string, audience: string) => Promise<JWTPayload>;

/**
 * Checks tokens of the issuer by its published keys (JWKS; RFC 7519, OpenID Connect Core 3.1.3.7): signature by an allowed algorithm,
 * issuer, audience, expiry and start.
 */
export function createSignatureCheck(oidc: OidcConfig, askAgainAfterMs = ASK_AGAIN_AFTER_MS): SignatureCheck {
  const keyFor = createKeyFinder(oidc, askAgainAfterMs);
  return async (token, audience) => {
    const { payload } = await jwtVerify(token, keyFor, {
      issuer: oidc.issuer,
      audience,
      algorithms: oidc.algorithms,
      clockTolerance: oidc.clockSkewSeconds,
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  };
}

/** The errors that are about the token and not about the issuer. */
const ABOUT_THE_TOKEN = [
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSENotSupported,
  errors.JOSEAlgNotAllowed,
];

/** Finds the published key of a token, in memory most of the time. */
function createKeyFinder(
  { issuer, jwksUrl }: Pick<OidcConfig, 'issuer' | 'jwksUrl'>,
  cooldownDuration: number,
): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const find = (): Promise<JWTVerifyGetKey> =>
    (found ??= (jwksUrl === undefined ? discoverKeys(issuer) : Promise.resolve(jwksUrl)).then(
      (url) =>
        createRemoteJWKSet(new URL(url), {
          timeoutDuration: ISSUER_TIMEOUT_MS,
          cooldownDuration,
          cacheMaxAge: KEYS_KEPT_MS,
        }),
      (error: unknown) => {
        found = undefined;
        throw error;
      },
    ));

  return async (header, token) => {
    try {
      return await (
        await find()
      )(header, token);
    } catch (error) {
      if (ABOUT_THE_TOKEN.some((kind) => error instanceof kind)) throw error;
      throw new IssuerUnavailable('The keys of the issuer cannot be had', { cause: error });
    }
  };
}

/** Where the issuer publishes its keys (OpenID Connect Discovery 1.0, 4.3: the issuer must name itself). */
async function discoverKeys(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(ISSUER_TIMEOUT_MS),
  });
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (!response.ok || document.issuer !== issuer || typeof document.jwks_uri !== 'string')
    throw new Error('The discovery document is not the one of the issuer');
  return document.jwks_uri;
}
