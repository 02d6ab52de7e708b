import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { createLogger } from '../../platform/logger';
import { createSigningKey, startIssuer } from '../support/oidc-issuer';
import type { PageClient } from '../support/oidc-issuer';
import { signInAtProvider } from '../support/provider-login';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const ORGANISATION = { organisation: DEMO_ORGANISATION_ID };
const PEOPLE = {
  'ann@example.com': { ...ORGANISATION, groups: ['everybody', 'admins'] },
  'help@example.com': { ...ORGANISATION, groups: ['helpdesk'] },
  'guest@example.com': { ...ORGANISATION, groups: ['everybody'] },
  'stranger@example.com': { organisation: 'of-somebody-else', groups: ['admins'] },
};
const SECRET = 'p'.repeat(40);
const SESSION_MINUTES = 60;

/** A page whose client has a secret and finds claims in UserInfo, and a public one that finds them in the ID token. */
const CLIENTS = [
  { claimsIn: 'userinfo', secret: SECRET },
  { claimsIn: 'id-token', secret: undefined },
] as const;

describe.each(CLIENTS)('Sign-in by an account of the company, with claims in $claimsIn', ({ claimsIn, secret }) => {
  const key = createSigningKey('first', 'ES256');
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false, settingsFor });
  });
  afterAll(async () => {
    await stack.stop();
    await issuer.stop();
  });

  async function settingsFor(url: string): Promise<Record<string, string>> {
    const page: PageClient = {
      ...{ id: 'page', claimsIn, people: PEOPLE, redirectUris: [`${url}/sign-in/callback`] },
      ...(secret && { secret }),
    };
    issuer = await startIssuer('https://unused.example', {}, [key], { page });
    return {
      OIDC_ISSUER: issuer.issuer,
      OIDC_CLIENT_ID: 'page',
      OIDC_CLIENT_SECRET: secret ?? '',
      OIDC_SESSION_MINUTES: `${SESSION_MINUTES}`,
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ROLES: 'admins=systemAdministrator,helpdesk=support',
    };
  }

  const go = (address: string, cookie = '') =>
    fetch(address, { redirect: 'manual', headers: cookie === '' ? {} : { Cookie: cookie } });
  const locationOf = (response: Response): string => response.headers.get('Location') ?? '';
  const queryOf = (location: string): URLSearchParams => new URLSearchParams(location.split('?')[1]);

  async function begin() {
    const response = await go(`${stack.url}/sign-in`);
    const [setCookie = ''] = response.headers.getSetCookie();
    return { response, setCookie, cookie: setCookie.split(';')[0]!, address: locationOf(response) };
  }
  /** As far as the page; what stands behind its `?`. */
  async function signIn(name: string | undefined) {
    const { cookie, address } = await begin();
    const back = await signInAtProvider(address, name);
    const response = await go(back, cookie);
    expect(response.status).toBe(303);
    expect(locationOf(response)).toMatch(`${stack.url}/#/sign-in?`);
    return { response, back, cookie, query: queryOf(locationOf(response)) };
  }
  const faultOf = async (back: string, cookie: string) => queryOf(locationOf(await go(back, cookie))).get('fault');
  const openSession = (ticket: string | null) =>
    fetch(`${stack.url}/v1/session?ticket=${ticket}`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'client-import-page' },
    });
  const whoIs = async (session: Response) => {
    const [cookie = ''] = session.headers.getSetCookie();
    const me = await fetch(`${stack.url}/v1/me`, { headers: { Cookie: cookie.split(';')[0]! } });
    return (await me.json()) as object;
  };

  test.each([
    ['ann@example.com', 'systemAdministrator'],
    ['help@example.com', 'support'],
  ])('%s is signed in as %s, once', async (name, role) => {
    const { query, response } = await signIn(name);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^client-import-sign-in-.{8}=;.*Max-Age=0$/),
    ]);
    const session = await openSession(query.get('ticket'));
    expect(session.status).toBe(201);
    expect(await whoIs(session)).toMatchObject({ kind: 'oidc', name: null, role, organisation: DEMO_ORGANISATION_ID });
    expect((await openSession(query.get('ticket'))).status).toBe(401);
  });

  test('The session ends after the time of the settings, whatever is done', async () => {
    await stack.db.collection('sessions').deleteMany({});
    const before = Date.now();
    await openSession((await signIn('ann@example.com')).query.get('ticket'));
    const session = await stack.db.collection('sessions').findOne();
    const { expiresAt } = (session as unknown as { credential: { expiresAt: Date } }).credential;
    const minutes = (expiresAt.getTime() - before) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(SESSION_MINUTES);
    expect(minutes).toBeLessThan(SESSION_MINUTES + 1);
  });

  test('The provider is asked by PKCE, with a state and a nonce that only this browser knows', async () => {
    const { response, setCookie, address } = await begin();
    expect(response.status).toBe(303);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const query = queryOf(address);
    expect(Object.fromEntries(query)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', client_id: 'page', scope: 'openid' },
      redirect_uri: `${stack.url}/sign-in/callback`,
    });
    const [state, nonce] = [query.get('state')!, query.get('nonce')!];
    expect(setCookie).toMatch(
      new RegExp(
        `^client-import-sign-in-${state.slice(0, 8)}=${state}\\.${nonce}\\.[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600$`,
      ),
    );
  });

  test.each([
    ['guest@example.com', 'no-role'],
    ['stranger@example.com', 'no-organisation'],
    [undefined, 'refused'],
  ])('%s is told on the page: %s', async (name, fault) => {
    const { query } = await signIn(name);
    expect(Object.fromEntries(query)).toEqual({ fault });
  });

  test('Two tabs of a browser sign in at the same time', async () => {
    const [one, other] = [await begin(), await begin()];
    const both = `${one.cookie}; ${other.cookie}`;
    for (const { address } of [one, other]) {
      const back = await signInAtProvider(address, 'ann@example.com');
      expect(queryOf(locationOf(await go(back, both))).has('ticket')).toBe(true);
    }
  });

  test('Another browser cannot finish a sign-in, with its own attempt neither; nor is one finished twice', async () => {
    const { cookie, address } = await begin();
    const back = await signInAtProvider(address, 'ann@example.com');
    expect(await faultOf(back, '')).toBe('expired');
    expect(await faultOf(back, (await begin()).cookie)).toBe('expired');
    expect(await faultOf(back.replace(/state=[^&]+/, ''), cookie)).toBe('expired');
    expect(await faultOf(back.replace(/state=[^&]+/, `state=${'x'.repeat(43)}`), cookie)).toBe('expired');
    expect(await faultOf(back, cookie)).toBeNull();
    expect(await faultOf(back, cookie)).toBe('expired');
  });

  test('A code is worth nothing with another verifier, and a token with another nonce is refused', async () => {
    const withPart = async (part: 1 | 2) => {
      const { cookie, address } = await begin();
      const back = await signInAtProvider(address, 'ann@example.com');
      const [name = '', value = ''] = cookie.split('=');
      const parts = value.split('.');
      parts[part] = 'y'.repeat(43);
      return faultOf(back, `${name}=${parts.join('.')}`);
    };
    expect(await withPart(2)).toBe('expired');
    expect(await withPart(1)).toBe('failed');
  });

  test('An answer that names another issuer is refused', async () => {
    const { cookie, address } = await begin();
    const back = new URL(await signInAtProvider(address, 'ann@example.com'));
    expect(back.searchParams.get('iss')).toBe(issuer.issuer);
    back.searchParams.set('iss', 'https://elsewhere.example');
    expect(await faultOf(back.href, cookie)).toBe('failed');
  });

  test('While the provider is down the page says so, and its people sign in again once it is back', async () => {
    const { cookie, address } = await begin();
    const back = await signInAtProvider(address, 'ann@example.com');
    await issuer.stop();
    expect(await faultOf(back, cookie)).toBe('unavailable');
    await issuer.resume();
    expect((await signIn('ann@example.com')).query.has('ticket')).toBe(true);
  });

  test('The page names where to sign in', async () => {
    const html = await (await fetch(`${stack.url}/`)).text();
    expect(html).toContain(`<meta name="sign-in-address" content="${stack.url}/sign-in" />`);
  });
});

