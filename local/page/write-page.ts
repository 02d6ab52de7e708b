import { join } from 'node:path';
import { PROJECT } from '../processes/node-program';
import { buildPage } from './build-page';

/** `npm run build:page` */
void buildPage(join(PROJECT, 'dist', 'web'));
