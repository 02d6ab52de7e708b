import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { WORDS } from '../../api/join/languages/index';
import { createTempFolder } from '../local/temp-folder';
import { openBrowser } from '../support/browser';
import { until } from '../support/until';
import { openVisit } from './support/browser';

jest.setTimeout(300_000);

const FROM_ADDRESS_TO_INVITED_S = 60;
const STARTS_WITHIN_MS = 120_000;

const folder = createTempFolder();
/** Free ports, so that it runs beside others, and the servers of this test run, so that none is fetched. */
const ENVIRONMENT = {
  ...process.env,
  CLIENT_IMPORT_DATA: folder.at('data'),
  TEMPORAL_CONFIG_FILE: folder.at('no-profiles.toml'),
  TEMPORAL_CLI_PATH: process.env['TEST_TEMPORAL_BINARY'],
  MONGOD_PATH: process.env['TEST_MONGOD_BINARY'],
  ...Object.fromEntries(['', 'TEMPORAL_', 'TEMPORAL_UI_', 'MONGODB_', 'SANDBOX_'].map((name) => [`${name}PORT`, '0'])),
};

describe('A new user, from npm start on', () => {
  let product: ChildProcess;
  let browser: Browser;
  let said = '';
  beforeAll(async () => {
    browser = await openBrowser();
    product = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    folder.atEnd(() => void product.kill('SIGKILL'));
    for (const stream of [product.stdout!, product.stderr!])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  });
  afterAll(async () => {
    await browser.close();
    const ended = new Promise((resolve) => product.once('close', resolve));
    product.kill('SIGINT');
    await ended;
  });

  /** The address that it prints beside a word. */
  const addressOf = (word: string): Promise<string> =>
    until(
      `the address of the ${word}`,
      async () => new RegExp(`${word}\\s+(http\\S+)`).exec(said)?.[1] ?? '',
      (address) => address !== '',
      STARTS_WITHIN_MS,
    );

  test('invites 500 people by mouse alone in a minute, and one of them accepts by a click in the inbox', async () => {
    const began = performance.now();
    const address = await addressOf('Page');
    const ready = performance.now();
    const { page, complaints, context } = await openVisit(browser, new URL(address).origin);
    await page.goto(address);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Choose files').click()]);
    await chooser.setFiles('examples/clean-500.csv');
    await page.getByRole('button', { name: 'Import and invite' }).click();
    const status = page.locator('.head .pill', { hasText: 'Done' });
    await status.waitFor({ timeout: FROM_ADDRESS_TO_INVITED_S * 1000 });
    const invited = performance.now();
    const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    process.stdout.write(
      `npm start printed the address of the page after ${seconds(began, ready)} s; 500 people were invited ${seconds(ready, invited)} s later.\n`,
    );
    expect((invited - ready) / 1000).toBeLessThan(FROM_ADDRESS_TO_INVITED_S);

    const inbox = await browser.newContext();
    const messages = await inbox.newPage();
    await messages.goto(await addressOf('Sandbox inbox'));
    await messages.getByLabel('E-mail address').fill('eilidh.garcia@');
    await messages.getByRole('button', { name: 'Search' }).click();
    const mail = messages.locator('#messages > li').first();
    await mail.getByText('As the mail looks').click();
    const join = mail.frameLocator('iframe').getByRole('link', { name: /^Join/ });
    const [opened] = await Promise.all([inbox.waitForEvent('page'), join.click()]);
    await opened.getByRole('button', { name: WORDS.en.button }).click();
    await until(
      'the welcome',
      () => opened.locator('body').innerText(),
      (text) => text.includes('Welcome! You have joined'),
    );

    await page.reload();
    await page.locator('.figure', { hasText: 'accepted' }).getByText('1', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await Promise.all([context.close(), inbox.close()]);
  });
});
