import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Where the build has written the page: beside a built API, and in `dist/` of a checkout. */
const FOLDER = join(__dirname, '..', '..', ...(extname(__filename) === '.js' ? ['web'] : ['dist', 'web']));

export const PAGE = 'index.html';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

interface BuiltFile {
  type: string;
  content: Buffer;
  gzip: Buffer;
}

/** The files of the administrators' page by name, as it was built: `PAGE` and its parts. `undefined` where it was not. */
export function readAdminPage(folder = FOLDER): ReadonlyMap<string, BuiltFile> | undefined {
  try {
    const files = [PAGE, ...readdirSync(folder).filter((name) => name !== PAGE && extname(name) in TYPES)];
    return new Map(
      files.map((name) => {
        const content = readFileSync(join(folder, name));
        return [name, { type: TYPES[extname(name)]!, content, gzip: gzipSync(content, { level: 9 }) }];
      }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
