import type { Browser } from 'playwright-core';
import type { Role } from '../../../store/documents';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { openBrowser, openVisit } from './browser';
import type { Visit, VisitOptions } from './browser';

export interface PageStack {
  stack: Stack;
  browser: Browser;
  /** A window at the page, in which nobody has signed in. */
  visit(options?: VisitOptions): Promise<Visit>;
  /** A window in which somebody of a role has signed in with their key. */
  visitAs(role: Role, options?: VisitOptions): Promise<Visit>;
  stop(): Promise<void>;
}

/** Runs API and worker with the page, as `test/global-setup.ts` has built it, and a browser. */
export async function startPageStack(settings: Record<string, string> = {}): Promise<PageStack> {
  const browser = await openBrowser();
  const stack = await startStack(settings);
  async function visit(options?: VisitOptions): Promise<Visit> {
    const opened = await openVisit(browser, stack.url, options);
    await opened.page.goto('/');
    return opened;
  }
  return {
    stack,
    browser,
    visit,
    async visitAs(role, options) {
      const opened = await visit(options);
      await opened.page.getByLabel('API key').fill(stack.as(role).key);
      await opened.page.getByRole('button', { name: 'Sign in' }).click();
      await opened.page.getByRole('navigation').waitFor();
      return opened;
    },
    async stop() {
      await browser.close();
      await stack.stop();
    },
  };
}
