import { createHash } from 'node:crypto';
import { RIGHTS, ROLES } from '../../contract/access/roles';
import type { Right, Role } from '../../contract/access/roles';
import type { OidcConfig } from '../../platform/settings/oidc-config';

export type Claims = Readonly<Record<string, unknown>>;

/**
 * A claim by its name, or by a path of names such as `realm_access.roles`. The whole name comes first, since some providers name their
 * claims by addresses: `https://example.com/role`.
 */
export function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as Claims)[part] : undefined,
      claims,
    );
}

/** The mightiest of the roles that a token names. */
export function roleIn(claims: Claims, { claims: { role }, roles }: OidcConfig): Role | undefined {
  const named = wordsOf(claimAt(claims, role)).map((name) => roles.get(name));
  return ROLES.find((one) => named.includes(one));
}

export function rightsIn(claims: Claims, { claims: { rights } }: OidcConfig): Right[] {
  const named = rights === undefined ? [] : wordsOf(claimAt(claims, rights));
  return RIGHTS.filter((right) => named.includes(right));
}

export function organisationIn(claims: Claims, { claims: { organisation } }: OidcConfig): string | undefined {
  const id = claimAt(claims, organisation);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** A list, or words with spaces between as in `scope`. */
const wordsOf = (claim: unknown): string[] => {
  if (typeof claim === 'string') return [claim, ...claim.split(' ')];
  return Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : [];
};

/** The id of a person: a subject may be an address, and another issuer may know somebody else by it. */
export const subjectId = (issuer: string, subject: string): string =>
  `oidc_${createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 32)}`;
