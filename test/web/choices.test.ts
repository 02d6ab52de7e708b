import type { Page } from 'playwright-core';
import writeExcelFile from 'write-excel-file/node';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { HEADER, people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { until } from '../support/until';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

/** Each screen is looked at in both themes and three widths, which takes seconds. */
jest.setTimeout(240_000);

const DAY_MS = 86_400_000;

describe('What an administrator chooses, in Chromium', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack();
  });
  afterAll(() => pages.stop());

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const status = (page: Page, name: string) => page.locator('.head .pill', { hasText: name });
  let from = 0;
  const some = (count: number, change?: (row: Person, i: number) => Partial<Person>): Person[] => {
    from += 20;
    return people(count, `choices${from}`, change, from);
  };
  async function choose(page: Page, name: string, content: string | Buffer): Promise<void> {
    await page.goto(`${pages.stack.url}/#/`);
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
    await page.getByText(name).waitFor();
  }
  /** A day to come, by the clock of this machine, which is that of its browser. */
  const dayAhead = (days: number): string => {
    const now = new Date();
    return new Date(now.getTime() + days * DAY_MS - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  };
  const sentTo = async (rows: Person[]): Promise<string[]> => {
    const messages = await pages.stack.sandbox.messages();
    return rows.map(({ email }) => email).filter((email) => messages.some(({ to }) => to === email));
  };

  test('A sheet of a workbook, by a click', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const [north, south] = [some(2), some(3)];
    const sheetOf = (rows: Person[]) =>
      [HEADER, ...rows.map((p) => [p.firstName, p.lastName, p.email, p.mobile, p.role, p.company, p.group])].map(
        (cells) => cells.map((value) => ({ type: String, value })),
      );
    const book = await writeExcelFile([
      { data: sheetOf(north), sheet: 'North' },
      { data: sheetOf(south), sheet: 'South' },
    ]).toBuffer();
    await choose(page, 'regions.xlsx', book);
    await button(page, 'Import and invite').click();
    await page.getByRole('heading', { name: 'One thing is not clear' }).waitFor();
    expect(await faultsOf(page, 'choose-sheet')).toEqual([]);
    await button(page, /South/).click();
    await page.getByRole('heading', { name: 'Look before it is sent' }).waitFor();
    await button(page, `E-mail: ${south[2]!.email}`).waitFor();
    expect(await button(page, `E-mail: ${north[0]!.email}`).count()).toBe(0);
    await button(page, 'Send now').click();
    await status(page, 'Done').waitFor();
    expect(await sentTo([...north, ...south])).toEqual(south.map(({ email }) => email));
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A suggestion, by a click: the row is checked again with it', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const rows = some(3, ({ email }, i) => (i === 1 ? { email: email.replace('example.com', 'gmial.com') } : {}));
    await choose(page, 'typing.csv', toCsv(rows));
    await button(page, 'Look first').click();
    await button(page, 'Open the row 3').click();
    const drawer = page.getByRole('dialog');
    const suggested = rows[1]!.email.replace('gmial.com', 'gmail.com');
    await drawer.getByRole('button', { name: `Use ${suggested}` }).click();
    await page.getByText('The row was corrected.').waitFor();
    await drawer.getByRole('button', { name: `Use ${suggested}` }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await button(page, `E-mail: ${suggested}`).waitFor();
    await button(page, 'Cancel the import').click();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A cell that is left by Escape keeps what it held, and no key is lost in one that is clicked', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const rows = some(3);
    await choose(page, 'cells.csv', toCsv(rows));
    await button(page, 'Look first').click();
    const cell = button(page, `E-mail: ${rows[0]!.email}`);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'PATCH' && asked.push(request.url()));
    for (let i = 0; i < 10; i++) {
      await cell.click();
      await page.keyboard.type('nobody at all');
      await page.keyboard.press('Escape');
      await cell.waitFor();
    }
    expect(asked).toEqual([]);
    for (let i = 0; i < 5; i++) {
      const [name, other] = [`Ada${i}`, `Bea${i}`];
      await button(page, i === 0 ? `First name: ${rows[0]!.firstName}` : `First name: Bea${i - 1}`).click();
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await button(page, `First name: ${name}`).click();
      await page.keyboard.type(other);
      await page.keyboard.press('Enter');
      await button(page, `First name: ${other}`).waitFor();
    }
    expect(asked).toHaveLength(10);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('Invitations are sent again by reason: those of one, and not those of another', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const rows = some(6);
    const [one, other] = [rows[1]!, rows[4]!];
    const refuse = (to: string, code: number) =>
      pages.stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code, to });
    const faults = [await refuse(one.mobile, 21612), await refuse(other.mobile, 21211)];
    await choose(page, 'reasons.csv', toCsv(rows));
    await button(page, 'Import and invite').click();
    await status(page, 'Needs attention').waitFor();
    for (const fault of faults) await pages.stack.sandbox.lift(fault);
    const reason = page.locator('.reason', { hasText: 'Line 3' });
    await reason.getByRole('button', { name: 'Show these rows' }).click();
    await button(page, 'Open the row 3').waitFor();
    expect(await button(page, 'Open the row 6').count()).toBe(0);
    await button(page, 'Show all rows').click();
    await reason.getByRole('button', { name: 'Retry these' }).click();
    await page.getByText('1 invitation is sent again').waitFor();
    await reason.waitFor({ state: 'detached' });
    await page.locator('.reason', { hasText: 'Line 6' }).waitFor();
    const messages = await until(
      'the message of that line',
      () => pages.stack.sandbox.messages(),
      (all) => all.some(({ to }) => to === one.mobile),
    );
    expect(messages.filter(({ to }) => to === one.mobile)).toHaveLength(1);
    expect(messages.filter(({ to }) => to === other.mobile)).toHaveLength(0);
    expect(invitedTwice(messages)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A time, once the plan was looked at; the one of the upload stands there already', async () => {
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    const rows = some(3);
    await choose(page, 'later.csv', toCsv(rows));
    await page.getByText('Send later, or spread out').click();
    await page.getByLabel('Send invitations').fill(`${dayAhead(2)}T18:00`);
    await button(page, 'Look first').click();
    await button(page, /^Send at .*18:00/).waitFor();
    expect(await faultsOf(page, 'look-later')).toEqual([]);
    await page.getByLabel('Send invitations').fill('2099-12-24T18:00');
    await button(page, /^Send at .*2099/).click();
    await page.getByText('within the next').waitFor();
    // Of the refusal, and of nothing else.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    const tomorrow = dayAhead(1);
    await page.getByLabel('Send invitations').fill(`${tomorrow}T09:30`);
    await page.getByLabel('People at a time').fill('2');
    await button(page, /^Send at .*0?9:30/).click();
    await status(page, 'Sent later').waitFor();
    const { schedule, rows: counts } = await pages.stack.api.find(new URL(page.url()).hash.split('/').at(-1)!);
    expect(counts.created).toBe(3);
    expect(schedule.spread).toBe('2/hour');
    expect(schedule.sendAt).toBe(new Date(`${tomorrow}T09:30`).toISOString());
    expect(await sentTo(rows)).toEqual([]);
    await button(page, 'Send now').click();
    await status(page, 'Done').waitFor();
    expect(await sentTo(rows)).toHaveLength(3);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('When files of the organisation are sent, which the next upload says', async () => {
    const { page, complaints, context } = await pages.visitAs('systemAdministrator');
    await page.goto(`${pages.stack.url}/#/settings`);
    const sending = page.getByRole('group', { name: 'When files are sent' });
    await sending.getByLabel('Send invitations').selectOption('At a time of the day');
    await sending.getByLabel('Time of the day').fill('08:15');
    await sending.getByLabel('Time zone').selectOption('Europe/Berlin');
    await sending.getByLabel('People at a time').fill('40');
    await sending.getByLabel('in each').selectOption('day');
    await button(page, 'Save').click();
    await page.getByText('The settings are saved.').waitFor();
    expect((await pages.stack.store.organisations.find(DEMO_ORGANISATION_ID))!.sending).toEqual({
      at: { time: '08:15', timeZone: 'Europe/Berlin' },
      spread: { people: 40, per: 'day' },
    });
    await page.goto(`${pages.stack.url}/#/`);
    await page.reload();
    await page.getByText('Empty: at 08:15 (Europe/Berlin)').waitFor();
    await page.goto(`${pages.stack.url}/#/settings`);
    await sending.getByLabel('Send invitations').selectOption('Once I apply the plan');
    await sending.getByLabel('People at a time').fill('');
    const isSaved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
    await Promise.all([isSaved, button(page, 'Save').click()]);
    expect((await pages.stack.store.organisations.find(DEMO_ORGANISATION_ID))!.sending).toMatchObject({
      at: 'when-applied',
      spread: null,
    });
    expect(complaints).toEqual([]);
    await context.close();
  });
});
