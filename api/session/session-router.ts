import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { credentialOf } from '../http/caller';
import { emptyReply, reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { cookieOf, endedCookie, secretOf } from './session-cookie';
import { createSession, endSession } from './session-routes';

export function createSessionRoutes({ store: { sessions }, config }: Pick<AppDeps, 'store' | 'config'>): Route[] {
  const isTls = config.http.publicUrl.startsWith('https:');
  return [
    route(createSession, async (_input, request) => {
      const { secret, endsAt } = await sessions.create({
        caller: callerOf(request),
        credential: credentialOf(request),
      });
      return reply(201, { endsAt: endsAt.toISOString() }, { 'Set-Cookie': cookieOf(secret, isTls) });
    }),

    route(endSession, async (_input, request) => {
      const secret = secretOf(request, isTls);
      if (secret !== undefined) await sessions.remove(secret);
      return emptyReply(204, { 'Set-Cookie': endedCookie(isTls) });
    }),
  ];
}
