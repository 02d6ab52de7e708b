import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createKeySecret } from '../../store/access/api-keys';
import { IDLE_MS, LONGEST_MS } from '../../store/access/sessions';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const OF_THE_PAGE = { 'X-Requested-With': 'client-import-page' };
/** Within this time a key that has changed is known as it is now, in milliseconds; and what a busy machine may add. */
const WITHIN_MS = 1_000;
const SLACK_MS = 1_500;

describe('Sessions of the page', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false });
  });
  afterAll(() => stack.stop());

  const createKey = async (name: string, role: 'support' | 'systemAdministrator' = 'systemAdministrator') => {
    const secret = createKeySecret();
    const key = await stack.store.apiKeys.create({ organisationId: DEMO_ORGANISATION_ID, name, role }, secret);
    return { secret, id: key!._id };
  };
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) =>
    fetch(`${stack.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code?: string }).code;

  async function signIn(secret: string): Promise<{ Cookie: string; setCookie: string }> {
    const response = await ask('/v1/session', { Authorization: `Bearer ${secret}` }, 'POST');
    expect(response.status).toBe(201);
    const setCookie = response.headers.get('Set-Cookie')!;
    return { Cookie: setCookie.split(';')[0]!, setCookie };
  }

  test('A key gets a cookie that no script reads and no other site sends, and that stands for the key', async () => {
    const { secret, id } = await createKey('signs in');
    const { Cookie, setCookie } = await signIn(secret);
    expect(setCookie).toMatch(/^client-import-session=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    const me = await ask('/v1/me', { Cookie });
    expect(await me.json()).toMatchObject({ id, name: 'signs in', role: 'systemAdministrator' });
    expect(JSON.stringify(await stack.db.collection('sessions').find().toArray())).not.toContain(Cookie.split('=')[1]);
  });

  test('What changes something is refused unless the page asks for it: a cookie alone proves nothing', async () => {
    const { Cookie } = await signIn((await createKey('cross')).secret);
    const create = (headers: Record<string, string>) =>
      ask(
        '/v1/client-teams',
        { Cookie, 'Content-Type': 'application/json', ...headers },
        'POST',
        JSON.stringify({ name: 'Made' }),
      );
    for (const headers of [
      {},
      { 'X-Requested-With': 'XMLHttpRequest' },
      { ...OF_THE_PAGE, 'Sec-Fetch-Site': 'cross-site' },
      { ...OF_THE_PAGE, 'Sec-Fetch-Site': 'same-site' },
    ] as Record<string, string>[]) {
      const response = await create(headers);
      expect([response.status, await codeOf(response)]).toEqual([403, 'cross-site-request']);
    }
    expect(await stack.db.collection('client_teams').countDocuments({ name: 'Made' })).toBe(0);
    expect((await create({ ...OF_THE_PAGE, 'Sec-Fetch-Site': 'same-origin' })).status).not.toBe(403);
  });

  test('A request with a key of its own is judged by that, whatever cookie it has', async () => {
    const { Cookie } = await signIn((await createKey('two')).secret);
    const other = await createKey('other', 'support');
    const me = await ask('/v1/me', { Cookie, Authorization: `Bearer ${other.secret}` });
    expect(await me.json()).toMatchObject({ id: other.id });
    expect((await ask('/v1/me', { Cookie, Authorization: `Bearer ${createKeySecret()}` })).status).toBe(401);
  });

  test('A session ends with its key, and so does a stream that it has opened', async () => {
    const { secret, id } = await createKey('revoked');
    const { Cookie } = await signIn(secret);
    const importId = await stack.api.importId(toCsv(people(1, 'session')));
    const request = get(`${stack.url}/v1/imports/${importId}/events`, { headers: { Cookie }, agent: false });
    const [stream] = (await once(request, 'response')) as [IncomingMessage];
    expect(stream.statusCode).toBe(200);
    const closed = once(stream.on('error', () => undefined).resume(), 'close').catch(() => undefined);
    const revokedAt = performance.now();
    await stack.store.apiKeys.revoke(DEMO_ORGANISATION_ID, id);
    expect((await ask('/v1/me', { Cookie })).status).toBe(401);
    await closed;
    expect(performance.now() - revokedAt).toBeLessThan(WITHIN_MS + SLACK_MS);
  });

  test('What a key may do is asked for anew: its role is that of now', async () => {
    const { secret, id } = await createKey('demoted');
    const { Cookie } = await signIn(secret);
    await stack.db.collection<{ _id: string }>('access_keys').updateOne({ _id: id }, { $set: { role: 'support' } });
    await until(
      'the role of now',
      async () => ((await (await ask('/v1/me', { Cookie })).json()) as { role: string }).role,
      (role) => role === 'support',
      WITHIN_MS + SLACK_MS,
    );
    expect((await ask('/v1/keys', { Cookie })).status).toBe(403);
  });

  test('Signed out, the cookie is valid no more', async () => {
    const { Cookie } = await signIn((await createKey('leaves')).secret);
    const out = await ask('/v1/session', { Cookie, ...OF_THE_PAGE }, 'DELETE');
    expect([out.status, out.headers.get('Set-Cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await ask('/v1/me', { Cookie })).status).toBe(401);
  });

  test('A session ends half an hour after its last use, and after twelve hours in any case', async () => {
    const { sessions } = stack.store;
    /** Looks for a new session so long after it has begun, however long the database takes to create it. */
    const begin = async () => {
      const begun = Date.now();
      const { secret } = await sessions.create({ caller: {}, credential: { expiresAt: null } });
      return (ms: number) => sessions.find(secret, new Date(begun + ms));
    };
    const idle = await begin();
    expect(await idle(IDLE_MS - 1_000)).not.toBeNull();
    expect(await idle(2 * IDLE_MS - 5_000)).not.toBeNull();
    expect(await idle(3 * IDLE_MS)).toBeNull();
    const busy = await begin();
    for (let ms = 0; ms < LONGEST_MS; ms += IDLE_MS / 2) expect(await busy(ms)).not.toBeNull();
    expect(await busy(LONGEST_MS + 1_000)).toBeNull();
  });

  test('An address that signs in does so once, as the key that asked for it', async () => {
    const { secret, id } = await createKey('by link');
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
    const made = await ask('/v1/event-tickets', headers, 'POST', JSON.stringify({ signIn: true }));
    const { ticket, url } = (await made.json()) as { ticket: string; url: string };
    expect(url).toBe(`http://api.test/#/sign-in?ticket=${ticket}`);
    const enter = () => ask(`/v1/session?ticket=${ticket}`, OF_THE_PAGE, 'POST');
    const [first, second] = [await enter(), await enter()];
    expect([first.status, second.status]).toEqual([201, 401]);
    const Cookie = first.headers.get('Set-Cookie')!.split(';')[0]!;
    expect(await (await ask('/v1/me', { Cookie })).json()).toMatchObject({ id });
    // It signs in, and opens nothing else.
    const again = await ask('/v1/event-tickets', headers, 'POST', JSON.stringify({ signIn: true }));
    const { ticket: other } = (await again.json()) as { ticket: string };
    expect((await ask(`/v1/organisation?ticket=${other}`)).status).toBe(401);
  });
});

