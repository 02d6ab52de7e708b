import type { Browser } from 'playwright-core';
import type { Role } from '../../../store/documents';
import { openBrowser } from '../../support/browser';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { openVisit } from './browser';
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
export async function startPageStack(...[settings, parts]: Parameters<typeof startStack>): Promise<PageStack> {
  const browser = await openBrowser();
  const stack = await startStack(settings, parts);
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
      await opened.page.locator('#key').fill(stack.as(role).key);
      await opened.page.locator('button[type=submit]').click();
      await opened.page.getByRole('navigation').waitFor();
      return opened;
    },
    async stop() {
      await browser.close();
      await stack.stop();
    },
  };
}
