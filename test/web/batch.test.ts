import type { Page } from 'playwright-core';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

jest.setTimeout(120_000);

const status = (page: Page, name: string) => page.locator('.head .pill', { hasText: name });

describe('The files of one upload on the page', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack();
  });
  afterAll(() => pages.stop());

  test('What failed in any of them is sent again by one click, and nobody gets a second message', async () => {
    const { sandbox, api } = pages.stack;
    const north = people(4, 'north', () => ({}), 0);
    const south = people(5, 'south', () => ({}), 100);
    const unlucky = [north[1]!, south[3]!].map(({ mobile }) => mobile);
    const faults = await Promise.all(
      unlucky.map((to) => sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to })),
    );
    const { page, complaints, context } = await pages.visitAs('userAdministrator');
    await page.locator('#files').setInputFiles(
      [
        { name: 'north.csv', people: north },
        { name: 'south.csv', people: south },
      ].map(({ name, people: rows }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(toCsv(rows)) })),
    );
    await page.getByRole('button', { name: 'Import and invite' }).click();
    await status(page, 'Needs attention').waitFor();
    await page.locator('.bar-row .pill', { hasText: 'Needs attention' }).nth(1).waitFor();
    expect(await faultsOf(page, 'batch-needs-attention')).toEqual([]);

    for (const fault of faults) await sandbox.lift(fault);
    await page.getByRole('button', { name: 'Retry all failed invitations' }).click();
    await status(page, 'Done').waitFor();
    await page.locator('.bar-row .pill', { hasText: 'Done' }).nth(1).waitFor();
    const sent = await sandbox.messages();
    expect(sent).toHaveLength(2 * (north.length + south.length));
    expect(invitedTwice(sent)).toEqual([]);
    expect(sent.map(({ to }) => to)).toEqual(expect.arrayContaining(unlucky));
    const { body } = await api.get<{ data: { status: string }[] }>('/v1/imports');
    expect(body.data.map(({ status: one }) => one)).toEqual(['completed', 'completed']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
