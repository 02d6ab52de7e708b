import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderProblemPage } from './problem-page';

/** Rewrites `problems.md` beside it: npm run docs:problems */
writeFileSync(join(__dirname, 'problems.md'), renderProblemPage());
