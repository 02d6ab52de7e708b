import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { overflowOf } from '../../support/browser';

const THEMES = ['dark', 'light'] as const;
/** In pixels: a phone, a tablet and a desk. */
const WIDTHS = [360, 768, 1440] as const;
const HEIGHT = 900;

/** Where pictures of the screens go; without it none are taken. */
const PICTURES = process.env['SCREENSHOTS'];

/** Contrast follows the theme, and what fits the width: without pictures, the two ends of both show what is wrong. */
const LOOKS: readonly (readonly [(typeof THEMES)[number], (typeof WIDTHS)[number]])[] =
  PICTURES === undefined
    ? [
        ['dark', 360],
        ['light', 1440],
      ]
    : THEMES.flatMap((theme) => WIDTHS.map((width) => [theme, width] as const));

/** Lists that have to be scrolled to the side, and a page that goes on below what is to be seen on it. */
const MISFITS = `[
  ...[...document.querySelectorAll('.list-frame')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map((list) => 'the list "' + list.ariaLabel + '" is ' + (list.scrollWidth - list.clientWidth) + ' px too wide'),
  ...[document.documentElement.scrollHeight - Math.max(innerHeight, document.body.getBoundingClientRect().bottom + scrollY)]
    .filter((below) => below > 1)
    .map((below) => Math.round(below) + ' px of nothing are below it'),
]`;

/**
 * What is wrong with a screen as it is now, in both themes and at the ends of three widths, or in all of them with pictures: each rule of axe-core that it breaks, and each width that it
 * does not fit into. Leaves the page light and wide.
 */
export async function faultsOf(page: Page, screen: string): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(axe.source);
  for (const [theme, width] of LOOKS) {
    const look = `${screen} ${theme} ${width}`;
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: HEIGHT });
    if (PICTURES !== undefined) await takePicture(page, PICTURES, `${screen}-${theme}-${width}.png`);
    // What fades in has the contrast that it will have. What is replaced meanwhile does not end.
    await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))');
    const { violations } = await page.evaluate<Pick<axe.AxeResults, 'violations'>>('axe.run()');
    for (const { id, nodes } of violations)
      faults.push(...nodes.map(({ html, any }) => `${look}, ${id}: ${html} ${any[0]?.message ?? ''}`));
    const overflow = await overflowOf(page);
    if (overflow > 0) faults.push(`${look}: ${overflow} px too wide`);
    faults.push(...(await page.evaluate<string[]>(MISFITS)).map((misfit) => `${look}: ${misfit}`));
  }
  return faults;
}

async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // A dialog covers the window, not the whole length of the page behind it.
  const fullPage = (await page.locator('dialog[open]').count()) === 0;
  await page.screenshot({ path: join(folder, name), fullPage });
}