describe('Sign-in by an account of the company', () => {
  test('is not there in an installation without it', async () => {
    const stack = await startStack({}, { worker: false, outbox: false });
    for (const path of ['/sign-in', '/sign-in/callback?state=x'])
      expect((await fetch(`${stack.url}${path}`, { redirect: 'manual' })).status).toBe(404);
    expect(await (await fetch(`${stack.url}/`)).text()).toContain('<meta name="sign-in-address" content="" />');
    await stack.stop();
  });

  test('A provider that names itself otherwise is not asked', async () => {
    const issuer = await startIssuer('https://unused.example', {}, [createSigningKey('first')], { host: 'localhost' });
    const other = issuer.issuer.replace('localhost', '127.0.0.1');
    for (const OIDC_ISSUER of [other, `${issuer.issuer}/`]) {
      const stack = await startStack({ OIDC_ISSUER, OIDC_CLIENT_ID: 'x' }, { worker: false, outbox: false });
      const answer = await fetch(`${stack.url}/sign-in`, { redirect: 'manual' });
      expect(answer.headers.get('Location')).toBe(`${stack.url}/#/sign-in?fault=failed`);
      await stack.stop();
    }
    await issuer.stop();
  });

  test('says on the page that a provider cannot be reached, or does not know this client; the log names nobody', async () => {
    const lines: string[] = [];
    const log = createLogger('api', 'info', { write: (line) => void lines.push(line) });
    const issuer = await startIssuer('https://unused.example', {}, [createSigningKey('first')]);
    const settings = { OIDC_ISSUER: issuer.issuer, OIDC_CLIENT_ID: 'unknown' };
    const stack = await startStack(settings, { worker: false, outbox: false, log });
    const ask = (path: string, cookie = '') =>
      fetch(`${stack.url}${path}`, { redirect: 'manual', headers: { Cookie: cookie } });
    await issuer.stop();
    const away = await ask('/sign-in');
    expect(away.headers.get('Location')).toBe(`${stack.url}/#/sign-in?fault=unavailable`);
    await issuer.resume();
    const begun = await ask('/sign-in');
    const state = new URL(begun.headers.get('Location')!).searchParams.get('state')!;
    const cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!;
    const finished = await ask(`/sign-in/callback?code=secret-code&state=${state}&iss=${issuer.issuer}`, cookie);
    expect(finished.headers.get('Location')).toBe(`${stack.url}/#/sign-in?fault=failed`);
    expect(lines.join('')).toContain('came to nothing');
    expect(lines.join('')).not.toMatch(/secret-code|example\.com/);
    await stack.stop();
    await issuer.stop();
  });
});
