import { ensurePage } from './build-page';

/** `npm run build:page` */
void ensurePage();
