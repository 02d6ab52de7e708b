import type { ProblemText } from './problem-text';

/** What a file leaves open about its sheets and columns. Each is a question and rejects nothing. */
export const MAPPING_PROBLEM_TEXTS = {
  'file.sheet-unclear': {
    severity: 'warning',
    message: 'Several sheets of the workbook can be the list: {names}. As long as none is chosen, “{sheet}” is read.',
    expected: 'One sheet with all people.',
    fix: 'Choose the sheet that is to be read. If others have people, too, upload the workbook once more for each of them.',
  },
  'file.sheet-not-found': {
    severity: 'warning',
    message: 'The workbook has no sheet “{wanted}” that can be seen. It has: {names}.',
    expected: 'The name of a sheet as its tab shows it, or its number, counted from 1.',
    fix: 'Choose one of the sheets of the workbook.',
  },
  'file.columns-unclear': {
    severity: 'warning',
    message: 'The headings of the file, in row {line}, do not tell which column is: {names}.',
    expected: 'The headings of the template, or a mapping.',
    fix:
      'Name the column for each of them by a mapping. A system administrator can keep it for the whole organisation. ' +
      'Or write the headings of the template into the file, and upload it again.',
  },
  'file.mapping-unusable': {
    severity: 'warning',
    message: 'The mapping does not fit the file: {reason}.',
    expected: 'For each column of ours another column of the file, by its heading, its letter or its number.',
    fix: 'Correct the mapping.',
  },
} as const satisfies Record<string, ProblemText>;
