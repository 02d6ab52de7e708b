import { encode } from 'html-entities';
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

/** What the page must know before anybody is signed in. It stands in the page itself: an answer that came later would move what is seen. */
interface Installation {
  signInAddress?: string | undefined;
}

/** The files of the administrators' page by name, as it was built: `PAGE` and its parts. `undefined` where it was not. */
export function readAdminPage(
  installation: Installation = {},
  folder = FOLDER,
): ReadonlyMap<string, BuiltFile> | undefined {
  try {
    const files = [PAGE, ...readdirSync(folder).filter((name) => name !== PAGE && extname(name) in TYPES)];
    return new Map(
      files.map((name) => {
        const read = readFileSync(join(folder, name));
        const content = name === PAGE ? withInstallation(read, installation) : read;
        return [name, { type: TYPES[extname(name)]!, content, gzip: gzipSync(content, { level: 9 }) }];
      }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const withInstallation = (html: Buffer, { signInAddress }: Installation): Buffer =>
  signInAddress === undefined
    ? html
    : Buffer.from(
        html
          .toString()
          .replace('<meta name="sign-in-address" content="" />', (empty) =>
            empty.replace('""', () => `"${encode(signInAddress)}"`),
          ),
      );
