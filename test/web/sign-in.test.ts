import type { Page } from 'playwright-core';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { createSigningKey, startIssuer } from '../support/oidc-issuer';
import type { Visit } from './support/browser';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

/** Each screen is looked at in both themes and three widths, which takes seconds. */
jest.setTimeout(240_000);

const PEOPLE = {
  'ann@example.com': { organisation: DEMO_ORGANISATION_ID, role: 'systemAdministrator' },
  'guest@example.com': { organisation: DEMO_ORGANISATION_ID, role: 'nobody' },
};

describe('Sign-in by an account of the company, in Chromium', () => {
  let pages: PageStack;
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  beforeAll(async () => {
    pages = await startPageStack({}, { worker: false, outbox: false, settingsFor });
  });
  afterAll(async () => {
    await pages.stop();
    await issuer.stop();
  });

  async function settingsFor(url: string): Promise<Record<string, string>> {
    const redirectUris = [`${url}/sign-in/callback`];
    const page = { id: 'page', claimsIn: 'userinfo', people: PEOPLE, redirectUris } as const;
    issuer = await startIssuer('https://unused.example', {}, [createSigningKey('first')], { page, host: 'localhost' });
    return { OIDC_ISSUER: issuer.issuer, OIDC_CLIENT_ID: 'page' };
  }

  const company = (page: Page) => page.getByRole('link', { name: 'Sign in with your company account' });
  async function leave({ page, complaints }: Visit, label = company(page)): Promise<void> {
    await label.waitFor();
    expect(complaints).toEqual([]);
    await label.click();
  }
  /** The provider is another site, which asks for fonts and an icon that are not there: what a browser says of it is not of ours. */
  async function atProvider({ page, complaints }: Visit, act: () => Promise<void>): Promise<void> {
    await page.waitForURL(`${issuer.issuer}/**`);
    await act();
    await page.waitForURL(`${pages.stack.url}/**`);
    complaints.length = 0;
    await page.locator('h1').waitFor();
  }
  const signInAtProvider = (visit: Visit, name: string): Promise<void> =>
    atProvider(visit, async () => {
      const { page } = visit;
      await page.locator('[name=login]').fill(name);
      await page.locator('[name=password]').fill('x');
      await page.locator('button[type=submit]').click();
      await page.locator('[name=prompt][value=consent]').waitFor({ state: 'attached' });
      await page.locator('button[type=submit]').click();
    });

  test('It leads there and back to where somebody was, and sign-out ends the session', async () => {
    const visit = await pages.visit();
    const { page, context } = visit;
    await company(page).waitFor();
    expect(await faultsOf(page, 'sign-in-company')).toEqual([]);
    await page.goto(`${pages.stack.url}/#/teams`);
    await leave(visit);
    await signInAtProvider(visit, 'ann@example.com');
    await page.getByRole('heading', { name: 'Client teams' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/teams');
    await page.getByText('System administrator').waitFor();
    // A script of the page, or of somebody who gets one into it, finds no cookie.
    expect(await page.evaluate('document.cookie')).toBe('');
    expect((await context.cookies()).map(({ name, sameSite, httpOnly }) => [name, sameSite, httpOnly])).toEqual(
      expect.arrayContaining([['client-import-session', 'Strict', true]]),
    );
    await page.reload();
    await page.getByRole('heading', { name: 'Client teams' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await company(page).waitFor();
    expect(await pages.stack.db.collection('sessions').countDocuments()).toBe(0);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).toBe('[{},{}]');
    expect(visit.complaints).toEqual([]);
    await context.close();
  });

  test.each([
    ['en-GB', 'Sign in with your company account', 'has no role here'],
    ['de-DE', 'Mit dem Firmenkonto anmelden', 'hat hier aber keine Rolle'],
  ])('In %s who has no role is told so in words', async (locale, label, words) => {
    const visit = await pages.visit({ locale });
    const { page, context } = visit;
    await leave(visit, page.getByRole('link', { name: label }));
    await signInAtProvider(visit, 'guest@example.com');
    await page.getByRole('alert').getByText(words).waitFor();
    expect(await faultsOf(page, `sign-in-no-role-${locale.slice(0, 2)}`)).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await context.close();
  });

  test('Who gives up at the provider, or comes too late, can begin again', async () => {
    const visit = await pages.visit();
    const { page, context } = visit;
    await leave(visit);
    await atProvider(visit, () => page.getByRole('link', { name: 'Cancel' }).click());
    await page.getByRole('alert').getByText('was cancelled').waitFor();
    await page.goto(`${pages.stack.url}/sign-in/callback?code=x&state=${'x'.repeat(43)}`);
    await page.getByRole('alert').getByText('longer than ten minutes ago').waitFor();
    await leave(visit);
    await signInAtProvider(visit, 'ann@example.com');
    await page.getByRole('navigation').waitFor();
    expect(visit.complaints).toEqual([]);
    await context.close();
  });

  test('While the provider is down a key still signs in', async () => {
    const { page, context } = await pages.visit();
    await company(page).waitFor();
    await issuer.stop();
    // What is known of it is kept: it is the browser that finds nobody there.
    await page.goto(`${pages.stack.url}/#/sign-in?fault=unavailable`);
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await page.locator('#key').fill(pages.stack.as('support').key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation').waitFor();
    await context.close();
  });
});
