import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { Caller, TokenVerifier } from '../http/caller';
import { HttpProblem, temporarilyUnavailable } from '../http/http-problem';
import type { Logger } from '../../platform/logger';
import type { OidcConfig } from '../../platform/settings/oidc-config';
import type { Store } from '../../store/index';
import { organisationIn, rightsIn, roleIn, subjectId } from './token-claims';

/** A request waits for the keys of the issuer once in a while. */
const ISSUER_TIMEOUT_MS = 2_000;
/** A token with an unknown key id makes the keys be asked for again, not more often than this: strangers may send such ids. */
const ASK_AGAIN_AFTER_MS = 5_000;
/** A key that the issuer has withdrawn is refused after this. */
const KEYS_KEPT_MS = 600_000;

interface Deps {
  oidc: OidcConfig;
  store: { organisations: Pick<Store['organisations'], 'find'> };
  log: Logger;
  askAgainAfterMs?: number;
}

/**
 * Verifies tokens of the trusted issuer by its published keys (JWKS; RFC 7519, OpenID Connect Core 3.1.3.7): signature by an allowed
 * algorithm, issuer, audience, expiry and start. Role and organisation are claims. A bad token is a 401, one that gives no role or no
 * organisation a 403; while the keys cannot be had, it is a 503, since nobody knows.
 */
export function createTokenVerifier({ oidc, store, log, askAgainAfterMs = ASK_AGAIN_AFTER_MS }: Deps): TokenVerifier {
  const keyFor = createKeyFinder(oidc, askAgainAfterMs);

  async function verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keyFor, {
        issuer: oidc.issuer,
        audience: oidc.audience,
        algorithms: oidc.algorithms,
        clockTolerance: oidc.clockSkewSeconds,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof IssuerUnavailable) {
        log.error({ err: error.cause }, 'the keys of the OpenID provider cannot be had');
        throw temporarilyUnavailable('The keys of the OpenID provider cannot be had. Try again in a few seconds.');
      }
      log.info({ code: error instanceof errors.JOSEError ? error.code : 'other' }, 'a token was refused');
      throw new HttpProblem(
        401,
        'unauthorised',
        'The token is invalid or has expired. Get a new one for this API from your OpenID provider, and send it as "Authorization: Bearer <token>".',
      );
    }
  }

  return async (token): Promise<Caller> => {
    const claims = await verify(token);
    const role = roleIn(claims, oidc);
    if (!role) {
      throw forbidden(
        `Your token gives you no role here: its claim "${oidc.claims.role}" has none of the values that this installation knows.`,
      );
    }
    const organisationId = organisationIn(claims, oidc);
    if (organisationId === undefined || !(await store.organisations.find(organisationId))) {
      throw forbidden(
        `Your token names no organisation of this installation in its claim "${oidc.claims.organisation}".`,
      );
    }
    return {
      id: subjectId(oidc.issuer, claims.sub!),
      kind: 'oidc',
      name: null,
      organisationId,
      role,
      rights: rightsIn(claims, oidc),
      expiresAt: new Date((claims.exp! + oidc.clockSkewSeconds) * 1000),
    };
  };
}

const forbidden = (detail: string): HttpProblem =>
  new HttpProblem(403, 'forbidden', `${detail} Ask the administrator of your OpenID provider.`);

class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
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
