import { extname, join, relative } from 'node:path';

/** The root of the sources, or of a build. */
export const PROJECT = join(__dirname, '..', '..');
/** In a build, this file and all programs are JavaScript already. */
export const IS_BUILT = extname(__filename) === '.js';

// A package has no scripts of npm, and a checkout has no program `client-import`.
/** What starts everything here, as a person types it. */
export const START = IS_BUILT ? 'client-import up' : 'npm start';
/** The same with options or files behind it. */
export const START_WITH = IS_BUILT ? START : `${START} --`;
/** The command line. */
export const COMMAND_LINE = IS_BUILT ? 'client-import' : 'npm run -s cli --';

/** The path of an example, from the folder in which a person types. */
export const exampleFile = (name: string): string =>
  relative(process.env['INIT_CWD'] ?? process.cwd(), join(PROJECT, IS_BUILT ? '..' : '', 'examples', name));
