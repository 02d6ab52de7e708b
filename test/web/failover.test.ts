import { people, toCsv } from '../support/people';
import { until } from '../support/until';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(120_000);

describe('One channel before the other on the page', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack({}, { callbacks: true });
  });
  afterAll(() => pages.stop());

  test('It is set with the price of an SMS, and the row tells why the SMS followed the e-mail', async () => {
    const { stack } = pages;
    const { page, complaints, context } = await pages.visitAs('systemAdministrator');
    await page.goto('/#/settings');
    await page.getByLabel('Tried first').selectOption('email');
    await page.getByLabel('Hours until the other one follows').fill('6');
    await page.getByLabel('Price of an SMS segment').fill('0.0463');
    await page.getByLabel('Currency').fill('gbp');
    expect(await faultsOf(page, 'failover-settings')).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect((await stack.api.get('/v1/organisation')).body).toMatchObject({
      failover: { first: 'email', afterHours: 6 },
      smsPrice: { perSegment: 0.0463, currency: 'GBP' },
    });

    const [returned] = people(1, 'returned', () => ({}), 0);
    await stack.sandbox.planOutcome({ to: returned!.email, outcome: 'bounced', provider: 'sendgrid' });
    const id = await stack.api.importIdWith({ mode: 'preview' }, toCsv([returned!]));
    await page.goto(`/#/imports/${id}`);
    await page.getByText('about £0.0463').waitFor();
    await page.getByRole('button', { name: 'Send now' }).click();
    await until(
      'the SMS to be delivered',
      () => stack.api.find(id),
      ({ invitations }) => invitations.sms.delivered === 1,
    );
    await page.getByRole('button', { name: 'Open the row 2' }).first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Sent because the e-mail bounced.').first().waitFor();
    for (const channel of ['E-mail', 'SMS'])
      await drawer
        .getByText(new RegExp(`^${channel}: `))
        .first()
        .waitFor();
    expect(await faultsOf(page, 'failover-row')).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
