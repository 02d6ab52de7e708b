import type { Request, RequestHandler } from 'express';
import type { Role } from '../../contract/access/roles';
import type { AppDeps } from '../app-deps';
import type { Budget, FailureLimit } from './budget';
import { callerOf } from './caller';
import type { Caller } from './caller';
import { HttpProblem } from './http-problem';
import type { OpenRequests } from './open-requests';

export { callerOf };
export type { Caller };

/** So many keys and tokens of callers that were here lately, the oldest first. */
const MAX_KNOWN = 1000;

/** Longer ones are refused unread. A token of an OpenID provider with many groups has some 4,000 characters. */
const MAX_TOKEN = 8192;
const KEY = /^[\w-]{20,200}$/;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Requires a Bearer key, or a Bearer token where the installation trusts an OpenID provider. A key that is
 * revoked here stops working at once, and one that another process revokes within half a second. A key that was valid lately costs nothing of the strangers' budget, so that a neighbour behind
 * the same address cannot lock its owner out.
 */
export function authenticate(
  { store: { apiKeys }, verifyToken }: Pick<AppDeps, 'store' | 'verifyToken'>,
  strangers: Budget,
  failures: FailureLimit,
  openRequests: OpenRequests,
): RequestHandler {
  const known = new Set<string>();

  async function findCaller(bearer: string, request: Request): Promise<{ caller: Caller; hash?: string } | null> {
    if (KEY.test(bearer)) {
      const found = await apiKeys.find(bearer);
      if (!found) return null;
      void apiKeys.noteUse(found).catch((error: unknown) => request.log.warn({ err: error }, 'a use was not noted'));
      const { _id: id, name, organisationId, role, rights, expiresAt = null } = found.key;
      return { caller: { id, kind: 'key', name, organisationId, role, rights, expiresAt }, hash: found.secret.hash };
    }
    if (!verifyToken || bearer.length > MAX_TOKEN || !TOKEN.test(bearer)) return null;
    return { caller: await verifyToken(bearer) };
  }

  return async (request, response, next) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (!known.has(bearer)) strangers.spend(request);
    const refused = async (): Promise<void> => {
      known.delete(bearer);
      // Counted once it is known to be wrong: counted before, a guesser would lock out whoever is new behind the same address.
      if (bearer !== '') await failures.spend(request);
    };
    const found = await findCaller(bearer, request).catch(async (error: unknown) => {
      if (error instanceof HttpProblem && error.status === 401) await refused();
      throw error;
    });
    if (!found) {
      await refused();
      throw unauthorised();
    }
    if (known.size >= MAX_KNOWN && !known.has(bearer)) known.delete(known.values().next().value!);
    known.add(bearer);
    const { caller, hash } = found;
    request.caller = caller;
    request.credential = { expiresAt: caller.expiresAt, ...(hash !== undefined && { hash }) };
    openRequests.add(response, request.credential);
    next();
  };
}

const unauthorised = (): HttpProblem =>
  new HttpProblem(
    401,
    'unauthorised',
    'Send a valid key: "Authorization: Bearer <key>". The keys of the local organisation are in .client-import/keys.json.',
  );

/** Requires one of these roles. */
export const allow =
  (...roles: Role[]): RequestHandler =>
  (request, _response, next) => {
    if (!roles.includes(callerOf(request).role)) {
      throw new HttpProblem(403, 'forbidden', `Your role may not do this. Allowed roles: ${roles.join(', ')}.`);
    }
    next();
  };

/** Which roles a route is for. What support gets is masked on its way out; see `answers.ts`. */
export const SYSTEM_ADMINISTRATOR = ['systemAdministrator'] as const;
export const ADMINISTRATORS = ['systemAdministrator', 'userAdministrator'] as const;
export const ALL_ROLES = ['systemAdministrator', 'userAdministrator', 'support'] as const;
