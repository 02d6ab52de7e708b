import { readOperations } from './run-book';
import { trySections } from './try-sections';
import { ALERTS } from './situations/alerts';

describe('The run book of states and incidents', () => {
  const sections = readOperations().filter(({ title }) => !(title in ALERTS));
  trySections('The states and incidents of the run book, tried', 'drill-states', sections);
});
