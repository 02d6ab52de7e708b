import type { ProblemText } from './problem-text';

const CORRECT_CELL = 'Correct the cell and upload the row again.';
const RETYPE = 'Type the cell again by hand, without copying it, and upload the row again.';
const NO_CONTROL = 'Letters, signs and spaces in one line.';

/** Errors and warnings of one row: of the row itself, a name or a company. An error rejects the row; the rest of the file is imported without it. */
export const CELL_PROBLEM_TEXTS = {
  'row.too-many-cells': {
    severity: 'error',
    message: 'The row has a value in column {letter}, which has no header in the first row.',
    expected: 'At most as many cells as the first row has headers.',
    fix: 'Check whether a comma inside a cell has moved the rest of the row to the right, and move it back.',
  },
  'row.not-exact': {
    severity: 'error',
    message: 'The cell needs a correction, and corrections are switched off for this import.',
    expected:
      'A cell that needs no correction: without spaces around it, a number like +447911123456, a role in its usual spelling.',
    fix: 'Replace the cell with the suggestion and upload the row again, or allow corrections.',
  },
  'row.template-example': {
    severity: 'warning',
    message: 'This is the example row of the template, so it was skipped.',
    expected: 'One row for each person to invite.',
    fix: 'You need not do anything. You can delete the row.',
  },
  'row.hidden': {
    severity: 'warning',
    message: 'The row is hidden in the workbook.',
    expected: 'Every row visible, so that you see whom you invite.',
    fix: 'If the row should be treated otherwise, show it or delete it in the workbook, and upload it again.',
  },
  'row.not-a-person': {
    severity: 'warning',
    message: 'The row looks like a total or a remark, not like a person.',
    expected: 'One row for each person to invite.',
    fix: 'If it is no person, put the row aside: it then counts as ignored, and needs no correction.',
  },
  'cell.lost-letters': {
    severity: 'error',
    message:
      'Letters of this cell were lost before the upload: it has a question mark or a replacement character in their place.',
    expected: 'The text with all its letters.',
    fix: 'Type the cell again, or save the list again as CSV UTF-8 in the program in which the letters are still right.',
  },
  'cell.garbled-letters': {
    severity: 'error',
    message: 'Letters of this cell were garbled before the upload, when a program read the list in another encoding.',
    expected: 'The text with its own letters.',
    fix: 'Write the cell as suggested, or save the list again as CSV UTF-8 in the program in which the letters are still right.',
  },
  'cell.escaped-letters': {
    severity: 'error',
    message: 'The cell has codes of a web page or a program in place of letters.',
    expected: 'The letters themselves.',
    fix: 'Write the cell as suggested and upload the row again.',
  },
  'cell.formula-error': {
    severity: 'error',
    message: 'The cell has the error of a formula in place of its text.',
    expected: 'The text itself.',
    fix: 'Correct the formula in your spreadsheet, or type the text in its place, and upload the row again.',
  },
  'cell.no-value': {
    severity: 'error',
    message: 'The cell has the word of a database or a program for “no value” in place of a name.',
    expected: 'The name of the person.',
    fix: 'Fill in the name and upload the row again. If it is really the name, write it like a name, such as Null.',
  },
  'first-name.missing': {
    severity: 'error',
    message: 'The first name is missing.',
    expected: 'A first name in each row.',
    fix: 'Fill in the first name and upload the row again.',
  },
  'first-name.invalid': {
    severity: 'error',
    message: 'The first name contains a line break or another invisible character[: {signs}].',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'first-name.too-long': {
    severity: 'error',
    message: 'The first name has {length} characters. At most {max} are allowed.',
    expected: 'At most {max} characters.',
    fix: CORRECT_CELL,
  },
  'last-name.missing': {
    severity: 'error',
    message: 'The last name is missing.',
    expected: 'A last name in each row.',
    fix: 'Fill in the last name and upload the row again.',
  },
  'last-name.invalid': {
    severity: 'error',
    message: 'The last name contains a line break or another invisible character[: {signs}].',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'last-name.too-long': {
    severity: 'error',
    message: 'The last name has {length} characters. At most {max} are allowed.',
    expected: 'At most {max} characters.',
    fix: CORRECT_CELL,
  },
  'company.invalid': {
    severity: 'error',
    message: 'The company contains a line break or another invisible character[: {signs}].',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'company.too-long': {
    severity: 'error',
    message: 'The company has {length} characters. At most {max} are allowed.',
    expected: 'At most {max} characters.',
    fix: CORRECT_CELL,
  },
} as const satisfies Record<string, ProblemText>;
