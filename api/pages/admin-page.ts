import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Where the build has written the page: beside a built API, and in `dist/` of a checkout. */
const FOLDER = join(__dirname, '..', '..', ...(extname(__filename) === '.js' ? ['web'] : ['dist', 'web']));

const FILES = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
} as const;
export type PageFile = keyof typeof FILES;
/** The parts of the page. */
export const PAGE_PARTS = ['page.js', 'page.css'] as const satisfies readonly PageFile[];

interface BuiltFile {
  type: string;
  content: Buffer;
  gzip: Buffer;
}

/** The administrators' page, as it was built; `undefined` where it was not. Its parts are named with a hash of their content. */
export function readAdminPage(folder = FOLDER): Record<PageFile, BuiltFile> | undefined {
  try {
    const parts = PAGE_PARTS.map((name) => [name, readFileSync(join(folder, name))] as const);
    const html = parts.reduce(
      (text, [name, content]) => text.replace(`page/${name}`, `page/${name}?v=${hashOf(content)}`),
      readFileSync(join(folder, 'index.html'), 'utf8'),
    );
    const files = [['index.html', Buffer.from(html)] as const, ...parts];
    return Object.fromEntries(
      files.map(([name, content]) => [name, { type: FILES[name], content, gzip: gzipSync(content, { level: 9 }) }]),
    ) as Record<PageFile, BuiltFile>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('base64url').slice(0, 12);
