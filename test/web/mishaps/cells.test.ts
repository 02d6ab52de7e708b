import type { Page } from 'playwright-core';
import { people, toCsv } from '../../support/people';
import type { Person } from '../../support/people';
import { until } from '../../support/until';
import { startPageStack } from '../support/page-stack';
import type { PageStack } from '../support/page-stack';

jest.setTimeout(120_000);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const rowOf = (page: Page, opens: string) =>
  page.locator('tbody tr', { has: page.getByRole('button', { name: opens, exact: true }) });
const focused = (page: Page) => page.evaluate<string | null>("document.activeElement.getAttribute('aria-label')");

describe('Cells on the page, for somebody with bad luck', () => {
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
  const cellsOf = async (id: string, line: number) => {
    const { body } = await pages.stack.api.get<{ person: Record<string, string> }>(`/v1/imports/${id}/rows/${line}`);
    return body.person;
  };

  test.each([
    ['en-GB', 'First name: Ann', 'E-mail: ann'],
    ['de-DE', 'Vorname: Ann', 'E-Mail: ann'],
  ])(
    'In %s a repaired cell is marked in a file of any headings, and its row tells what it held',
    async (locale, ...cells) => {
      const [{ lastName, mobile }] = people(
        1,
        'repaired',
        () => ({}),
        900 + locale.length + (locale === 'de-DE' ? 1 : 0),
      ) as [Person];
      const email = `ann.${locale.toLowerCase()}@example.com`;
      const content = `Surname;Given name;Phone;E-mail;Role;Group\n${lastName}; Ann ;${mobile}; ${email} ;;Mayfair\n`;
      const id = await pages.stack.api.importIdWith({ mode: 'preview' }, content, 'repaired.csv');
      await pages.stack.api.rest(id);
      const { page, context } = await pages.visitAs('userAdministrator', { locale });
      await page.goto(`/#/imports/${id}`);
      await page.locator('.cell-repaired').first().waitFor();
      const marked = await page.locator('.cell-repaired').all();
      const labels = await Promise.all(marked.map((one) => one.getAttribute('aria-label')));
      expect(labels.map((label) => cells.findIndex((cell) => label!.startsWith(cell)))).toEqual([0, 1]);
      await page.locator('button.line').first().click();
      await page.getByRole('dialog').locator('del').first().waitFor();
      expect(await page.getByRole('dialog').locator('del').allTextContents()).toEqual([' Ann ', ` ${email} `]);
      await context.close();
    },
  );

  test('A corrected row stays where it is, and Enter and Escape give the focus back to the cell', async () => {
    const id = await preview((_, i) => (i === 2 ? { email: 'nobody' } : {}));
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    await page.goto(`/#/imports/${id}`);
    await button(page, /^E-mail: nobody/).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(`mended.mishap${from}@example.com`);
    await page.keyboard.press('Enter');
    await until(
      'the focus on the cell',
      () => focused(page),
      (label) => label === `E-mail: mended.mishap${from}@example.com`,
    );
    await rowOf(page, 'Open the row 4').getByText('Create').waitFor();
    expect(await page.locator('button.line').allTextContents()).toEqual(['4', '2', '3']);
    await page.keyboard.press('Enter');
    await page.keyboard.type('something else');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe(`E-mail: mended.mishap${from}@example.com`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('What cannot be saved, as it is wrong or there is no network, stays typed with the reason beside it', async () => {
    const id = await preview(() => ({}));
    const { page, context } = await pages.visitAs('userAdministrator', { locale: 'de-DE' });
    await page.goto(`/#/imports/${id}`);
    const input = page.locator('.cell-input');
    await rowOf(page, 'Zeile 2 öffnen')
      .getByRole('button', { name: /^E-Mail/ })
      .click();
    await page.keyboard.type('nobody');
    await page.keyboard.press('Enter');
    await page.locator('.cell-fault', { hasText: 'keine brauchbare E-Mail-Adresse' }).waitFor();
    expect(await input.inputValue()).toBe('nobody');
    await page.keyboard.press('Escape');
    await rowOf(page, 'Zeile 2 öffnen')
      .getByRole('button', { name: /^Nachname/ })
      .click();
    await page.keyboard.type('Unterwegs');
    await context.setOffline(true);
    await page.getByText('Dieser Computer hat kein Netz').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.cell-fault', { hasText: 'Keine Verbindung' }).waitFor();
    expect(await input.inputValue()).toBe('Unterwegs');
    await context.setOffline(false);
    await page.getByText('Dieser Computer hat kein Netz').waitFor({ state: 'detached' });
    await input.focus();
    await page.keyboard.press('Enter');
    await button(page, 'Nachname: Unterwegs').waitFor();
    expect((await cellsOf(id, 2))['lastName']).toBe('Unterwegs');
    await context.close();
  });

  test('A name that is written from the right keeps its place in a sentence', async () => {
    const { page, context } = await pages.visitAs('userAdministrator');
    const id = await preview((_, i) => (i === 0 ? { firstName: 'أحمد', lastName: 'محمود' } : {}));
    await page.goto(`/#/imports/${id}`);
    const cell = button(page, 'First name: أحمد');
    await cell.waitFor();
    expect(await cell.getAttribute('dir')).toBe('auto');
    await context.close();
  });
});
