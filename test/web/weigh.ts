import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PROJECT } from '../../local/processes/project';
import { openVisit } from './support/browser';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

const MOST_BYTES = 90_000;
const LATEST_PAINT_MS = 1_000;
/** How much slower than this machine's the processor of a visitor is. */
const SLOWDOWN = 4;
const VISITS = 5;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** When the largest element so far was painted, in milliseconds after the visit began. */
const LARGEST_PAINT = `new Promise((resolve) =>
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true }))`;

/** `npm run page:weight` runs it. */
describe('The weight of the page', () => {
  let pages: PageStack;
  beforeAll(async () => {
    pages = await startPageStack();
  });
  afterAll(() => pages.stop());

  test('is below 90 kB, compressed', () => {
    const folder = join(PROJECT, 'dist', 'web');
    const sizes = readdirSync(folder).map((name) => [name, gzipSync(readFileSync(join(folder, name))).length] as const);
    const sum = sizes.reduce((total, [, size]) => total + size, 0);
    for (const [name, size] of [...sizes, ['all', sum] as const]) process.stdout.write(`${name}: ${size} B gzipped\n`);
    expect(sum).toBeLessThan(MOST_BYTES);
  });

  test.each([
    ['the sign-in', false, 'API key'],
    ['the first screen of somebody signed in', true, 'Choose files'],
  ])('lets %s be seen within a second, on a slow processor', async (what, isSignedIn, text) => {
    const storageState = isSignedIn ? await stateOfVisitor() : undefined;
    const times: number[] = [];
    for (let i = 0; i < VISITS; i++) {
      const { page, context } = await openVisit(pages.browser, pages.stack.url, storageState && { storageState });
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      await page.goto('/');
      await page.getByText(text).waitFor();
      times.push(await page.evaluate<number>(LARGEST_PAINT));
      await context.close();
    }
    const list = times.map((time) => Math.round(time)).join(', ');
    process.stdout.write(`${what}: seen after ${Math.round(median(times))} ms (median of ${list})\n`);
    expect(median(times)).toBeLessThan(LATEST_PAINT_MS);
  });

  async function stateOfVisitor() {
    const { context } = await pages.visitAs('userAdministrator');
    const state = await context.storageState();
    await context.close();
    return state;
  }
});
