import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderProblemPage } from './problem-page';

/** Rewrites `docs/problems.md`: npm run docs:problems */
writeFileSync(join(__dirname, '../docs/problems.md'), renderProblemPage());
