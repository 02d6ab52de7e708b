import { ROLES } from '../../contract/access/roles';
import { issuerUrl, oidcAlgorithms, oidcRoles } from './oidc-config';
import { optional, optionalParsed, parsed, text, whole } from './fields';

/** The settings of tokens of an OpenID provider. */
export const oidcFields = {
  OIDC_ISSUER: optionalParsed(
    issuerUrl,
    'Whose tokens open the API beside its keys, as their `iss` has it. Blank: nobody’s.',
  ),
  OIDC_AUDIENCE: optional('What the tokens must name in `aud`: this API.'),
  OIDC_JWKS_URL: optionalParsed(
    issuerUrl,
    'Where the keys of the issuer are. Blank: the issuer is asked (/.well-known/openid-configuration).',
  ),
  OIDC_ALGORITHMS: parsed(oidcAlgorithms, 'Allowed signatures, with commas between.', 'RS256,PS256,ES256,EdDSA'),
  OIDC_CLOCK_SKEW_SECONDS: whole(30, 'How far its clock and ours may differ, in seconds.', [0, 300]),
  OIDC_ROLE_CLAIM: text(
    'role',
    'The claim with the role, such as role, realm_access.roles or https://example.com/role.',
  ),
  OIDC_ROLES: parsed(
    oidcRoles,
    'The roles that its values give, as admins=systemAdministrator,helpdesk=support.',
    ROLES.map((role) => `${role}=${role}`).join(),
  ),
  OIDC_ORGANISATION_CLAIM: text('organisation', 'The claim with the id of the organisation.'),
  OIDC_RIGHTS_CLAIM: optional('The claim with rights, such as unmask. Blank: tokens give none.'),
};
