import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import { importJWK, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTHeaderParameters } from 'jose';
import { createSignatureCheck } from '../../../api/access/issuer-keys';
import { createTokenVerifier } from '../../../api/access/verify-token';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { createApiCaller } from '../../support/api-caller';
import { createSigningKey, startIssuer } from '../../support/oidc-issuer';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

const AUDIENCE = 'https://client-import.example';
type Deps = Parameters<typeof createTokenVerifier>[0];
const verifierFor = (deps: Pick<Deps, 'oidc' | 'store' | 'log'>, askAgainAfterMs?: number) =>
  createTokenVerifier({ ...deps, audience: AUDIENCE, check: createSignatureCheck(deps.oidc, askAgainAfterMs) });
const ORGANISATION = { organisation: DEMO_ORGANISATION_ID };
const CLIENTS = {
  administrator: { ...ORGANISATION, groups: ['everybody', 'helpdesk', 'admins'] },
  support: { ...ORGANISATION, groups: 'helpdesk', scope_of_rights: 'read unmask' },
  nobody: { ...ORGANISATION, groups: ['everybody'] },
  foreign: { organisation: 'unknown-organisation', groups: ['admins'] },
  homeless: { groups: ['admins'] },
  operator: { organisation: { $ne: null }, groups: ['admins'] },
};

