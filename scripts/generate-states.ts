import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderStatePage } from './state-page';

/** Rewrites `docs/states.md`. */
writeFileSync(join(__dirname, '../docs/states.md'), renderStatePage());
