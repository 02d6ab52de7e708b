import { readOperations } from './run-book';
import { trySections } from './try-sections';
import { ALERTS } from './situations/alerts';

/** The alerts have a product and a Prometheus to themselves: their windows of minutes see little else then. */
describe('The run book of the alerts', () => {
  const sections = readOperations().filter(({ title }) => title in ALERTS);
  trySections('The alerts of the run book, tried', 'drill-alerts', sections);
});
