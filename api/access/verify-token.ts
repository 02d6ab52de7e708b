import { errors } from 'jose';
import type { JWTPayload } from 'jose';
import type { Caller, TokenVerifier } from '../http/caller';
import { HttpProblem, temporarilyUnavailable } from '../http/http-problem';
import type { Logger } from '../../platform/logger';
import type { OidcConfig } from '../../platform/settings/oidc-config';
import type { Store } from '../../store/index';
import { callerOfClaims } from './caller-of-claims';
import { IssuerUnavailable } from './issuer-keys';
import type { SignatureCheck } from './issuer-keys';

interface Deps {
  oidc: OidcConfig;
  /** What the tokens must be for. */
  audience: string;
  store: { organisations: Pick<Store['organisations'], 'find'> };
  log: Logger;
  /** By the keys of the issuer. */
  check: SignatureCheck;
}

/**
 * Verifies access tokens of the trusted issuer for this API. Role and organisation are claims. A bad token is a 401, one that gives no
 * role or no organisation a 403; while the keys cannot be had, it is a 503, since nobody knows.
 */
export function createTokenVerifier({ oidc, audience, store, log, check }: Deps): TokenVerifier {
  async function verify(token: string): Promise<JWTPayload> {
    try {
      return await check(token, audience);
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
    const { sub, exp, ...claims } = await verify(token);
    const found = await callerOfClaims(oidc, store, { ...claims, sub: sub! });
    if ('missing' in found) throw forbidden(LACKS[found.missing](oidc.claims[found.missing]));
    return { ...found.caller, expiresAt: new Date((exp! + oidc.clockSkewSeconds) * 1000) };
  };
}

const LACKS = {
  role: (claim: string) =>
    `Your token gives you no role here: its claim "${claim}" has none of the values that this installation knows.`,
  organisation: (claim: string) => `Your token names no organisation of this installation in its claim "${claim}".`,
};

const forbidden = (detail: string): HttpProblem =>
  new HttpProblem(403, 'forbidden', `${detail} Ask the administrator of your OpenID provider.`);
