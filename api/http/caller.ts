import type { Request } from 'express';
import type { Right, Role } from '../../contract/access/roles';

/** Who sent a request, and what they may do. */
export interface Caller {
  /** Of the key; or of the person whom a token names, opaque and unlike for two issuers. */
  id: string;
  kind: 'key' | 'oidc';
  /** Of the key; `null` for a person, whose name the product does not know. */
  name: string | null;
  organisationId: string;
  role: Role;
  rights: readonly Right[];
  /** When the key or the token ends by itself; `null` for a key without an end. */
  expiresAt: Date | null;
}

/** Of a request that is let in. */
export interface Credential {
  /** Of the secret of a key; absent for a token. */
  hash?: string;
  expiresAt: Date | null;
}

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
    /** Of the problem that is its answer, for the log. */
    problemCode?: string;
    /** What the caller was let in by. */
    credential?: Credential;
  }
}

/** Finds the caller of a token that an OpenID provider has issued. Throws a 401, 403 or 503. */
export type TokenVerifier = (token: string) => Promise<Caller>;

export const credentialOf = ({ credential }: Request): Credential => credential!;

export function callerOf(request: Request): Caller {
  if (!request.caller) throw new Error('A route without authenticate() asked for its caller');
  return request.caller;
}
