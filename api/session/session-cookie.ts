import type { Request } from 'express';
import { LONGEST_MS } from '../../store/access/sessions';

/** A prefix by which browsers make sure that no other host has set the cookie; they want it over TLS only. */
const nameOf = (isTls: boolean): string => `${isTls ? '__Host-' : ''}client-import-session`;
const VALUE = /^[\w-]{32}$/;

/** For the header Set-Cookie. Scripts cannot read it, and no other site can have it sent. */
export const cookieOf = (secret: string, isTls: boolean, maxAgeMs = LONGEST_MS): string =>
  [
    `${nameOf(isTls)}=${secret}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${maxAgeMs / 1000}`,
    ...(isTls ? ['Secure'] : []),
  ].join('; ');

export const endedCookie = (isTls: boolean): string => cookieOf('', isTls, 0);

/** The value of the cookie that a request has, if it can be one of ours. */
export function secretOf(request: Pick<Request, 'headers'>, isTls: boolean): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const value = pairs.find(([name]) => name === nameOf(isTls))?.[1];
  return value !== undefined && VALUE.test(value) ? value : undefined;
}
