import type { Page } from 'playwright-core';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { people, toCsv } from '../../support/people';
import type { Person } from '../../support/people';
import { startPageStack } from '../support/page-stack';
import type { PageStack } from '../support/page-stack';

jest.setTimeout(120_000);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe('A session on the page that ends, and one in two windows', () => {
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

  test('A session that ends while a cell is edited is begun again, and the cell still holds what was typed', async () => {
    const id = await preview(() => ({}));
    const { page, context } = await pages.visitAs('userAdministrator');
    await page.goto(`/#/imports/${id}`);
    await page
      .locator('tbody tr', { has: button(page, 'Open the row 3') })
      .getByRole('button', { name: /^Last name/ })
      .click();
    await page.keyboard.type('Kept');
    await pages.stack.db.collection('sessions').deleteMany({});
    await page.keyboard.press('Enter');
    const lock = page.locator('.lock');
    await lock.getByText('Sign in again to go on where you were').waitFor();
    // There is nothing behind it to go to.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    await lock.locator('#key').fill(pages.stack.as('userAdministrator').key);
    await page.keyboard.press('Enter');
    await lock.waitFor({ state: 'detached' });
    expect(await page.locator('.cell-input').inputValue()).toBe('Kept');
    await page.locator('.cell-input').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Last name: Kept').waitFor();
    expect((await cellsOf(id, 3))['lastName']).toBe('Kept');

    // Another person finds nothing of it.
    await button(page, 'Last name: Kept').click();
    await page.keyboard.type('Secret');
    await pages.stack.db.collection('sessions').deleteMany({});
    await page.keyboard.press('Enter');
    await lock.locator('#key').fill(pages.stack.as('support').key);
    await page.keyboard.press('Enter');
    await lock.waitFor({ state: 'detached' });
    await page.getByText('Support', { exact: true }).waitFor();
    await page.getByText('f•••').or(page.getByText('•••')).first().waitFor();
    expect(await page.locator('.cell-input').count()).toBe(0);
    await context.close();
  });

  test('Who signs out in one window is signed out in the other, and signs in there again from either', async () => {
    const { page, context } = await pages.visitAs('systemAdministrator');
    await page.goto('/#/teams');
    await page.getByRole('heading', { name: 'Client teams' }).waitFor();
    const other = await context.newPage();
    await other.goto('/#/history');
    await button(other, 'Sign out').click();
    await page.getByText('You have signed out in another window').waitFor();
    expect(await page.getByText('Riverside').count()).toBe(0);
    await other.locator('#key').fill(pages.stack.as('systemAdministrator').key);
    await other.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Client teams' }).waitFor();
    expect(await page.evaluate('JSON.stringify({ ...localStorage })')).toBe('{"client-import.signed-in":""}');
    await context.close();
  });

  test('Settings that two windows change are both kept', async () => {
    const { page, context } = await pages.visitAs('systemAdministrator');
    const other = await context.newPage();
    for (const one of [page, other]) {
      await one.goto('/#/settings');
      await one.getByLabel('Days that a link is valid').waitFor();
    }
    await page.getByLabel('Days that a link is valid').fill('22');
    await other.getByLabel('Days that clients wait').fill('33');
    for (const one of [page, other]) {
      await button(one, 'Save').click();
      await one.getByText('The settings are saved.').waitFor();
    }
    const stored = (await pages.stack.store.organisations.find(DEMO_ORGANISATION_ID))!;
    expect([stored.invitationDays, stored.waitingDays]).toEqual([22, 33]);
    await context.close();
  });
});
