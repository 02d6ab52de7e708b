import type { OidcConfig } from '../../platform/settings/oidc-config';
import type { Store } from '../../store/index';
import type { Caller } from '../http/caller';
import { organisationIn, rightsIn, roleIn, subjectId } from './token-claims';
import type { Claims } from './token-claims';

export type FoundCaller = { caller: Omit<Caller, 'expiresAt'> } | { missing: 'role' | 'organisation' };

/** Whom claims of the issuer name, or what they lack for that. */
export async function callerOfClaims(
  oidc: OidcConfig,
  { organisations }: { organisations: Pick<Store['organisations'], 'find'> },
  claims: Claims & { sub: string },
): Promise<FoundCaller> {
  const role = roleIn(claims, oidc);
  if (!role) return { missing: 'role' };
  const organisationId = organisationIn(claims, oidc);
  if (organisationId === undefined || !(await organisations.find(organisationId))) return { missing: 'organisation' };
  const id = subjectId(oidc.issuer, claims.sub);
  return { caller: { id, kind: 'oidc', name: null, organisationId, role, rights: rightsIn(claims, oidc) } };
}
