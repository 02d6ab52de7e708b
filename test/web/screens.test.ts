import type { Page } from 'playwright-core';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { people, toCsv } from '../support/people';
import type { Stack } from '../support/stack';
import type { Visit } from './support/browser';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

const SCREENS = [
  'upload',
  'dashboard',
  'history',
  'history?q=Family1',
  'people',
  'people?kind=staff',
  'teams',
  'settings',
  'settings/texts',
  'settings/keys',
  'settings/audit',
];

/** Each screen is looked at in both themes and three widths, which takes seconds. */
jest.setTimeout(240_000);

describe('The screens beside imports, in Chromium', () => {
  let pages: PageStack;
  let stack: Stack;
  beforeAll(async () => {
    pages = await startPageStack({}, { callbacks: true });
    stack = pages.stack;
    const broken = people(
      4,
      'screens',
      (_, i) => [{}, { email: 'sandbox-bounced.b@example.com' }, { email: 'no' }, {}][i]!,
    );
    await stack.api.rest(await stack.api.importId(toCsv(broken), 'clients of May.csv'));
  });
  afterAll(() => pages.stop());

  const open = async (page: Page, place: string): Promise<void> => {
    await page.goto(`${stack.url}/#/${place}`);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    // On its way from one screen to another a page is not loaded anew.
    await page.locator('.loading').first().waitFor({ state: 'detached' });
  };

  describe.each(['en-GB', 'de-DE'])('In %s', (locale) => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await pages.visitAs('systemAdministrator', { locale });
    });
    afterAll(() => visit.context.close());

    test.each(SCREENS)(
      '%s is accessible, fits a telephone and a desk, and gives nothing to complain about',
      async (screen) => {
        await open(visit.page, screen);
        expect(await faultsOf(visit.page, `${screen.replace(/\W/g, '-')}-${locale.slice(0, 2)}`)).toEqual([]);
        expect(visit.complaints).toEqual([]);
      },
    );
  });

  describe('An administrator', () => {
    let page: Page;
    beforeAll(async () => ({ page } = await pages.visitAs('systemAdministrator')));
    afterAll(() => page.context().close());

    test('sees on the dashboard who was invited, and in a table the same by day', async () => {
      await open(page, 'dashboard');
      const invited = page.locator('.figure', { hasText: 'invited' }).first().locator('dd');
      expect(await invited.textContent()).toBe('3');
      await page.getByText('As a table').click();
      expect(await page.locator('.panel details tbody tr').first().locator('td').nth(1).textContent()).toBe('3');
    });

    test('finds a file and a person by one search', async () => {
      await open(page, 'history');
      await page.getByLabel('File or person').fill('of May');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: 'clients of May.csv' }).waitFor();
      await page.getByLabel('File or person').fill('Family1');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('button', { name: 'Given1 Family1' }).click();
      await page.getByRole('dialog').getByText('sandbox-bounced.b@example.com').waitFor();
      await page.keyboard.press('Escape');
    });

    test('sees of somebody whose e-mail has bounced that the SMS has reached them', async () => {
      await open(page, 'history?q=of%20May');
      await page.getByRole('link', { name: 'clients of May.csv' }).click();
      const row = page.getByRole('row', { name: /Given1 Family1|sandbox-bounced/ }).first();
      await row.getByText('Reached by SMS').waitFor();
    });

    test('invites one client, and is told at the field what is wrong first', async () => {
      await open(page, 'people');
      await page.getByRole('button', { name: 'Invite a client' }).click();
      const dialog = page.getByRole('dialog');
      for (const [label, value] of [
        ['First name', 'Ines'],
        ['Last name', 'Moreau'],
        ['E-mail', 'ines.moreau.example.com'],
        ['Mobile', '07911 123499'],
      ] as const)
        await dialog.getByLabel(label, { exact: true }).fill(value);
      await dialog.getByLabel('Client team').selectOption('Mayfair');
      await dialog.getByRole('button', { name: 'Invite' }).click();
      await dialog.locator('#invite-email-error').waitFor();
      await dialog.getByLabel('E-mail', { exact: true }).fill('ines.moreau@example.com');
      await dialog.getByRole('button', { name: 'Invite' }).click();
      await page.getByText('Ines Moreau is invited.').waitFor();
      await page.getByRole('button', { name: 'Ines Moreau' }).waitFor();
    });

    test('erases a person only after a second click', async () => {
      await open(page, 'people?q=Given3');
      await page.getByRole('button', { name: 'Given3 Family3' }).click();
      await page.getByRole('button', { name: 'Erase all data' }).click();
      await page.getByRole('button', { name: 'Erase for good' }).click();
      await page.getByText('Given3 Family3 is erased.').waitFor();
      expect(await stack.db.collection('people').findOne({ firstName: 'Given3' })).toBeNull();
    });

    test('creates a team with its first member, and sees why its clients wait', async () => {
      await open(page, 'teams');
      await page.getByRole('button', { name: 'Create a team' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name of the team').fill('Harbour');
      for (const [label, value] of [
        ['First name', 'Nora'],
        ['Last name', 'Quist'],
        ['E-mail', 'nora.quist@staff.example.com'],
        ['Mobile', '07911 123498'],
      ] as const)
        await dialog.getByLabel(label, { exact: true }).fill(value);
      await dialog.getByRole('button', { name: 'Create' }).click();
      await page.getByText('cannot be invited yet').waitFor();
      await page.getByRole('button', { name: 'Activate Nora Quist' }).click();
      await page.getByText('cannot be invited yet').waitFor({ state: 'detached' });
    });

    test('renames a team, takes somebody in and out, and is told that a name is taken', async () => {
      await open(page, 'teams');
      await page.getByRole('button', { name: 'Harbour', exact: true }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('A team needs somebody').waitFor();
      await drawer.getByLabel('Name of the team').fill('mayfair');
      await drawer.getByRole('button', { name: 'Rename' }).click();
      await drawer.locator('#team-rename-error').waitFor();
      await drawer.getByLabel('Name of the team').fill('Harbour_2');
      await drawer.getByRole('button', { name: 'Rename' }).click();
      await page.getByText('The team is called Harbour_2 now.').waitFor();
      const others = drawer.getByLabel('Add somebody who is there already');
      // The first one is blank.
      await others.selectOption({ index: 1 });
      await drawer.getByRole('button', { name: 'Add' }).click();
      const takeOut = drawer.getByRole('button', { name: 'Take Nora Quist out of Harbour_2' });
      await takeOut.click();
      await page.getByText('Nora Quist is no longer in Harbour_2.').waitFor();
      await drawer.getByText('A team needs somebody').waitFor();
      expect(await takeOut.count()).toBe(0);
    });

    test('shows only people whose invitation came so far', async () => {
      await open(page, 'people');
      await page
        .getByRole('button', { name: /^Given/ })
        .first()
        .waitFor();
      await page.locator('#people-invitation').selectOption('accepted');
      await page.getByText('Nobody fits').waitFor();
    });

    test('creates a key, whose secret is shown once and works', async () => {
      await open(page, 'settings/keys');
      await page.getByRole('button', { name: 'Create a key' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('What it is for').fill('Payroll');
      await dialog.getByRole('button', { name: 'Create a key' }).click();
      const secret = (await page.locator('.secret').textContent())!;
      const answer = await fetch(`${stack.url}/v1/me`, { headers: { Authorization: `Bearer ${secret}` } });
      expect(await answer.json()).toMatchObject({ name: 'Payroll', role: 'support' });
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await page.getByRole('row', { name: /Payroll/ }).waitFor();
      expect(await page.content()).not.toContain(secret);
    });

    test('gives a key another secret, which works until the key is revoked', async () => {
      await open(page, 'settings/keys');
      const key = page.getByRole('row', { name: /Payroll/ });
      const dialog = page.getByRole('dialog');
      await key.getByRole('button', { name: 'New secret' }).click();
      await dialog.getByRole('button', { name: 'New secret' }).click();
      const secret = (await page.locator('.secret').textContent())!;
      const ask = () => fetch(`${stack.url}/v1/me`, { headers: { Authorization: `Bearer ${secret}` } });
      expect((await ask()).status).toBe(200);
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await key.getByRole('button', { name: 'Revoke' }).click();
      await dialog.getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('Payroll is revoked.').waitFor();
      expect((await ask()).status).toBe(401);
    });

    test('changes settings of the organisation, and is told at the field what is wrong', async () => {
      await open(page, 'settings');
      await page.getByLabel('Days that a link is valid').fill('21');
      await page.getByLabel('Language of people').fill('Klingon');
      await page.getByLabel('Name of the sender').fill('Harbour <b>');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('#organisation-language-error').waitFor();
      await page.locator('#organisation-sender-error').waitFor();
      await page.getByLabel('Language of people').fill('de-AT');
      await page.getByLabel('Name of the sender').fill('Harbour Wealth, London');
      await page.getByLabel('Answers to e-mails go to').fill('desk@example.com');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The settings are saved.').waitFor();
      expect(await stack.store.organisations.find(DEMO_ORGANISATION_ID)).toMatchObject({
        ...{ invitationDays: 21, language: 'de-AT' },
        ...{ senderName: 'Harbour Wealth, London', replyTo: 'desk@example.com' },
      });
      await page.getByLabel('Answers to e-mails go to').fill('');
      const isSaved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
      await Promise.all([isSaved, page.getByRole('button', { name: 'Save' }).click()]);
      expect((await stack.store.organisations.find(DEMO_ORGANISATION_ID))!.replyTo).toBeNull();
    });

    test('finds in the audit log what was done, by its operation in words', async () => {
      await open(page, 'settings/audit');
      const others = page.getByRole('row', { name: /Signed in/ });
      await others.first().waitFor();
      await page.getByLabel('Operation').selectOption('Changed settings');
      await page.getByRole('button', { name: 'Filter' }).click();
      // What was shown stays until the answer is there.
      await others.first().waitFor({ state: 'detached' });
      await page
        .getByRole('row', { name: /Changed settings/ })
        .first()
        .waitFor();
      expect(await others.count()).toBe(0);
    });
  });
});
