import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { IS_BUILT, PROJECT } from '../processes/project';

const SOURCES = join(PROJECT, 'web');
/** Newer ones have what the page uses: dialogs, container-free layouts, `EventSource` with cookies. */
const BROWSERS = ['chrome111', 'firefox113', 'safari16.4'];

/**
 * Bundles the administrators' page into a folder: one page, one style sheet, the script of the first screen, and a script for each
 * other screen. Every part bears a hash of its content in its name. Takes some 100 ms.
 */
export async function buildPage(folder: string): Promise<void> {
  // Only a checkout has it; the package brings the page with it.
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });
  const { outputFiles, metafile } = await build({
    entryPoints: { page: join(SOURCES, 'main.tsx') },
    outdir: folder,
    bundle: true,
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    minify: true,
    format: 'esm',
    target: BROWSERS,
    tsconfig: join(SOURCES, 'tsconfig.json'),
    logLevel: 'error',
    metafile: true,
    write: false,
  });
  const parts = outputFiles.map(({ path, contents }) => [basename(path), contents] as const);
  for (const [name, content] of parts) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'index.html'), pageOf(readFileSync(join(SOURCES, 'index.html'), 'utf8'), metafile));
  // Those of an earlier build go last: an API that starts meanwhile finds every part that its page names.
  const isOfNow = new Set(['index.html', ...parts.map(([name]) => name)]);
  for (const name of readdirSync(folder)) if (!isOfNow.has(name)) rmSync(join(folder, name));
}

/** The page with the names of its parts, and with those named that its script asks for at once. */
function pageOf(html: string, { outputs }: Metafile): string {
  const [script, { cssBundle, imports }] = Object.entries(outputs).find(([, { entryPoint }]) =>
    entryPoint?.endsWith('main.tsx'),
  )!;
  const early = imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => `<link rel="modulepreload" href="page/${basename(path)}" />`);
  return html
    .replace('page/page.js', `page/${basename(script)}`)
    .replace('page/page.css', `page/${basename(cssBundle!)}`)
    .replace('</head>', `${early.join('')}</head>`);
}

/** Builds the page of a checkout as its sources are now, for the API that runs from them. */
export async function ensurePage(): Promise<void> {
  // In a build, the page is built already.
  if (!IS_BUILT) await buildPage(join(PROJECT, 'dist', 'web'));
}
