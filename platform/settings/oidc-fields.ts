import { ROLES } from '../../contract/access/roles';
import { issuerUrl, oidcAlgorithms, oidcRoles, oidcScope } from './oidc-config';
import { optional, optionalParsed, parsed, secret, text, whole } from './fields';

/** The settings of an OpenID provider: its tokens in place of keys, and its people on the page. */
export const oidcFields = {
  OIDC_ISSUER: optionalParsed(
    issuerUrl,
    'Whose tokens open the API beside its keys, and whose people sign in to the page, as its `iss` has it. Blank: nobody’s.',
  ),
  OIDC_AUDIENCE: optional('What access tokens must name in `aud`: this API. Blank: none are accepted.'),
  OIDC_CLIENT_ID: optional('The page as the provider knows it. Blank: people sign in to the page with keys only.'),
  OIDC_CLIENT_SECRET: secret('The secret of that client. Blank: a public client, which PKCE protects.'),
  OIDC_SCOPE: parsed(oidcScope, 'What the page asks the provider for, with spaces between.', 'openid'),
  OIDC_SESSION_MINUTES: whole(
    240,
    'So long after a sign-in at the provider the page sends people there again, in minutes.',
    [5, 720],
  ),
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
