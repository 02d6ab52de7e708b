import type { Page } from 'playwright-core';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { until } from '../support/until';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(240_000);

const ROWS = 3_000;
/** Without an address, far behind the rows that are loaded first. */
const BAD_LINE = 2_800;

describe('The page of an import with more rows than a browser should hold', () => {
  let pages: PageStack;
  let id: string;
  beforeAll(async () => {
    pages = await startPageStack({ MAX_ROWS_PER_FILE: '5000', ...SHORT_WINDOWS });
    const { api } = pages.stack;
    const rows = people(ROWS, 'longtable', (_, i) => (i + 2 === BAD_LINE ? { email: 'nobody' } : {}), 0);
    id = await api.importId(toCsv(rows), 'long.csv');
    await api.rest(id, 120_000);
  });
  afterAll(() => pages.stop());

  const rowsAskedFor = (page: Page): string[] => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname === `/v1/imports/${id}/rows`) asked.push(search);
    });
    return asked;
  };
  const row = (page: Page, line: number) => page.getByRole('button', { name: `Open the row ${line}`, exact: true });
  const scrollToEnd = (page: Page) =>
    page.evaluate(
      "(() => { const frame = document.querySelector('.table-frame'); frame.scrollTop = frame.scrollHeight; })()",
    );

  test('shows what needs somebody first, loads the beginning, and the rest as somebody scrolls on', async () => {
    const { page } = await pages.visitAs('userAdministrator');
    const asked = rowsAskedFor(page);
    await page.goto(`/#/imports/${id}`);
    await row(page, 2).waitFor();
    // The refused line stands before those that are well, though it is not among the first.
    expect(await page.locator('tbody button.line').first().innerText()).toBe(String(BAD_LINE));
    await page.getByText('The first 501 of 3,000 lines are here').waitFor();
    const atFirst = asked.length;
    expect(atFirst).toBeLessThanOrEqual(10);
    expect(await page.getByRole('option', { name: 'all lines', exact: true }).count()).toBe(1);

    await scrollToEnd(page);
    await page.getByText('The first 1,001 of 3,000 lines are here').waitFor();
    expect(asked.length - atFirst).toBe(1);
    for (const some of ['1,501', '2,001', '2,501']) {
      await scrollToEnd(page);
      await page.getByText(`The first ${some} of 3,000 lines are here`).waitFor();
    }
    await scrollToEnd(page);
    await page.getByText('lines are here').waitFor({ state: 'detached' });
    await scrollToEnd(page);
    await row(page, ROWS + 1).waitFor();
    await page
      .getByRole('option', { name: `all lines (${ROWS.toLocaleString('en')})`, exact: true })
      .waitFor({ state: 'attached' });
    await page.context().close();
  });

  test('says that rows are being loaded until they are there, and looks for none that the counts do not have', async () => {
    const { page } = await pages.visitAs('userAdministrator');
    const asked = rowsAskedFor(page);
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await page.route(
      ({ pathname }) => pathname === `/v1/imports/${id}/rows`,
      async (request) => {
        await isReleased;
        await request.continue();
      },
    );
    await page.goto(`/#/imports/${id}`);
    const panel = page.getByRole('region', { name: 'Rows', exact: true });
    await panel.getByText('Loading …').waitFor({ state: 'attached' });
    expect(await panel.getByRole('option').count()).toBe(0);
    release();
    await row(page, 2).waitFor();
    expect(await panel.getByText('Loading …').count()).toBe(0);
    const statuses = asked.map((search) => new URLSearchParams(search).get('status'));
    expect(statuses.filter((status) => status !== null)).toEqual(['rejected']);
    await page.context().close();
  });

  test('keeps a correction that was made while the rows of the next lines were on their way', async () => {
    const { api } = pages.stack;
    const preview = await api.importIdWith(
      { mode: 'preview' },
      toCsv(people(2_100, 'while-loading', () => ({}), ROWS + 10)),
      'preview.csv',
    );
    await api.rest(preview);
    const { page } = await pages.visitAs('userAdministrator');
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await page.route(
      ({ pathname, searchParams }) => pathname.endsWith('/rows') && searchParams.get('after') === '501',
      async (asked) => {
        const answer = await asked.fetch();
        await isReleased;
        await asked.fulfill({ response: answer });
      },
    );
    await page.goto(`/#/imports/${preview}`);
    await row(page, 2).waitFor();
    const [isAsked] = await Promise.all([
      page.waitForRequest((request) => request.url().includes('/rows') && request.url().includes('after=501')),
      scrollToEnd(page),
    ]);
    expect(isAsked.method()).toBe('GET');
    const cell = (name: string) => page.locator('tbody tr', { has: row(page, 501) }).getByRole('button', { name });
    await cell('Last name: ').click();
    await page.keyboard.type('Corrected');
    await page.keyboard.press('Enter');
    await cell('Last name: Corrected').waitFor();
    release();
    await page.getByText('The first 1,000 of 2,100 lines are here').waitFor();
    expect(await cell('Last name: Corrected').count()).toBe(1);
    await page.context().close();
  });

  test('a row that is out of sight is opened by its line', async () => {
    const { page } = await pages.visitAs('userAdministrator');
    await page.goto(`/#/imports/${id}?line=${BAD_LINE}`);
    await page.getByRole('dialog').waitFor();
    // The wait is out here: within the page it would be compiled from a text, which the policy of the page forbids.
    await until(
      'the row that was opened',
      () =>
        page.evaluate<boolean>(
          "[...document.querySelectorAll('dialog')].some((one) => one.innerHTML.includes('nobody') || [...one.querySelectorAll('input')].some(({ value }) => value === 'nobody'))",
        ),
      (isThere) => isThere,
    );
    await page.context().close();
  });
});
