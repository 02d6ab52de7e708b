import type { Page } from 'playwright-core';
import { people, toCsv } from '../support/people';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

/** Each is looked at in both themes and at several widths, which takes seconds. */
jest.setTimeout(240_000);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

describe('Dialogs and the states of screens, in Chromium', () => {
  let pages: PageStack;
  let id: string;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    pages = await startPageStack({}, { callbacks: true });
    const { api } = pages.stack;
    ({ page, complaints } = await pages.visitAs('systemAdministrator'));
    await lookEmpty();
    const rows = people(3, 'dialogs', (_, i) => (i === 1 ? { email: 'nobody' } : {}));
    id = await api.importId(toCsv(rows), 'clients of June.csv');
    await api.rest(id);
  });
  afterAll(() => pages.stop());

  const go = async (place: string): Promise<void> => {
    await page.goto(`/#/${place}`);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    // On its way from one screen to another a page is not loaded anew.
    await page.locator('.loading').first().waitFor({ state: 'detached' });
  };
  const empty: Record<string, string[]> = {};
  /** Before anything is there. */
  async function lookEmpty(): Promise<void> {
    for (const place of ['dashboard', 'history', 'people']) {
      await go(place);
      empty[place] = await faultsOf(page, `empty-${place}`);
    }
  }
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  test('Screens without anything to show say what to do', () => {
    expect(empty).toEqual({ dashboard: [], history: [], people: [] });
  });

  test.each([
    ['invite-client', 'people', 'Invite a client'],
    ['invite-staff', 'people?kind=staff', 'Invite a staff member'],
    ['person', 'people', 'Given0 Family0'],
    ['create-team', 'teams', 'Create a team'],
    ['edit-team', 'teams', 'Mayfair'],
    ['create-key', 'settings/keys', 'Create a key'],
    ['rotate-key', 'settings/keys', 'New secret'],
    ['revoke-key', 'settings/keys', 'Revoke'],
  ])('%s', async (name, place, opens) => {
    await go(place);
    await button(page, opens).click();
    await page.getByRole('dialog').getByRole('heading').first().waitFor();
    expect(await faultsOf(page, `dialog-${name}`)).toEqual([]);
    await close();
  });

  test('erase, after a person', async () => {
    await go('people');
    await button(page, 'Given0 Family0').click();
    await button(page, 'Erase all data').click();
    await page.getByText('This cannot be undone').waitFor();
    expect(await faultsOf(page, 'dialog-erase')).toEqual([]);
    // It leads back to the person.
    await page.keyboard.press('Escape');
    await button(page, 'Erase all data').waitFor();
    await close();
  });

  test('A row that was refused, and the question whether to cancel', async () => {
    await go(`imports/${id}`);
    await button(page, 'Open the row 3').click();
    await page.getByRole('dialog').getByText('What happened').waitFor();
    expect(await faultsOf(page, 'dialog-row-refused')).toEqual([]);
    await close();
    const waiting = await pages.stack.api.importIdWith(
      { mode: 'preview' },
      toCsv(people(2, 'to-cancel', () => ({}), 50)),
      'clients of July.csv',
    );
    await pages.stack.api.rest(waiting);
    await go(`imports/${waiting}`);
    await button(page, 'Cancel the import').click();
    await page.getByRole('heading', { name: 'Cancel this import?' }).waitFor();
    expect(await faultsOf(page, 'dialog-cancel')).toEqual([]);
    await close();
    await page.getByText('Send later, or spread out').click();
    expect(await faultsOf(page, 'look-when')).toEqual([]);
  });

  test('Nothing there, loading, no connection, a refusal and a session that has ended', async () => {
    await go('nowhere');
    expect(await faultsOf(page, 'nothing-here')).toEqual([]);
    const matching = ({ pathname }: URL): boolean => pathname === '/v1/client-teams';
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await page.route(matching, async (route) => {
      await isReleased;
      await route.abort();
    });
    await page.goto('/#/teams');
    await page.getByText('Loading …').waitFor();
    expect(await faultsOf(page, 'loading')).toEqual([]);
    expect(complaints).toEqual([]);
    release();
    await page.getByRole('heading', { name: 'No connection' }).waitFor();
    expect(await faultsOf(page, 'no-connection')).toEqual([]);
    await page.unroute(matching);
    await page.context().setOffline(true);
    await page.getByText('This computer has no network').waitFor();
    expect(await faultsOf(page, 'offline')).toEqual([]);
    await page.context().setOffline(false);
    await page.goto('/#/imports/6c1f4a5e-0000-4000-8000-000000000000');
    await page.getByRole('alert').waitFor();
    expect(await faultsOf(page, 'refusal')).toEqual([]);
    await pages.stack.db.collection('sessions').deleteMany({});
    await page.goto('/#/history');
    await page.locator('.lock').getByLabel('API key').waitFor();
    expect(await faultsOf(page, 'session-ended')).toEqual([]);
  });
});
