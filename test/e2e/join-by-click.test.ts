import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, WORDS } from '../../api/join/languages/index';
import type { Sandbox } from '../../sandbox/server';
import { startSandbox } from '../../sandbox/server';
import { collectionsOf } from '../../store/documents';
import { axeViolations, complaintsOf, inEachLook, openBrowser, overflowOf } from '../support/browser';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** Each state is looked at in both themes, which takes seconds. */
jest.setTimeout(240_000);

/** Folder for pictures of every state, for people to look at; none without it. */
const PICTURES = process.env['JOIN_PICTURES'];

describe('From the sandbox’s inbox to an accepted invitation, in a real browser', () => {
  let dataDir: string;
  let sandbox: Sandbox;
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'join-by-click-'));
    sandbox = await startSandbox({
      ...{ host: '127.0.0.1', port: 0, dataDir, latencyMs: 0 },
      productUrl: 'http://product.test',
    });
    stack = await startStack({ TWILIO_BASE_URL: sandbox.url, SENDGRID_BASE_URL: sandbox.url });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
    await sandbox.close();
    fs.rmSync(dataDir, { recursive: true });
  });

  async function openPage(address: string, options: { locale?: string } = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(address);
    return { context, page, complaints };
  }

  /** Each look of the page is accessible and fits its window. */
  const expectGoodLooks = (page: Page, state: string): Promise<void> =>
    inEachLook(page, async (look) => {
      if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${state}-${look}.png`) });
      expect([state, look, await axeViolations(page), await overflowOf(page)]).toEqual([state, look, [], 0]);
    });

  const collections = () => collectionsOf(stack.db);
  const upload = async (file: string): Promise<string> => {
    const content = fs.readFileSync(path.join('examples', file), 'utf8');
    return (await stack.api.upload({ name: file, content })).body.imports[0]!.id;
  };

  test('Messages appear by themselves, and a click in one leads to a page whose button accepts', async () => {
    const { page, context, complaints } = await openPage(sandbox.url);
    await page.getByText('No messages yet').waitFor();
    await expectGoodLooks(page, 'inbox-empty');

    const importId = await upload('clients.csv');
    await page.locator('#messages > li').first().waitFor();
    await page.getByLabel('E-mail address').fill('amelia.');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'E-mail 1' }).click();
    const mail = page.locator('#messages > li');
    await mail.getByText('Delivered').waitFor();
    expect(await mail.getByRole('link', { name: /^Import/ }).getAttribute('href')).toMatch(
      new RegExp(`^http://product\\.test/#/imports/${importId}\\?line=\\d+$`),
    );
    await mail.getByText('As the mail looks').click();
    const button = mail.frameLocator('iframe').getByRole('link', { name: /^Join/ });
    await button.waitFor();
    await expectGoodLooks(page, 'inbox-mail');

    const [opened] = await Promise.all([context.waitForEvent('page'), button.click()]);
    const joinComplaints = complaintsOf(opened);
    await opened.getByRole('button', { name: WORDS.en.button }).waitFor();
    const token = new URL(opened.url()).pathname.split('/').at(-1)!;
    const invitation = () => collections().invitations.findOne({ token });
    expect((await invitation())!.state).not.toBe('accepted');
    await expectGoodLooks(opened, 'open');

    await opened.keyboard.press('Tab');
    await opened.keyboard.press('Enter');
    await opened.getByRole('heading', { name: 'Welcome! You have joined' }).waitFor();
    expect((await invitation())!.state).toBe('accepted');
    const { personId } = (await invitation())!;
    const person = await stack.api.get<{ active: boolean }>(`/v1/clients/${personId}`);
    expect(person.body.active).toBe(true);
    await expectGoodLooks(opened, 'joined');
    expect([complaints, joinComplaints]).toEqual([[], []]);
    await context.close();
  });

  test('What the reader has unfolded, typed and focused stays when new messages come', async () => {
    const { page, context, complaints } = await openPage(sandbox.url);
    await page.locator('summary', { hasText: 'Source' }).first().click();
    await page.getByLabel('E-mail address').fill('half a wo');
    const before = await page.getByRole('heading', { level: 2 }).first().textContent();
    await stack.api.upload({ name: 'more.csv', content: toCsv(people(2, stack.name, undefined, 9_000)) });
    await until(
      'more messages',
      () => page.getByRole('heading', { level: 2 }).first().textContent(),
      (headline) => headline !== before,
    );
    expect(await page.locator('details[open]').count()).toBe(1);
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('half a wo');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each(LANGUAGES.map((language) => [language]))(
    'In %s a link that can be followed and one that cannot look right',
    async (language) => {
      const { page, context } = await openPage(`${stack.url}/join/nobody`, { locale: language });
      await expectGoodLooks(page, `unknown-${language}`);
      const invited = await collections().people.findOne({ email: /^person0\./ });
      const open = await collections().invitations.findOne({ personId: invited!._id });
      await page.goto(`${stack.url}/join/${open!.token}`);
      await page.getByRole('button', { name: WORDS[language].button }).waitFor();
      await expectGoodLooks(page, `open-${language}`);
      await context.close();
    },
  );
});
