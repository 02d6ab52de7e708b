import { z } from 'zod';
import { ALL_ROLES } from '../http/authenticate';
import { defineRoute, json } from '../routing/route';
import { instant } from '../schemas/common';

const tag = 'Access';

export const createSession = defineRoute({
  method: 'post',
  path: '/v1/session',
  operationId: 'createSession',
  summary: 'Sign in to the page',
  description:
    'For the page in a browser: a request with a key, a token or a sign-in ticket gets a cookie, which stands for the key from then on. ' +
    'It is `HttpOnly` and `SameSite=Strict`; a request that changes something needs the header `X-Requested-With: client-import-page` ' +
    'beside it. The session ends half an hour after its last request, after twelve hours, or with its key.',
  tag,
  access: ALL_ROLES,
  query: z.strictObject({
    ticket: z
      .string()
      .exactOptional()
      .meta({ description: 'In place of a key: of the address that `npm start` prints. It is valid once.' }),
  }),
  answers: {
    201: json('The session, whose cookie is in `Set-Cookie`.', z.object({ endsAt: instant }).meta({ id: 'Session' }), {
      endsAt: '2026-11-29T09:30:00.000Z',
    }),
  },
});

export const endSession = defineRoute({
  method: 'delete',
  path: '/v1/session',
  operationId: 'endSession',
  summary: 'Sign out',
  tag,
  access: ALL_ROLES,
  answers: { 204: { description: 'The cookie is not valid any more.', empty: true } },
});
