import type { Request, RequestHandler } from 'express';
import type { ApiKeyDoc, Role } from '../../store/documents';
import type { Store } from '../../store/index';
import type { Budget } from './budget';
import { HttpProblem } from './http-problem';

export type Caller = Pick<ApiKeyDoc, '_id' | 'organisationId' | 'role'>;

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
  }
}

/** So many keys of callers that were here lately, the oldest first. */
const MAX_KNOWN_KEYS = 1000;

/**
 * Requires a Bearer key. Each request looks its key up, so a removed key stops working at once. A key that was valid lately costs
 * nothing of the strangers' budget, so that a neighbour behind the same address cannot lock its owner out.
 */
export function authenticate({ apiKeys }: Pick<Store, 'apiKeys'>, strangers: Budget): RequestHandler {
  const known = new Set<string>();

  return async (request, _response, next) => {
    const key = /^Bearer ([\w-]{20,200})$/i.exec(request.get('authorization') ?? '')?.[1];
    if (key === undefined || !known.has(key)) strangers.spend(request);
    const apiKey = key === undefined ? null : await apiKeys.find(key);
    if (key === undefined || !apiKey) {
      if (key !== undefined) known.delete(key);
      throw new HttpProblem(
        401,
        'unauthorised',
        'Send a valid key: "Authorization: Bearer <key>". The keys of the local organisation are in .client-import/keys.json.',
      );
    }
    if (known.size >= MAX_KNOWN_KEYS && !known.has(key)) known.delete(known.values().next().value!);
    known.add(key);
    request.caller = apiKey;
    next();
  };
}

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

export function callerOf(request: Request): Caller {
  if (!request.caller) throw new Error('A route without authenticate() asked for its caller');
  return request.caller;
}
