import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../platform/config';

/**
 * The headers that tell browsers what they may not do with our answers. Those about TLS only where callers reach us by it: without,
 * a browser would look for a server that does not exist.
 */
export function securityHeaders({ publicUrl, hstsSeconds }: Config['http']): RequestHandler {
  const isTls = publicUrl.startsWith('https:');
  return helmet({
    strictTransportSecurity: isTls && hstsSeconds > 0 ? { maxAge: hstsSeconds } : false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: isTls ? [] : null } },
  });
}

/** Of answers that are data: they are not stored, and a browser that shows one loads and runs nothing. */
export const dataHeaders: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  response.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  next();
};
