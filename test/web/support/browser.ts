import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const HEIGHT = 900;

/** Chromium of this machine. Throws with a hint if there is none: a suite that skips itself proves nothing. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(
      `There is no Chromium at ${CHROMIUM}. Install it (Debian: apt-get install chromium), or name one in CHROMIUM_PATH.`,
    );
  // Root may start it only without its sandbox; it shows nothing but our own pages.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the browser has complained about so far: errors, violations of the policy, requests to elsewhere. */
  complaints: string[];
}

export interface VisitOptions {
  width?: number;
  locale?: string;
  /** Cookies and notes of an earlier visit. */
  storageState?: BrowserContextOptions['storageState'];
}

/** A new window without cookies, which may ask nobody but `origin`. */
export async function openVisit(browser: Browser, origin: string, options: VisitOptions = {}): Promise<Visit> {
  const { width = 1440, locale = 'en-GB', storageState } = options;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: HEIGHT },
    locale,
    ...(storageState && { storageState }),
  });
  const complaints: string[] = [];
  await context.exposeBinding('reportViolation', (_, violation: string) => void complaints.push(violation));
  await context.addInitScript(`
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      reportViolation('policy: ' + violatedDirective + ' ' + blockedURI));
  `);
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.origin !== origin) complaints.push(`request to ${request.url()}`);
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  return { page, context, complaints };
}
