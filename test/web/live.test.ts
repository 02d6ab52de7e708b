import type { Page } from 'playwright-core';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startTcpProxy } from '../support/tcp-proxy';
import type { TcpProxy } from '../support/tcp-proxy';
import { openVisit } from './support/browser';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(120_000);

/** Four at a time: whoever looks finds the import under way for longer than a busy machine takes to look. */
const SMS_TAKES_MS = 1_000;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const status = (page: Page, name: string) => page.locator('.head .pill', { hasText: name });

describe('The page while things happen to it', () => {
  let pages: PageStack;
  let link: TcpProxy;
  beforeAll(async () => {
    pages = await startPageStack({ SMS_CONCURRENCY: '4' });
    const { hostname, port } = new URL(pages.stack.url);
    link = await startTcpProxy({ host: hostname, port: Number(port) });
  });
  afterAll(async () => {
    await pages.stop();
    await link.close();
  });

  let from = 0;
  const some = (count: number, change: (row: Person, i: number) => Partial<Person> = () => ({})): string => {
    from += 1_000;
    return toCsv(people(count, `live${from}`, change, from));
  };

  /** Somebody who watches an import that lasts, over a link that can fail. */
  async function watch(): Promise<{ page: Page; lift: () => Promise<void> }> {
    const { stack } = pages;
    const { page } = await openVisit(pages.browser, `http://127.0.0.1:${link.port}`);
    await page.clock.install();
    await page.goto('/');
    await page.locator('#key').fill(stack.as('support').key);
    await button(page, 'Sign in').click();
    await page.getByRole('navigation').waitFor();
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: SMS_TAKES_MS });
    const id = await stack.api.importId(some(60), 'watched.csv');
    await page.goto(`/#/imports/${id}`);
    await status(page, 'Inviting').waitFor();
    return {
      page,
      lift: async () => {
        await stack.sandbox.lift(fault);
        await stack.api.rest(id);
      },
    };
  }

  test('A lost connection is told, and what happened meanwhile is shown once it is back', async () => {
    const { page, lift } = await watch();
    link.set({ kind: 'reset' });
    expect(link.struck()).toBeGreaterThan(0);
    await page.getByText('The connection was lost').waitFor();
    await lift();
    link.set({ kind: 'clear' });
    await status(page, 'Done').waitFor();
    await page.getByText('The connection was lost').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('After a sleep in which the connection died unnoticed, the state of now is shown', async () => {
    const { page, lift } = await watch();
    link.set({ kind: 'half-open' });
    expect(link.struck()).toBeGreaterThan(0);
    await lift();
    expect(await status(page, 'Inviting').count()).toBe(1);
    link.set({ kind: 'clear' });
    await page.clock.fastForward(10 * 60_000);
    // Each request on a connection that is dead is given up after a while, until a new one is made.
    const isDone = () => status(page, 'Done').waitFor({ timeout: 1_000 });
    for (let tries = 0; tries < 8; tries++) {
      if (
        await isDone().then(
          () => true,
          () => false,
        )
      )
        break;
      await page.clock.fastForward(11_000);
    }
    await isDone();
    await page.context().close();
  });

  test('Where the server cannot be reached it is said, and the button tries again', async () => {
    const { page, lift } = await watch();
    await lift();
    await status(page, 'Done').waitFor();
    link.set({ kind: 'reset' });
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { name: 'No connection' }).waitFor();
    link.set({ kind: 'clear' });
    await button(page, 'Try again').click();
    await page.getByRole('link', { name: 'watched.csv' }).first().waitFor();
    await page.context().close();
  });

  test('Support looks with masked addresses, is offered no import, and may cancel', async () => {
    const { page, lift } = await watch();
    await button(page, 'Open the row 2').first().waitFor();
    const shown = (await page.locator('tbody').textContent())!;
    expect(shown).toContain('p•••@•••.com');
    expect(shown).not.toContain('@example.com');
    expect(await page.getByRole('link', { name: 'Import another file' }).count()).toBe(0);
    await button(page, 'Cancel the import').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click();
    await lift();
    await status(page, 'Cancelled').waitFor();
    await page.context().close();
  });

  test('Files are dropped, and all files of an upload are paused and go on', async () => {
    const { page } = await pages.visitAs('userAdministrator');
    const fault = await pages.stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: SMS_TAKES_MS });
    const files = { 'north.csv': some(40), 'south.csv': some(40) };
    const dropped = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      for (const [name, content] of Object.entries(${JSON.stringify(files)})) data.items.add(new File([content], name));
      return data;
    })()`);
    for (const event of ['dragover', 'drop']) await page.dispatchEvent('.drop', event, { dataTransfer: dropped });
    await button(page, 'Import and invite').click();
    await page.getByRole('heading', { name: '2 files of one upload' }).waitFor();
    await button(page, 'Pause').click();
    await status(page, 'Paused').waitFor();
    await pages.stack.sandbox.lift(fault);
    await button(page, 'Resume').click();
    await status(page, 'Done').waitFor();
    await page.context().close();
  });

  test('A file that was corrected leads to those that correct it', async () => {
    const { api } = pages.stack;
    const first = await api.importId(
      some(3, (_, i) => (i === 1 ? { email: 'nobody' } : {})),
      'first.csv',
    );
    await api.rest(first);
    const headers = { Authorization: `Bearer ${pages.stack.as('userAdministrator').key}` };
    const failed = await fetch(`${pages.stack.url}/v1/imports/${first}/failed-rows.csv`, { headers });
    const second = await api.importId(
      (await failed.text()).replace('nobody', `mended${from}@example.com`),
      'second.csv',
    );
    await api.rest(second);
    const { page } = await pages.visitAs('userAdministrator');
    await page.goto(`/#/imports/${first}`);
    await button(page, 'Files that correct each other').click();
    await page.getByRole('dialog').getByRole('link', { name: 'second.csv' }).waitFor();
    await page.context().close();
  });

  test('A table of 500 rows is drawn as needed while it is scrolled', async () => {
    const { api } = pages.stack;
    const id = await api.importIdWith({ mode: 'preview' }, some(500), 'long.csv');
    await api.rest(id);
    const { page } = await pages.visitAs('userAdministrator');
    await page.goto(`/#/imports/${id}`);
    await button(page, 'Open the row 2').first().waitFor();
    const most = await page.evaluate<number>(`(async () => {
      const frame = document.querySelector('.table-frame');
      let most = 0;
      for (let top = 0; top < frame.scrollHeight; top += 400) {
        frame.scrollTop = top;
        await new Promise(requestAnimationFrame);
        most = Math.max(most, frame.querySelectorAll('tbody tr').length);
      }
      return most;
    })()`);
    expect(most).toBeLessThan(60);
    await button(page, 'Open the row 501').waitFor();
    await page.context().close();
  });
});
