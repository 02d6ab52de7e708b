import type { Page } from 'playwright-core';
import { people, toCsv } from '../support/people';
import { until } from '../support/until';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(180_000);

/** With two messages at once the last ones go out long after the first. */
const SMS_TAKES_MS = 1_000;
const ROWS = 60;

const status = (page: Page, name: string) => page.locator('.head .pill', { hasText: name });

describe('The live progress of an import on the page', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack({ SMS_CONCURRENCY: '2' });
  });
  afterAll(() => pages.stop());

  let from = 0;
  /** Somebody who watches an import that lasts until `lift`. */
  async function watch() {
    const { stack } = pages;
    from += 1_000;
    // Before there is an import to watch, which lasts for some seconds only.
    const { page, context, complaints } = await pages.visitAs('userAdministrator');
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: SMS_TAKES_MS });
    const id = await stack.api.importId(toCsv(people(ROWS, `stream${from}`, () => ({}), from)), 'streamed.csv');
    const streams = streamsOf(page);
    return {
      ...{ page, context, complaints, streams, id },
      open: async () => {
        await page.goto(`/#/imports/${id}`);
        await status(page, 'Inviting').waitFor();
      },
      sent: async () => (await stack.api.find(id)).invitations.sms.sent,
      lift: async () => {
        await stack.sandbox.lift(fault);
        const ended = async () => (await stack.api.find(id)).status;
        await until('the import to end', ended, (one) => one === 'completed', 60_000);
      },
    };
  }

  test('A tab that the browser has frozen catches up when it is shown again, by one stream', async () => {
    const { page, context, streams, sent, open, lift, complaints } = await watch();
    await open();
    await until(
      'a stream',
      async () => streams.open(),
      (count) => count === 1,
    );
    const session = await context.newCDPSession(page);
    const shown = () => page.locator('.numbers').textContent();
    const before = await shown();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const meanwhile = (await sent()) + 10;
    await until('progress', sent, (count) => count >= meanwhile);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await until('what happened meanwhile', shown, (text) => sentOf(text) >= sentOf(before) + 10);
    expect(await status(page, 'Inviting').count()).toBe(1);
    await until(
      'the stream of before to end',
      async () => streams.open(),
      (count) => count === 1,
    );

    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await lift();
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await status(page, 'Done').waitFor();
    await until(
      'all streams to end',
      async () => streams.open(),
      (count) => count === 0,
    );
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A stream that was refused is opened again', async () => {
    const { page, context, streams, id, lift } = await watch();
    let refused = 0;
    let pass = (): void => undefined;
    const mayPass = new Promise<void>((resolve) => (pass = resolve));
    await page.route('**/events', async (route) => {
      // As a proxy answers while the server behind it starts anew.
      if (refused++ === 0) return route.fulfill({ status: 503 });
      await mayPass;
      return route.continue();
    });
    await page.goto(`/#/imports/${id}`);
    await page.getByText('The connection was lost').waitFor();
    pass();
    await page.getByText('The connection was lost').waitFor({ state: 'detached' });
    await status(page, 'Inviting').waitFor();
    expect(streams.opened()).toBe(2);
    await lift();
    await status(page, 'Done').waitFor();
    await context.close();
  });

  test('Rows in view follow the progress, and only they are read again', async () => {
    const { page, context, open, lift } = await watch();
    const pagesRead: number[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith('/rows')) pagesRead.push(Number(searchParams.get('limit')));
    });
    await open();
    const row = (line: number) =>
      page.locator('tbody tr', { has: page.getByRole('button', { name: `Open the row ${line}`, exact: true }) });
    await row(2).getByText('SMS sent').waitFor();
    const ahead = await firstUnsent(page);
    const wholeReads = pagesRead.length;
    await row(ahead).getByText('SMS sent').waitFor();
    expect(await status(page, 'Inviting').count()).toBe(1);
    expect(pagesRead.length).toBeGreaterThan(wholeReads);
    for (const limit of pagesRead.slice(wholeReads)) expect(limit).toBeLessThan(ROWS / 2);

    await page.locator('.table-frame').hover();
    await page.mouse.wheel(0, ROWS * 100);
    const last = row(ROWS + 1);
    await last.waitFor();
    expect(await last.textContent()).not.toContain('SMS sent');
    await lift();
    await last.getByText('SMS sent').waitFor();
    await status(page, 'Done').waitFor();
    await context.close();
  });
});

/** How many messages are sent, by the line below the bar. */
const sentOf = (text: string | null): number => Number(/: (\d+) \//.exec(text ?? '')?.[1] ?? 0);

/** The first drawn row whose SMS is not yet sent. */
const firstUnsent = async (page: Page): Promise<number> => {
  const open = page.locator('tbody tr:has(button)').filter({ hasNotText: 'SMS sent' }).first();
  return Number(await open.locator('.line').textContent());
};

/** The streams of events that a page has opened, and those that are open. */
function streamsOf(page: Page) {
  let opened = 0;
  let ended = 0;
  const isStream = (request: { url(): string }): boolean => request.url().endsWith('/events');
  page.on('request', (request) => void (opened += Number(isStream(request))));
  for (const event of ['requestfinished', 'requestfailed'] as const)
    page.on(event as 'requestfailed', (request) => void (ended += Number(isStream(request))));
  return { opened: () => opened, open: () => opened - ended };
}
