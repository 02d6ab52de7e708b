import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderStatePage } from './state-page';

/** Rewrites `states.md` beside it. */
writeFileSync(join(__dirname, 'states.md'), renderStatePage());
