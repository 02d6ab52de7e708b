import type { Page } from 'playwright-core';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { people, toCsv } from '../support/people';
import { until } from '../support/until';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(120_000);

const COLOUR_OF_BUTTON =
  "getComputedStyle(document.querySelector('iframe').contentDocument.querySelector('a')).backgroundColor";

describe('The texts of messages on the page', () => {
  let pages: PageStack;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    pages = await startPageStack();
    const { api } = pages.stack;
    await api.rest(await api.importId(toCsv(people(3, 'texts', () => ({}), 0)), 'real people.csv'));
    const price = { smsPrice: { perSegment: 0.0463, currency: 'EUR' } };
    await api.call('PATCH', '/v1/organisation', { body: JSON.stringify(price) });
    ({ page, complaints } = await pages.visitAs('systemAdministrator'));
  });
  afterAll(() => pages.stop());

  const dialog = () => page.getByRole('dialog');
  const button = (name: string) => dialog().getByRole('button', { name, exact: true });
  /** Saves what is typed. The editor then begins anew with it, and forgets to whom a test would go. */
  const saveAs = async (version: number) => {
    await button('Save').click();
    await page.getByText(`Version ${version} is sent from now on.`).waitFor();
    await dialog()
      .locator('summary', { hasText: new RegExp(`version ${version},.* – sent now`) })
      .waitFor();
  };
  const edit = async (text: string) => {
    await page.goto('/#/settings');
    await page.goto('/#/settings/texts');
    await page.getByRole('button', { name: `Edit: ${text}` }).click();
  };

  test('A mail is shown as it looks, to an example person and to one of a file, and its frame may do nothing', async () => {
    await edit('E-mail in English');
    const mail = dialog().frameLocator('iframe');
    await mail.getByText('Hello Alexander').waitFor();
    await mail.getByRole('link', { name: 'Join' }).waitFor();
    expect(await page.evaluate(COLOUR_OF_BUTTON)).toBe('rgb(31, 95, 191)');
    expect(await dialog().locator('iframe').getAttribute('sandbox')).toBe('allow-same-origin');
    expect(await faultsOf(page, 'text-editor')).toEqual([]);

    await dialog().getByLabel('Subject').fill('{{organisation}} <b>awaits</b> you');
    await dialog().getByLabel('As it reaches').selectOption('real people.csv');
    await dialog().getByLabel('Line').fill('4');
    await button('Show').click();
    await mail.getByText('Hello Given2').waitFor();
    await dialog().getByText('<b>awaits</b> you').waitFor();
    await page.keyboard.press('Escape');
  });

  test('A mistake is told at its field, a saved text is a version, and the built-in one can be taken back', async () => {
    await edit('SMS in German');
    const body = dialog().getByLabel('Text', { exact: true });
    await body.fill('Servus {{fristName}}: {{link}}');
    await button('Save').click();
    await dialog().locator('#text-body-error', { hasText: 'Do you mean {{firstName}}?' }).waitFor();
    await body.fill('Servus {{firstName}}: {{link}}');
    await button('Show').click();
    await dialog()
      .getByText(/^Servus Alexander: http/)
      .waitFor();
    await dialog().getByText('1 segment in GSM-7').waitFor();
    await dialog().getByText('about €0.0463').waitFor();
    await body.fill('Servus {{firstName}} ☀️: {{link}}');
    await button('Show').click();
    await dialog().getByText('segments in UCS-2').or(dialog().getByText('segment in UCS-2')).waitFor();
    await body.fill('Servus {{firstName}}: {{link}}');
    await saveAs(1);
    await body.fill('Grüezi {{firstName}}: {{link}}');
    await saveAs(2);
    await button('Send version 1 again').click();
    await until(
      'the first version in the fields',
      () => body.inputValue(),
      (text) => text.startsWith('Servus'),
    );
    const texts = async () => (await pages.stack.store.organisations.find(DEMO_ORGANISATION_ID))!.texts;
    expect(await texts()).toEqual({ sms: { de: 1 } });
    await button('Send the built-in text again').click();
    await page.getByText('Your versions are kept.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /SMS in German.*built-in/ }).waitFor();
    expect(await texts()).toEqual({ sms: {} });
  });

  test('A saved text is sent to a member of staff as a test, and to nobody else', async () => {
    const before = (await pages.stack.sandbox.messages()).length;
    await edit('E-mail in English');
    await dialog().getByLabel('Subject').fill('A word from {{organisation}}');
    await dialog().getByLabel('Send it to').selectOption('Ines Almeida');
    expect(await button('Send a test').isDisabled()).toBe(true);
    await dialog().getByText('Save the text first').waitFor();
    await saveAs(1);
    await dialog().getByLabel('Send it to').selectOption('Ines Almeida');
    await button('Send a test').click();
    await page.getByText('A test is on its way to Ines Almeida.').waitFor();
    const sent = (await pages.stack.sandbox.messages()).slice(before);
    expect(sent.map(({ to }) => to)).toEqual(['ines.almeida@staff.example.com']);
    expect(complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'))).toEqual([]);
  });
});
