import type { Request, RequestHandler } from 'express';
import type { ApiKeyDoc, Role } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from './http-problem';

export type Caller = Pick<ApiKeyDoc, 'organisationId' | 'role'>;

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
  }
}

/** Requires a Bearer key. Each request looks its key up, so a removed key stops working at once. */
export const authenticate =
  ({ apiKeys }: Pick<Store, 'apiKeys'>): RequestHandler =>
  async (request, _response, next) => {
    const key = /^Bearer ([\w-]{20,200})$/i.exec(request.get('authorization') ?? '')?.[1];
    const apiKey = key ? await apiKeys.find(key) : null;
    if (!apiKey) {
      throw new HttpProblem(
        401,
        'unauthorised',
        'Send a valid key: "Authorization: Bearer <key>". The keys of the local organisation are in .client-import/keys.json.',
      );
    }
    request.caller = apiKey;
    next();
  };

const allow =
  (...roles: Role[]): RequestHandler =>
  (request, _response, next) => {
    if (!roles.includes(callerOf(request).role)) {
      throw new HttpProblem(403, 'forbidden', `Your role may not do this. Allowed roles: ${roles.join(', ')}.`);
    }
    next();
  };

export const allowSystemAdministrator = allow('systemAdministrator');
export const allowAdministrators = allow('systemAdministrator', 'userAdministrator');
/** Views mask addresses for support. */
export const allowAllRoles = allow('systemAdministrator', 'userAdministrator', 'support');

export function callerOf(request: Request): Caller {
  if (!request.caller) throw new Error('A route without authenticate() asked for its caller');
  return request.caller;
}