describe('Tokens of an OpenID provider', () => {
  const key = createSigningKey('first');
  const curveKey = createSigningKey('curve', 'ES256');
  const foreignKey = createSigningKey('first');
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let stack: Stack;
  beforeAll(async () => {
    issuer = await startIssuer(AUDIENCE, CLIENTS, [key, curveKey]);
    const settings = {
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ROLES: 'admins=systemAdministrator,helpdesk=support',
      OIDC_RIGHTS_CLAIM: 'scope_of_rights',
    };
    stack = await startStack(settings, {
      worker: false,
      outbox: false,
      verifyToken: (deps) => verifierFor(deps, 0),
    });
  });
  afterAll(async () => {
    await stack.stop();
    await issuer.stop();
  });

  const ask = async (token: string, path = '/v1/organisation', method = 'GET') => {
    const { status, body } = await createApiCaller(stack.url, token).call<{ code?: string; id?: string }>(method, path);
    return { status, code: body.code };
  };

  test('A token opens the API with its role, the mightiest of several, and its organisation', async () => {
    const [administrator, support] = [await issuer.token('administrator'), await issuer.token('support')];
    expect(await ask(administrator)).toEqual({ status: 200 });
    expect(await ask(support)).toEqual({ status: 200 });
    expect(await ask(administrator, '/v1/organisation', 'PATCH')).toEqual({ status: 200 });
    expect(await ask(support, '/v1/organisation', 'PATCH')).toEqual({ status: 403, code: 'forbidden' });
  });

  test.each(['nobody', 'foreign', 'homeless', 'operator'])(
    'A good token of %s, without a role or an organisation of ours, is forbidden',
    async (client) => {
      expect(await ask(await issuer.token(client))).toEqual({ status: 403, code: 'forbidden' });
    },
  );

  const now = (): number => Math.floor(Date.now() / 1000);
  const claims = (change: object = {}) => ({
    ...{ iss: issuer.issuer, aud: AUDIENCE, sub: 'somebody', iat: now(), exp: now() + 60 },
    ...CLIENTS.administrator,
    ...change,
  });
  const sign = async (change: object = {}, header: Partial<JWTHeaderParameters> = {}, by: typeof key = key) => {
    const head = { alg: 'RS256', kid: 'first', ...header };
    return new SignJWT(claims(change)).setProtectedHeader(head).sign(await importJWK({ ...by, alg: head.alg }));
  };
  const publicPem = () => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
  const hmac = (secret: Buffer) =>
    new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(new Uint8Array(secret));
  const altered = async () => {
    const [head, , signature] = (await sign()).split('.');
    return [head, Buffer.from(JSON.stringify(claims({ sub: 'another' }))).toString('base64url'), signature].join('.');
  };

  test('A token that the test signs as the issuer does is accepted, so the refusals below are about what they change', async () => {
    expect(await ask(await sign())).toEqual({ status: 200 });
    expect(await ask(await sign({ exp: now() - 25, nbf: now() + 25 }))).toEqual({ status: 200 });
    expect(await ask(await sign({ aud: ['another', AUDIENCE] }))).toEqual({ status: 200 });
    expect(await ask(await sign({}, { alg: 'ES256', kid: 'curve' }, curveKey))).toEqual({ status: 200 });
  });

  const ATTACKS: [string, () => Promise<string> | string][] = [
    ['alg none', () => new UnsecuredJWT(claims()).encode()],
    ['alg none with a signature', async () => `${new UnsecuredJWT(claims()).encode()}${(await sign()).split('.')[2]}`],
    ['alg HS256 with the public key as its secret', () => hmac(Buffer.from(publicPem()))],
    ['alg HS256 with the modulus as its secret', () => hmac(Buffer.from(key.n!, 'base64url'))],
    ['alg RS512, which this installation does not allow', () => sign({}, { alg: 'RS512' })],
    ['another audience', () => sign({ aud: 'https://another.example' })],
    ['no audience', () => sign({ aud: undefined })],
    ['another issuer', () => sign({ iss: 'https://another.example' })],
    ['an issuer with a slash more', () => sign({ iss: `${issuer.issuer}/` })],
    ['expired by more than the clocks may differ', () => sign({ exp: now() - 31 })],
    ['no expiry', () => sign({ exp: undefined })],
    ['no subject', () => sign({ sub: undefined })],
    ['valid only later', () => sign({ nbf: now() + 40 })],
    ['an unknown key id', () => sign({}, { kid: 'unknown' })],
    ['a path as its key id', () => sign({}, { kid: '../../../../dev/null' })],
    ['a key of somebody else under the right id', () => sign({}, {}, foreignKey)],
    ['the id of a key for another algorithm', () => sign({}, { kid: 'curve' })],
    ['no key id, where several keys are published', () => sign({}, { kid: undefined as never }, foreignKey)],
    ['a key that it brings along', () => sign({}, { jwk: { kty: key.kty!, n: key.n!, e: key.e! } }, foreignKey)],
    ['keys at an address of its own', () => sign({}, { jku: 'http://127.0.0.1:9/jwks' }, foreignKey)],
    [
      'a critical header that nobody knows',
      async () => {
        const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'first', crit: ['x'], x: 1 })).toString(
          'base64url',
        );
        return [head, ...(await sign()).split('.').slice(1)].join('.');
      },
    ],
    ['altered claims', altered],
    ['a broken head', async () => ['e30x', ...(await sign()).split('.').slice(1)].join('.')],
    ['claims that are no JSON', async () => (await sign()).replace(/\..*\./, '.e30x.')],
    ['10 KB', () => sign({ padding: randomBytes(7_500).toString('base64') })],
  ];
  test.each(ATTACKS)('A token with %s is refused', async (_name, create) => {
    expect(await ask(await create())).toEqual({ status: 401, code: 'unauthorised' });
  });

  test('The caller of a token is known by an id that is no address, the same each time', async () => {
    const verify = verifierFor({ ...stack, oidc: stack.config.oidc! });
    const caller = await verify(await sign({ sub: 'ann@example.com' }));
    const digest = createHash('sha256')
      .update(JSON.stringify([issuer.issuer, 'ann@example.com']))
      .digest('hex');
    expect((await createApiCaller(stack.url, await issuer.token('support')).get('/v1/me')).body).toMatchObject({
      ...{ kind: 'oidc', name: null, organisation: DEMO_ORGANISATION_ID, role: 'support', rights: ['unmask'] },
    });
    expect(caller).toMatchObject({ id: `oidc_${digest.slice(0, 32)}`, kind: 'oidc', name: null, rights: [] });
    expect(await verify(await issuer.token('support'))).toMatchObject({ role: 'support', rights: ['unmask'] });
  });

  test('After the issuer has changed its key, its tokens are accepted at once', async () => {
    const second = createSigningKey('second');
    await issuer.changeKey(second);
    expect(await ask(await issuer.token('administrator'))).toEqual({ status: 200 });
    expect(await ask(await sign())).toEqual({ status: 401, code: 'unauthorised' });
  });

  test('While the issuer cannot be asked, known keys do, and nobody knows about others', async () => {
    const token = await issuer.token('administrator');
    await issuer.stop();
    expect(await ask(token)).toEqual({ status: 200 });
    const { config, store, log } = stack;
    const verify = verifierFor({ oidc: config.oidc!, store, log });
    await expect(verify(token)).rejects.toMatchObject({ status: 503, code: 'temporarily-unavailable' });
  });
});

test('An installation without an OpenID provider accepts no token', async () => {
  const stack = await startStack({}, { worker: false, outbox: false });
  const answer = await createApiCaller(stack.url, 'eyJhbGciOiJub25lIn0.e30.e30').get('/v1/organisation');
  expect(answer.status).toBe(401);
  await stack.stop();
});
