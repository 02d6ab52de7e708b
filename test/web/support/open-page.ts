import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

/** Debian's; another one by `CHROMIUM`. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });

export interface OpenPage {
  page: Page;
  /** What the browser complained about: errors of scripts, and what the content policy has refused. */
  complaints: string[];
}

/** A window that has signed in to the page with this key. */
export async function signIn(
  browser: Browser,
  url: string,
  key: string,
  { theme = 'light', language = 'en-GB' }: { theme?: 'light' | 'dark'; language?: string } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ colorScheme: theme, locale: language });
  // As an init script the content policy of the page does not concern it.
  await context.addInitScript({ content: AXE });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The answer to the question who is signed in, before anybody is; and what the API refuses for a test.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('#key').fill(key);
  await page.locator('button[type=submit]').click();
  await page.locator('.shell').waitFor();
  return { page, complaints };
}

/** What the functions below find in a window; this project's types know no DOM. */
interface InWindow {
  axe: { run: () => Promise<AxeResults> };
  document: { documentElement: { scrollWidth: number } };
  innerWidth: number;
}

/** What is wrong for those who use a keyboard or a screen reader, each with the place. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() => (globalThis as unknown as InWindow).axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** By how many pixels the page is wider than its window; not above 0 if it fits. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as InWindow;
    return document.documentElement.scrollWidth - innerWidth;
  });
