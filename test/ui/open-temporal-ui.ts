import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Locator, Page } from 'playwright-core';
import { importWorkflowId } from '../../contract/import';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** A row of the list or a tab comes within a second; a loaded machine takes longer. */
const PATIENCE_MS = 20_000;
const WINDOW = { width: 1400, height: 860 };

/** The Temporal UI as support staff use it: everything by what can be seen and clicked. `images` is where to keep pictures. */
export async function openTemporalUi(url: string, images?: string) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: WINDOW });
  page.setDefaultTimeout(PATIENCE_MS);
  const namespace = `${url}/namespaces/default`;
  const kept = new Set<string>();

  return {
    page,

    /** The list under a filter, once it shows this import. */
    async list(filter: string, importId: string): Promise<void> {
      await page.goto(`${namespace}/workflows?query=${encodeURIComponent(filter)}`);
      await linkTo(page, importId).waitFor();
    },

    /** Opens an import of the list. */
    async open(importId: string): Promise<void> {
      await linkTo(page, importId).click();
      await page.getByRole('heading', { name: importWorkflowId(importId) }).waitFor();
    },

    /** Opens a tab of an import. */
    tab: (name: string): Promise<void> => tab(page, name).click(),

    /** The text under "User Metadata" once it says this: the summary and the current details. */
    async details(says: string): Promise<string> {
      await tab(page, 'User Metadata').click();
      const textOf = (part: string): Locator => page.frameLocator(`#user-metadata-${part}`).locator('body');
      await textOf('current-details').filter({ hasText: says }).waitFor();
      return `${await textOf('summary').innerText()}\n${await textOf('current-details').innerText()}`;
    },

    /** Sends an update by the dialog. Resolves to what the dialog says of a refusal, or to `''` once it has closed. */
    async sendUpdate(name: string, input: string): Promise<string> {
      await page.getByRole('button', { name: 'More Actions' }).first().click();
      await page.getByRole('menuitem', { name: 'Send an Update' }).click();
      const dialog = page.locator('dialog[open]').filter({ hasText: 'Send an Update' });
      await dialog.getByTestId('update-select-button').click();
      await dialog.getByRole('option', { name: new RegExp(`^${name}`) }).click();
      await dialog.locator('.cm-content').click();
      await page.keyboard.type(input);
      // The editor lays its text out anew once it is left, and a click on the button that moves with it is lost.
      await dialog.locator('#update-id').focus();
      await dialog.locator('.cm-line').nth(2).waitFor();
      await keep('send-an-update', dialog);
      await dialog.getByRole('button', { name: 'Submit' }).click();
      const refusal = dialog.getByText(/^(None of these|Nothing was sent|Unknown field)/).first();
      await Promise.race([refusal.waitFor(), dialog.waitFor({ state: 'hidden' })]);
      return (await dialog.isVisible()) ? refusal.innerText() : '';
    },

    async untilStatus(status: string): Promise<void> {
      await page
        .getByText(new RegExp(`^${status}$`, 'i'))
        .first()
        .waitFor();
    },

    keep,
    close: (): Promise<void> => browser.close(),
  };

  /** Keeps a picture of the page, or of a part of it, for the documentation, if they are to be kept; the first of each name. */
  async function keep(name: string, part: Page | Locator = page): Promise<void> {
    if (!images || kept.has(name)) return;
    kept.add(name);
    await part.screenshot({ path: join(images, `temporal-ui-${name}.png`) });
  }
}

export type TemporalUi = Awaited<ReturnType<typeof openTemporalUi>>;

const linkTo = (page: Page, importId: string): Locator =>
  page.getByRole('link', { name: importWorkflowId(importId) }).first();

const tab = (page: Page, name: string): Locator =>
  page.getByRole('tab', { name }).or(page.getByRole('link', { name })).first();
