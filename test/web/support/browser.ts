import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { complaintsOf } from '../../support/browser';

const HEIGHT = 900;

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
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await context.exposeBinding('reportViolation', (_, violation: string) => void complaints.push(violation));
  await context.addInitScript(`
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      reportViolation('policy: ' + violatedDirective + ' ' + blockedURI));
  `);
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.origin !== origin) complaints.push(`request to ${request.url()}`);
  });
  return { page, context, complaints };
}
