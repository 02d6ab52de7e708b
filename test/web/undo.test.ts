import { people, toCsv } from '../support/people';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(120_000);

describe('The undo of an import on the page', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack();
  });
  afterAll(() => pages.stop());

  test('It first shows whom it removes and whom it keeps, then does it, and shows afterwards what was done', async () => {
    const { api, store } = pages.stack;
    const id = await api.importId(toCsv(people(3, 'undone', () => ({}), 0)));
    await api.rest(id);
    const [invitation] = await store.invitations.find({ importId: id, rows: [3] });
    await store.acceptance.accept(invitation!.token);

    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    await page.goto(`/#/imports/${id}`);
    await page.getByRole('button', { name: 'Undo the import' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 to be undone').waitFor();
    await dialog.getByText('1 kept: has joined').waitFor();
    await dialog.getByText('6 messages have gone out and cannot be taken back.').waitFor();
    expect(await faultsOf(page, 'undo')).toEqual([]);
    await dialog.getByRole('button', { name: 'Undo the import' }).click();
    await page.locator('.head .pill', { hasText: 'Undone' }).waitFor();
    expect(await api.find(id)).toMatchObject({ status: 'undone', rows: { undone: 2, created: 1 } });

    // Each line says what has become of it, and the kept one why.
    await page.locator('.figure', { hasText: 'undone' }).getByText('2', { exact: true }).waitFor();
    await page
      .getByRole('row', { name: /Created/ })
      .getByText('kept: has joined')
      .waitFor();
    await page.getByRole('button', { name: 'Open the row 3' }).click();
    await page.getByRole('dialog').getByText('kept: has joined').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What was undone' }).click();
    await page.getByRole('dialog').getByText('2 undone').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('Support does not see it', async () => {
    const { api } = pages.stack;
    const id = await api.importId(toCsv(people(1, 'support', () => ({}), 10)));
    await api.rest(id);
    const { page, context } = await pages.visitAs('support');
    await page.goto(`/#/imports/${id}`);
    await page.locator('.head .pill', { hasText: 'Done' }).waitFor();
    expect(await page.getByRole('button', { name: 'Undo the import' }).count()).toBe(0);
    await context.close();
  });
});
