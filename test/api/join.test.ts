import { LANGUAGES, WORDS } from '../../api/join/languages/index';
import type { InvitationDoc, PersonDoc, Collections } from '../../store/documents';
import { collectionsOf } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { person, sentInvitation } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const DAY_MS = 86_400_000;
const { en, de, ar } = WORDS;

describe('The page behind the link of an invitation', () => {
  let stack: Stack;
  let collections: Collections;
  beforeAll(async () => {
    // Each test is a network of its own, so that wrong tokens of one do not count for another.
    stack = await startStack({ RATE_LIMIT_FAILURES: '20', TRUSTED_PROXIES: '1' }, { worker: false, outbox: false });
    collections = collectionsOf(stack.db);
  });
  afterAll(() => stack.stop());

  const call = async (token: string, init: RequestInit = {}, query = '') => {
    const response = await fetch(`${stack.url}/join/${token}${query}`, { redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  const button = (token: string, query = '') => call(token, { method: 'POST' }, query);
  const invite = async (to = person(DEMO_ORGANISATION_ID), change: Partial<InvitationDoc> = {}) => {
    await collections.people.updateOne({ _id: to._id }, { $setOnInsert: to }, { upsert: true });
    const invitation = sentInvitation(to, change);
    await collections.invitations.insertOne(invitation);
    return invitation;
  };
  /** All that following a link could change. */
  const stored = async ({ _id, personId }: InvitationDoc) =>
    Promise.all([collections.invitations.findOne({ _id }), collections.people.findOne({ _id: personId })]);
  const named = (text: string): string => text.replaceAll('{organisation}', `<bdi>${stack.organisationName}</bdi>`);
  const headingOf = (html: string): string | undefined => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

  test('It says who invites, names nobody, and has one button', async () => {
    const to: PersonDoc = person(DEMO_ORGANISATION_ID, { firstName: 'Canarina', lastName: 'Vogel' });
    const { token } = await invite(to);
    const { status, html } = await call(token);
    expect(status).toBe(200);
    expect(headingOf(html)).toBe(named(en.open.heading));
    expect(html.match(/<button>[^<]+<\/button>/g)).toEqual([`<button>${en.button}</button>`]);
    expect(html).not.toMatch(/Canarina|Vogel|@example/);
    expect(html).not.toContain(to.mobile.slice('+'.length));
    expect(html).not.toContain('<script');
  });

  test.each([
    ['GET', {}],
    ['HEAD', {}],
    ['GET', { 'Sec-Purpose': 'prefetch;prerender' }],
    ['GET', { 'User-Agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel)' }],
    ['OPTIONS', {}],
  ])('When a program opens the link by %s with %j, then nothing is accepted', async (method, headers) => {
    const invitation = await invite();
    const before = await stored(invitation);
    for (let i = 0; i < 3; i++) expect((await call(invitation.token, { method, headers })).status).toBeLessThan(300);
    expect(await stored(invitation)).toEqual(before);
  });

  test('When the button is pressed, then the person has joined and is welcomed; later the page says so', async () => {
    const invitation = await invite();
    const { status, headers } = await button(invitation.token);
    expect([status, headers.get('location')]).toEqual([303, '?accepted=now']);
    const [accepted, joined] = await stored(invitation);
    expect([accepted!.state, joined!.active]).toEqual(['accepted', true]);
    expect(headingOf((await call(invitation.token, {}, '?accepted=now')).html)).toBe(named(en.joined.heading));
    const again = await call(invitation.token);
    expect([again.status, headingOf(again.html)]).toEqual([200, named(en.accepted.heading)]);
    expect(again.html).not.toContain('<form');
    expect((await button(invitation.token)).status).toBe(303);
  });

  test('When the person has joined by another message, then there is nothing left to accept', async () => {
    const invitation = await invite(person(DEMO_ORGANISATION_ID, { active: true }));
    expect(headingOf((await call(invitation.token)).html)).toBe(named(en.accepted.heading));
  });

  test('When the link cannot be followed, then opening it and the button say why and what to do', async () => {
    const [old, gone, renewed] = [1, 2, 3].map(() => person(DEMO_ORGANISATION_ID));
    const expired = await invite(old, { createdAt: new Date(Date.now() - 31 * DAY_MS) });
    const withdrawn = await invite(gone);
    await collections.people.deleteOne({ _id: gone!._id });
    const replaced = await invite(renewed, { createdAt: new Date(Date.now() - DAY_MS) });
    await invite(renewed);
    const unsent = await invite(person(DEMO_ORGANISATION_ID), { state: 'pending', attempts: 0 });
    for (const [token, expectedStatus, words] of [
      [expired.token, 410, en.expired],
      [withdrawn.token, 410, en.withdrawn],
      [replaced.token, 410, en.replaced],
      [unsent.token, 404, en.unknown],
      ['nobody', 404, en.unknown],
      ['%00', 404, en.unknown],
      ['x'.repeat(201), 404, en.unknown],
    ] as const)
      for (const { status, html } of [await call(token), await button(token)]) {
        expect([status, headingOf(html)]).toEqual([expectedStatus, named(words.heading)]);
        for (const paragraph of words.paragraphs) expect(html).toContain(`<p>${named(paragraph)}</p>`);
        expect(html).not.toContain('<form');
      }
  });

  test('A message that came before its invitation was stored has a page, and looking stores nothing', async () => {
    const token = 'first-send-token';
    const importId = 'import-of-first-sends';
    await collections.imports.insertOne({ _id: importId, organisationId: DEMO_ORGANISATION_ID } as never);
    const claim = { attemptId: 'a', channel: 'sms' as const, rows: [2], tokens: token, claimedAt: new Date() };
    await collections.firstSends.insertOne({ _id: importId, claims: [claim] });
    expect(headingOf((await call(token)).html)).toBe(named(en.open.heading));
    expect(await collections.invitations.findOne({ token })).toBeNull();
    await collections.firstSends.deleteOne({ _id: importId });
    expect((await call(token)).status).toBe(404);
  });

  test.each([
    ['de-CH, fr;q=0.9', '', 'de', 'ltr'],
    ['pt, fr;q=0.5', '', 'fr', 'ltr'],
    ['es-MX', '', 'es', 'ltr'],
    ['ar-EG', '', 'ar', 'rtl'],
    ['ja', '', 'en', 'ltr'],
    ['', '', 'en', 'ltr'],
    ['de', '?lang=ar', 'ar', 'rtl'],
    ['de', '?lang=xx&utm_source=mail', 'de', 'ltr'],
    ['de', '?lang=fr&lang=es', 'de', 'ltr'],
  ] as const)('With Accept-Language "%s" and "%s" the page is in %s, written %s', async (accept, query, lang, dir) => {
    const { token } = await invite();
    const { html, headers } = await call(token, { headers: { 'Accept-Language': accept } }, query);
    expect(html).toContain(`<html lang="${lang}" dir="${dir}">`);
    expect(headingOf(html)).toBe(named(WORDS[lang].open.heading));
    expect(headers.get('vary')).toContain('Accept-Language');
    for (const other of LANGUAGES)
      expect(html).toContain(
        `href="?lang=${other}" lang="${other}" hreflang="${other}" dir="${WORDS[other].direction}"`,
      );
    expect(/<a [^>]*lang="(\w+)"[^>]* aria-current="true">/.exec(html)?.[1]).toBe(lang);
  });

  test('A chosen language stays chosen when the button is pressed, and on the pages of problems', async () => {
    const { token } = await invite();
    expect((await call(token, {}, '?lang=de')).html).toContain('<form method="post" action="?lang=de">');
    expect((await button(token, '?lang=de')).headers.get('location')).toBe('?accepted=now&lang=de');
    const welcome = await call(token, {}, '?accepted=now&lang=de');
    expect(headingOf(welcome.html)).toBe(named(de.joined.heading));
    expect(welcome.html).toContain('href="?accepted=now&amp;lang=ar"');
    expect(headingOf((await call('x'.repeat(201), {}, '?lang=ar')).html)).toBe(ar.unknown.heading);
  });

  test('Nobody keeps the page, frames it, finds it or learns its address, and it runs nothing', async () => {
    const { token } = await invite();
    for (const { headers } of [await call(token), await call('nobody'), await call('x'.repeat(201))]) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow, noarchive',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
      });
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
    }
  });

  test.each([
    ['<img src=x onerror=alert(1)>&"\'', 'img src x onerror alert(1) &amp;'],
    ['Bank\u202Egnp.exe https://evil.example', 'Bankgnp exe https //evil example'],
    ['$& {organisation}', '&amp; organisation'],
  ])('When the organisation is called %j, then its name is a name only', async (name, shown) => {
    const organisationId = `${name}-id`;
    const template = await collections.organisations.findOne({ _id: DEMO_ORGANISATION_ID });
    await collections.organisations.insertOne({ ...template!, _id: organisationId, name });
    const { token } = await invite(person(organisationId));
    const { html } = await call(token);
    expect(/<bdi>(.*?)<\/bdi>/.exec(html)?.[1]).toContain(shown);
    expect(html).not.toMatch(/<img|\u202E|\{organisation\}/);
  });

  test('Who guesses tokens is stopped, and told so in words, by the limit that the API has for them', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.7' };
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) {
      const method = i % 2 === 0 ? 'GET' : 'POST';
      statuses.push((await call(`guess-${i}`, { method, headers })).status);
    }
    expect(statuses).toEqual([...Array<number>(20).fill(404), 429]);
    const { token } = await invite();
    const stopped = await call(token, { headers });
    expect([stopped.status, headingOf(stopped.html)]).toEqual([429, en.tooMany.heading]);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    const accept = { method: 'POST', headers, body: JSON.stringify({ token }) };
    expect((await fetch(`${stack.url}/v1/invitations/accept`, accept)).status).toBe(429);
    expect((await call(token, { headers: { 'X-Forwarded-For': '203.0.113.8' } })).status).toBe(200);
  });

  test('Links that are good may be opened as often as people like', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.9' };
    const { token } = await invite();
    const statuses = await Promise.all(Array.from({ length: 15 }, async () => (await call(token, { headers })).status));
    for (let i = 0; i < 15; i++) statuses.push((await call(token, { headers })).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('A program that does not read HTML is told so by a problem document, and nothing is accepted', async () => {
    const invitation = await invite();
    const headers = { Accept: 'application/json' };
    for (const method of ['GET', 'POST']) {
      const { status, html } = await call(invitation.token, { method, headers });
      expect([status, (JSON.parse(html) as { code: string }).code]).toEqual([406, 'not-acceptable']);
    }
    expect((await stored(invitation))[0]!.state).toBe('sent');
  });

  test('When something fails, then the page says that the invitation is safe', async () => {
    const { token } = await invite();
    const look = jest.spyOn(stack.store.acceptance, 'look').mockRejectedValue(new Error('down'));
    const { status, html } = await call(token, { headers: { 'Accept-Language': 'de' } });
    look.mockRestore();
    expect([status, headingOf(html)]).toEqual([500, de.unavailable.heading]);
  });
});

test.each(LANGUAGES.map((language) => [language]))(
  'The texts in %s are complete and name the organisation alike',
  (language) => {
    const { en: model, [language]: words } = WORDS;
    const shapeOf = (one: typeof model) =>
      Object.entries(one).map(([key, value]: [string, unknown]) => {
        if (typeof value === 'string') return [key, value.trim() !== ''];
        const { heading, paragraphs } = value as (typeof model)['open'];
        return [key, [heading, ...paragraphs].map((text) => text !== '' && text.includes('{organisation}'))];
      });
    expect(shapeOf(words)).toEqual(shapeOf(model));
  },
);
