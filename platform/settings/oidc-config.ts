import { z } from 'zod';
import { ROLES } from '../../contract/access/roles';
import type { Role } from '../../contract/access/roles';

/** Signatures by a key that only the issuer has. Those by a shared secret (HS256 …) would let whoever knows it write tokens. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
] as const;

export interface OidcConfig {
  issuer: string;
  /** Of access tokens in place of keys; `undefined` where none are accepted. */
  audience: string | undefined;
  /** By which the page signs people in; `undefined` where they sign in with keys only. */
  client: OidcClient | undefined;
  /** `undefined` to ask the issuer. */
  jwksUrl: string | undefined;
  algorithms: string[];
  clockSkewSeconds: number;
  claims: { role: string; organisation: string; rights: string | undefined };
  /** The role that a value of the role claim gives. */
  roles: ReadonlyMap<string, Role>;
}

/** The page as a client of the provider. */
export interface OidcClient {
  id: string;
  /** `undefined` for a public client, which PKCE alone protects. */
  secret: string | undefined;
  /** With spaces between. */
  scope: string;
  /** After so long somebody is asked for again at the provider, where the account may be closed by then. */
  sessionMs: number;
}

/** `admins=systemAdministrator,help desk=support` */
export const oidcRoles = z.string().transform((text, context) => {
  const roles = new Map<string, Role>();
  for (const pair of text.split(',')) {
    const at = pair.lastIndexOf('=');
    const role = ROLES.find((one) => one === pair.slice(at + 1).trim());
    const value = pair.slice(0, Math.max(0, at)).trim();
    if (role && value !== '') roles.set(value, role);
    else context.addIssue({ code: 'custom', message: `Must be such as admins=${ROLES[0]},helpdesk=${ROLES[2]}` });
  }
  return roles;
});

export const oidcAlgorithms = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine((names) => names.every((name) => ALGORITHMS.some((one) => one === name)), {
    message: `Must be some of ${ALGORITHMS.join(', ')}`,
  });

export const oidcScope = z
  .string()
  .refine((text) => text.split(' ').includes('openid'), { message: 'Must have the word openid' });

/** Plain HTTP would let whoever is on the way give out keys; on this machine nobody is. */
export const issuerUrl = z.url().refine((url) => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}, 'Must begin with https://');
