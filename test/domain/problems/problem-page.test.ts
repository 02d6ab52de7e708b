import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_PROBLEM_CODES } from '../../../api/problem-types/index';
import { PROBLEM_CODES } from '../../../contract/problem-codes';
import { renderProblemPage } from '../../../scripts/problem-page';

const page = renderProblemPage();

describe('The page of problems', () => {
  it('When the catalogue has changed, then the page was made again by npm run docs:problems', () => {
    expect(readFileSync(join(__dirname, '../../../docs/problems.md'), 'utf8')).toBe(page);
  });

  it('When codes are looked up, then each has one heading, whatever its family', () => {
    const headings = [...page.matchAll(/^### `(.+)`$/gm)].map((match) => match[1]);
    expect(headings.sort()).toEqual([...PROBLEM_CODES, ...API_PROBLEM_CODES].sort());
  });

  it('When texts have blanks, then the page shows them as words', () => {
    expect(page).not.toMatch(/[{}]|undefined/);
    expect(page).toContain(
      'already in row _number of the first row_ of [“_name of the file_”, which the upload has before ]this file',
    );
  });
});
