import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

/** Each screen is looked at in both themes and three widths, which takes seconds. */
jest.setTimeout(240_000);

interface LocalFile {
  name: string;
  content: string | Buffer;
}

/** Chooses files in the browser's own dialog, as a hand with a mouse does. */
async function chooseFiles(page: Page, ...files: LocalFile[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Choose files').click()]);
  await chooser.setFiles(
    files.map(({ name, content }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })),
  );
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** Waits for so many of them, and no more. */
const expectCount = async (items: Locator, count: number): Promise<void> => {
  await items.nth(count - 1).waitFor();
  await items.nth(count).waitFor({ state: 'detached' });
};
/** Sends all lines, by the plan that was made anew since the last refused one was corrected. */
const sendAll = (page: Page) => page.getByRole('button', { name: 'Send now', exact: true });
const status = (page: Page, name: string) => page.locator('.head .pill', { hasText: name });

describe('The page in a real browser', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack({ SMS_CONCURRENCY: '4' });
  });
  afterAll(() => pages.stop());

  let from = 0;
  /** People nobody else in this suite has. */
  const some = (count: number, change: (row: Person, i: number) => Partial<Person> = () => ({})): Person[] => {
    from += 100;
    return people(count, `page${from}`, change, from);
  };

  test('From signing in to 500 invited people it takes a mouse and less than a minute', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const began = performance.now();
    await chooseFiles(page, { name: 'clean-500.csv', content: readFileSync('examples/clean-500.csv') });
    await page.getByText('clean-500.csv').waitFor();
    await button(page, 'Import and invite').click();
    await status(page, 'Done').waitFor({ timeout: 60_000 });
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`500 people were invited by mouse in ${seconds.toFixed(1)} s.\n`);
    expect(seconds).toBeLessThan(60);
    expect((await pages.stack.sandbox.messages()).length).toBeGreaterThanOrEqual(500);
    await page.getByRole('button', { name: 'Open the row 2', exact: true }).waitFor();
    expect(await page.locator('tbody tr').count()).toBeLessThan(60);
    expect(await faultsOf(page, 'import-done')).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('Unknown headings are matched, and faults are corrected in the cell and in the drawer', async () => {
    const { page, complaints, context } = await pages.visitAs('systemAdministrator');
    const rows = some(8, (_, i) => (i === 2 ? { email: 'nobody' } : i === 5 ? { mobile: '12' } : {}));
    const content = toCsv(rows).replace(/.*\n/, 'Etunimi,Sukunimi,Kontakt,Mobil number,Rooli,Yritys,Tiimi\n');
    await chooseFiles(page, { name: 'foreign.csv', content });
    await button(page, 'Import and invite').click();
    await page.getByRole('heading', { name: 'Which column is which?' }).waitFor();
    expect(await page.getByLabel('E-mail', { exact: false }).first().inputValue()).toBe('C');
    expect(await faultsOf(page, 'match-columns')).toEqual([]);
    for (const [field, letter] of [
      ['First name', 'A'],
      ['Last name', 'B'],
      ['Client team', 'G'],
    ] as const)
      await page.getByLabel(field).selectOption(letter);
    await button(page, 'Go on').click();

    await page.getByRole('heading', { name: 'Look before it is sent' }).waitFor();
    await button(page, /^E-mail: nobody/).waitFor();
    expect(await faultsOf(page, 'look')).toEqual([]);
    const shown = page.getByLabel('Show');
    const lines = page.getByRole('button', { name: /^Open the row/ });
    await shown.selectOption('good');
    await expectCount(lines, 6);
    await shown.selectOption('problems');
    await expectCount(lines, 2);
    await shown.selectOption('all');
    await button(page, /^E-mail: nobody/).click();
    await page.keyboard.type(`mended${from}@example.com`);
    await page.keyboard.press('Enter');
    await page.getByText('Line 4 was checked again.').waitFor();
    await button(page, /^E-mail: nobody/).waitFor({ state: 'detached' });
    // Every key, also the first.
    await button(page, `E-mail: mended${from}@example.com`).waitFor();

    await button(page, 'Open the row 7').click();
    const drawer = page.getByRole('dialog');
    await drawer
      .getByLabel('Mobile')
      .fill(rows[5]!.mobile.replace('12', people(1, 'x', () => ({}), from + 50)[0]!.mobile));
    expect(await faultsOf(page, 'row-drawer')).toEqual([]);
    await drawer.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The row was corrected.').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    await sendAll(page).click();
    await status(page, 'Done').waitFor();
    const sent = (await pages.stack.sandbox.messages()).filter(({ to }) => to.endsWith(`${from}@example.com`));
    expect(sent).toHaveLength(8);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('Invitations that failed are sent again by a click, and nobody gets a second one', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const rows = some(6);
    const fault = await pages.stack.sandbox.plan({
      ...{ provider: 'twilio', kind: 'error', status: 400, code: 21612 },
      to: rows[3]!.mobile,
    });
    await chooseFiles(page, { name: 'unlucky.csv', content: toCsv(rows) });
    await button(page, 'Import and invite').click();
    await status(page, 'Needs attention').waitFor();
    await page.getByRole('heading', { name: 'What needs attention' }).waitFor();
    expect(await faultsOf(page, 'needs-attention')).toEqual([]);
    await pages.stack.sandbox.lift(fault);
    await button(page, 'Retry all failed invitations').click();
    await status(page, 'Done').waitFor();
    expect(invitedTwice(await pages.stack.sandbox.messages())).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('An import is paused, survives a reload, and goes on', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const fault = await pages.stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: 1_000 });
    await chooseFiles(page, { name: 'slow.csv', content: toCsv(some(90)) });
    await button(page, 'Import and invite').click();
    await status(page, 'Inviting').waitFor();
    await page.reload();
    await button(page, 'Pause').click();
    await status(page, 'Paused').waitFor();
    await page.getByText('Nothing is sent until you resume').waitFor();
    expect(await faultsOf(page, 'paused')).toEqual([]);
    await pages.stack.sandbox.lift(fault);
    await button(page, 'Resume').click();
    await status(page, 'Done').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('With the keyboard alone somebody signs in, looks at a plan, corrects a cell and sends it', async () => {
    const { page, complaints, context } = await pages.visit();
    const { keyboard } = page;
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    /** Goes on to an element by its text, as somebody does who sees where the focus is. */
    const tabTo = async (text: string): Promise<void> => {
      for (let i = 0; i < 60 && (await focused()) !== text; i++) await keyboard.press('Tab');
      expect(await focused()).toBe(text);
    };
    await page.getByLabel('API key').waitFor();
    await keyboard.press('Tab');
    await keyboard.insertText(pages.stack.as('userAdministrator').key);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Import clients' }).waitFor();
    await page.locator('main:focus').waitFor();
    await keyboard.press('Tab');
    const rows = some(3, (_, i) => (i === 1 ? { email: 'nobody' } : {}));
    await page.locator('input:focus').setInputFiles({
      ...{ name: 'by-hand.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(toCsv(rows)),
    });
    await tabTo('Look first');
    await keyboard.press('Enter');
    await button(page, /^E-mail: nobody/).waitFor();
    await tabTo('nobody');
    await keyboard.press('Enter');
    await keyboard.type(rows[1]!.firstName.toLowerCase() + from + '@example.com');
    await keyboard.press('Enter');
    await page.getByText('Line 3 was checked again.').waitFor();
    await sendAll(page).waitFor();
    await page.locator('.skip').focus();
    await tabTo('Send now');
    await keyboard.press('Enter');
    await status(page, 'Done').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('Who signs out is out, in German as in English, and a wrong key is explained', async () => {
    const { page, complaints, context } = await pages.visit({ locale: 'de-DE' });
    await page.getByLabel('API-Schlüssel').waitFor();
    expect(await faultsOf(page, 'sign-in')).toEqual([]);
    expect(complaints).toEqual([]);
    await page.getByLabel('API-Schlüssel').fill('ci_wrong');
    await button(page, 'Anmelden').click();
    await page.getByRole('alert').waitFor();
    expect(await faultsOf(page, 'sign-in-wrong')).toEqual([]);
    await page.getByLabel('API-Schlüssel').fill(pages.stack.as('support').key);
    await button(page, 'Anmelden').click();
    await button(page, 'Abmelden').waitFor();
    expect(await faultsOf(page, 'support')).toEqual([]);
    await button(page, 'Abmelden').click();
    await page.getByLabel('API-Schlüssel').waitFor();
    await page.reload();
    await page.getByLabel('API-Schlüssel').waitFor();
    expect((await context.request.get('/v1/me')).status()).toBe(401);
    await context.close();
  });

  test('Files of one upload are shown together, and a wrong one is explained before it is sent', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    expect(await faultsOf(page, 'upload')).toEqual([]);
    await chooseFiles(page, { name: 'holiday.png', content: 'no people' }, { name: 'nothing.csv', content: '' });
    await page.getByText('This is no CSV or Excel file').waitFor();
    await page.getByText('The file is empty').waitFor();
    expect(await button(page, 'Import and invite').isDisabled()).toBe(true);
    expect(await faultsOf(page, 'upload-wrong')).toEqual([]);
    await button(page, 'Remove holiday.png').click();
    await button(page, 'Remove nothing.csv').click();
    await chooseFiles(
      page,
      { name: 'north.csv', content: toCsv(some(4)) },
      { name: 'south.csv', content: toCsv(some(5)) },
      { name: 'letter.csv', content: 'Dear all,\nthis is no list.\n' },
    );
    await button(page, 'Import and invite').click();
    await page.getByRole('heading', { name: '3 files of one upload' }).waitFor();
    await page.locator('.bar-row .pill', { hasText: 'Refused' }).waitFor();
    await page.locator('.bar-row .pill', { hasText: 'Done' }).nth(1).waitFor();
    expect(await faultsOf(page, 'batch')).toEqual([]);
    await page.getByRole('link', { name: 'letter.csv' }).click();
    await page.getByRole('heading', { name: 'The file was refused as a whole' }).waitFor();
    expect(await faultsOf(page, 'refused')).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
