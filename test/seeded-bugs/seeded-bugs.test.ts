import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';
import { SEEDED_BUGS } from './bugs';
import { occurrences } from './planted-copy';

const textOf = (file: string): string => readFileSync(join(PROJECT, file), 'utf8');

// Whether each bug is caught is found out by `npm run seeded-bugs`, which takes minutes.
test('When code and tests move on, then every seeded bug still has its one place, and its test its name', () => {
  const lost = SEEDED_BUGS.filter(({ file, find, replace, suite, test: name }) => {
    const isThere = occurrences(textOf(file), find) === 1 && find !== replace;
    return !isThere || occurrences(textOf(suite), name) !== 1;
  });
  expect(lost.map(({ name }) => name)).toEqual([]);
  expect(new Set(SEEDED_BUGS.map(({ name }) => name)).size).toBe(SEEDED_BUGS.length);
});
