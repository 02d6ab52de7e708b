import type { Page } from 'playwright-core';
import { people, toCsv } from '../../support/people';
import type { Person } from '../../support/people';
import { startPageStack } from '../support/page-stack';
import type { PageStack } from '../support/page-stack';

jest.setTimeout(120_000);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe('Clicks on the page that come twice, back or beside', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack();
  });
  afterAll(() => pages.stop());

  let from = 0;
  async function preview(change: (row: Person, i: number) => Partial<Person>): Promise<string> {
    from += 10;
    const id = await pages.stack.api.importIdWith(
      { mode: 'preview' },
      toCsv(people(3, `mishap${from}`, change, from)),
      'mishaps.csv',
    );
    await pages.stack.api.rest(id);
    return id;
  }

  test('Back closes a row that was opened, a reload opens it again, and a broken address leads nowhere', async () => {
    const id = await preview(() => ({}));
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const row = page.getByRole('dialog').getByRole('heading', { name: 'Line 2' });
    await page.goto(`/#/imports/${id}`);
    await button(page, 'Open the row 2').click();
    await row.waitFor();
    await page.reload();
    await row.waitFor();
    await page.goBack();
    await row.waitFor({ state: 'detached' });
    await button(page, 'Open the row 2').waitFor();
    await page.goForward();
    await row.waitFor();
    await page.keyboard.press('Escape');
    await row.waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe(`#/imports/${id}`);
    await page.goto(`/#/imports/${id}?line=last`);
    await button(page, 'Open the row 2').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.goto('/#/%E0%A4%A');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A second click on a slow network is no second command', async () => {
    const id = await preview(() => ({}));
    await pages.stack.api.call('POST', `/v1/imports/${id}/cancel`, {});
    const { page, context } = await pages.visitAs('systemAdministrator');
    const asked: string[] = [];
    let answer = (): void => undefined;
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/staff/*/activation', async (route) => {
      asked.push(route.request().method());
      await isAnswered;
      await route.continue();
    });
    await page.goto('/#/people?kind=staff');
    await button(page, 'Tom Okafor').click();
    const deactivate = page.getByRole('dialog').getByRole('button', { name: 'Deactivate' });
    await deactivate.click();
    await deactivate.click({ force: true });
    expect(await deactivate.isDisabled()).toBe(true);
    answer();
    await page.getByText('Tom Okafor is deactivated.').waitFor();
    expect(asked).toEqual(['DELETE']);
    await context.close();
  });

  test('What is typed on as soon as a search is sent stays', async () => {
    const { page, context } = await pages.visitAs('userAdministrator');
    await page.goto('/#/history');
    const field = page.getByLabel('File or person');
    await field.fill('of May');
    await page.evaluate(`(() => {
      const field = document.querySelector('#history-q');
      field.form.requestSubmit();
      field.value = 'of June';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await page.getByRole('heading', { name: 'Imports' }).waitFor();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    expect(new URL(page.url()).hash).toBe('#/history?q=of+May');
    expect(await field.inputValue()).toBe('of June');
    await context.close();
  });

  test('A text that is being saved cannot be typed on, so that nothing typed is lost', async () => {
    const { page, context } = await pages.visitAs('systemAdministrator');
    await page.goto('/#/settings/texts');
    await page.getByRole('button', { name: 'Edit: SMS in English' }).click();
    const body = page.getByRole('dialog').getByLabel('Text', { exact: true });
    await body.fill('Dear {{firstName}}: {{link}}');
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/v1/texts/*', async (route) => {
      if (route.request().method() === 'GET') await isReleased;
      await route.continue();
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Version 1 is sent from now on.').waitFor();
    expect(await body.isDisabled()).toBe(true);
    release();
    await body.fill('Welcome {{firstName}}: {{link}}');
    expect(await body.inputValue()).toBe('Welcome {{firstName}}: {{link}}');
    await context.close();
  });

  test('What is told while a dialog is open is told in it, and a click beside it throws nothing away', async () => {
    const { page, context } = await pages.visitAs('systemAdministrator');
    await page.goto('/#/settings/keys');
    await button(page, 'Create a key').click();
    await page.getByLabel('What it is for').fill('Payroll of two windows');
    await page.mouse.click(5, 5);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create a key' }).click();
    const secret = page.locator('.secret');
    await secret.waitFor();
    // Chromium closes a dialog at the second Escape, whatever its page says.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    expect(await secret.isVisible()).toBe(true);
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.locator('.toast', { hasText: 'It is selected' }).waitFor();
    expect(await page.evaluate('getSelection().toString()')).toBe(await secret.textContent());
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    await page.locator('.toast', { hasText: 'It is selected' }).waitFor();
    await context.close();
  });

  test('An upload says how far it is, the wrong files of many are left out by a click, and it ends without its screen', async () => {
    const { page, context } = await pages.visitAs('userAdministrator');
    from += 10;
    const files = Array.from({ length: 20 }, (_, i) => ({
      name: i % 7 === 3 ? `photo-${i}.png` : `part-${i}.csv`,
      mimeType: '',
      buffer: Buffer.from(toCsv(people(1, `many${i}`, () => ({}), 600 + i))),
    }));
    await page.locator('#files').setInputFiles(files);
    expect(await button(page, 'Import and invite').isDisabled()).toBe(true);
    await button(page, 'Leave out the 3 files that cannot be imported').click();
    let answer = (): void => undefined;
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/imports', async (route) => {
      if (route.request().method() === 'POST') await isAnswered;
      await route.continue();
    });
    await button(page, 'Import and invite').click();
    await page.getByRole('progressbar', { name: 'Uploading' }).waitFor();
    await page.getByRole('link', { name: 'Client teams' }).click();
    answer();
    await page.getByText('Your 17 files are uploaded').waitFor();
    expect(new URL(page.url()).hash).toBe('#/teams');
    await context.close();
  });
});