describe('The page of an installation with TLS', () => {
  test('The cookie is sent over TLS only, and no other host can have set it', async () => {
    const stack = await startStack({ PUBLIC_URL: 'https://import.example.com' }, { worker: false, outbox: false });
    try {
      const key = await stack.store.apiKeys.create(
        { organisationId: DEMO_ORGANISATION_ID, name: 'tls', role: 'support' },
        'ci_000000000000000000000000000000000000000000000001',
      );
      expect(key).not.toBeNull();
      const headers = { Authorization: 'Bearer ci_000000000000000000000000000000000000000000000001' };
      const response = await fetch(`${stack.url}/v1/session`, { method: 'POST', headers });
      expect(response.headers.get('Set-Cookie')).toMatch(/^__Host-client-import-session=[\w-]{32}; .*; Secure$/);
    } finally {
      await stack.stop();
    }
  });

  test('The page is one file with its parts by hashes, compressed, and runs nothing from elsewhere', async () => {
    const stack = await startStack({}, { worker: false, outbox: false });
    try {
      const page = await fetch(`${stack.url}/`);
      const html = await page.text();
      expect(page.headers.get('Cache-Control')).toBe('no-cache');
      const policy = page.headers.get('Content-Security-Policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      const parts = [...html.matchAll(/(?:src|href)="(page\/[^"]+)"/g)].map(([, part]) => part!);
      // A style sheet, the script, and what the script loads first.
      expect(parts.map((part) => part.replace(/-[A-Z0-9]{8}\./, '-HASH.'))).toEqual([
        'page/page-HASH.css',
        'page/page-HASH.js',
        'page/chunk-HASH.js',
      ]);
      for (const part of parts) {
        const answer = await fetch(`${stack.url}/${part}`);
        expect(answer.headers.get('Content-Encoding')).toBe('gzip');
        expect(answer.headers.get('Cache-Control')).toContain('immutable');
        expect((await answer.text()).length).toBeGreaterThan(1_000);
      }
      // Of a version that was replaced, of none, of the page itself by a second name, and of another folder.
      for (const name of ['page-AAAAAAAA.js', 'nothing.css', 'index.html', '..%2Fpackage.json']) {
        const answer = await fetch(`${stack.url}/page/${name}`);
        expect([name, answer.status, answer.headers.get('Content-Type')]).toEqual([
          ...[name, 404, 'application/problem+json; charset=utf-8'],
        ]);
        expect(await answer.json()).toMatchObject({ status: 404 });
      }
      // None of these is kept by a cache, nor what else is not there: it may be soon.
      for (const path of [
        'page/page-AAAAAAAA.js',
        'page/..%2Fpackage.json',
        'docs/nothing.js',
        'problems/nothing',
        'nowhere',
      ])
        expect([path, (await fetch(`${stack.url}/${path}`)).headers.get('Cache-Control')]).toEqual([path, 'no-store']);
    } finally {
      await stack.stop();
    }
  });
});
