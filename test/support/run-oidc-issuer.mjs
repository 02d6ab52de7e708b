/**
 * A real OpenID provider for tests, in a process of its own: oidc-provider consists of ECMAScript modules, which Jest cannot load.
 * Takes `{ port, host, jwks, resource, clients: [{ id, secret, claims }], page: { id, secret, redirectUris, people, claimsIn } }` as its
 * argument; writes a line once it listens. `people` are the claims of whoever signs in under a name; every password fits.
 */
import { Provider } from 'oidc-provider';

const { port, host, jwks, resource, clients, page } = JSON.parse(process.argv[2]);
const issuer = `http://${host}:${port}`;
const alg = jwks.keys[0].alg;
const people = page?.people ?? {};
const namesOfClaims = [...new Set(Object.values(people).flatMap((claims) => Object.keys(claims)))];

const provider = new Provider(issuer, {
  jwks,
  clients: [
    ...clients.map(({ id, secret }) => ({
      client_id: id,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: alg,
    })),
    ...(page ? [clientOf(page)] : []),
  ],
  enabledJWA: { idTokenSigningAlgValues: [alg] },
  pkce: { required: () => true },
  claims: { openid: ['sub', ...namesOfClaims] },
  // By default an ID token that comes with an access token has no claims of a person, and UserInfo has.
  conformIdTokenClaims: page?.claimsIn !== 'id-token',
  findAccount: (_ctx, name) => ({ accountId: name, claims: () => ({ sub: name, ...people[name] }) }),
  features: {
    devInteractions: { enabled: page !== undefined },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: page === undefined,
      getResourceServerInfo: (_ctx, audience) => ({
        audience,
        scope: 'import',
        accessTokenFormat: 'jwt',
        accessTokenTTL: 300,
        jwt: { sign: { alg } },
      }),
      defaultResource: () => resource,
    },
  },
  extraTokenClaims: (_ctx, token) => clients.find(({ id }) => id === token.clientId)?.claims,
});

function clientOf({ id, secret, redirectUris }) {
  return {
    client_id: id,
    ...(secret ? { client_secret: secret } : { token_endpoint_auth_method: 'none' }),
    grant_types: ['authorization_code'],
    redirect_uris: redirectUris,
    response_types: ['code'],
    id_token_signed_response_alg: alg,
  };
}

provider.listen(port, host, () => process.stdout.write('listening\n'));
process.once('disconnect', () => process.exit());
