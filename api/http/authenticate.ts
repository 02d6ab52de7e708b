import type { Request, RequestHandler } from 'express';
import type { ApiKeyDoc, Role } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from './http-problem';

/** Who is asking. */
export type Caller = Pick<ApiKeyDoc, 'organisationId' | 'role'>;

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
  }
}

/** Requires a Bearer key. It is looked up at every request, so a key that is taken away stops working at once. */
export const authenticate =
  ({ apiKeys }: Pick<Store, 'apiKeys'>): RequestHandler =>
  async (request, _response, next) => {
    const key = /^Bearer ([\w-]{20,200})$/i.exec(request.get('authorization') ?? '')?.[1];
    const found = key ? await apiKeys.find(key) : null;
    if (!found) {
      throw new HttpProblem(
        401,
        'unauthorised',
        'Send a valid key: "Authorization: Bearer <key>". The keys of the local organisation are in .client-import/keys.json.',
      );
    }
    request.caller = found;
    next();
  };

/** Lets only these roles pass. */
export const allow =
  (...roles: Role[]): RequestHandler =>
  (request, _response, next) => {
    if (!roles.includes(callerOf(request).role)) {
      throw new HttpProblem(403, 'forbidden', `Your role may not do this. It takes one of: ${roles.join(', ')}.`);
    }
    next();
  };

export function callerOf(request: Request): Caller {
  if (!request.caller) throw new Error('A route without authenticate() asked for its caller');
  return request.caller;
}
