/**
 * A real OpenID provider for tests, in a process of its own: oidc-provider consists of ECMAScript modules, which Jest cannot load.
 * Takes `{ port, jwks, resource, clients: [{ id, secret, claims }] }` as its argument; writes a line once it listens.
 */
import { Provider } from 'oidc-provider';

const { port, jwks, resource, clients } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const alg = jwks.keys[0].alg;

const provider = new Provider(issuer, {
  jwks,
  clients: clients.map(({ id, secret }) => ({
    client_id: id,
    client_secret: secret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: alg,
  })),
  enabledJWA: { idTokenSigningAlgValues: [alg] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
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

provider.listen(port, '127.0.0.1', () => process.stdout.write('listening\n'));
process.once('disconnect', () => process.exit());
