import { mkdirSync, copyFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PROJECT } from '../processes/node-program';

const SOURCES = join(PROJECT, 'web');
/** In a build, the page is built already. */
const IS_BUILT = extname(__filename) === '.js';
/** Newer ones have what the page uses: dialogs, container-free layouts, `EventSource` with cookies. */
const BROWSERS = ['chrome111', 'firefox113', 'safari16.4'];

/** Bundles the administrators' page into a folder: one page, one script, one style sheet. Takes some 100 ms. */
export async function buildPage(folder: string): Promise<void> {
  // Only a checkout has it; the package brings the page with it.
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: { page: join(SOURCES, 'main.tsx') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: BROWSERS,
    tsconfig: join(SOURCES, 'tsconfig.json'),
    logLevel: 'error',
  });
  copyFileSync(join(SOURCES, 'index.html'), join(folder, 'index.html'));
}

/** Builds the page of a checkout as its sources are now, for the API that runs from them. */
export async function ensurePage(): Promise<void> {
  if (!IS_BUILT) await buildPage(join(PROJECT, 'dist', 'web'));
}
