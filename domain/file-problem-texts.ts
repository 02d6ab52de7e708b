import type { ProblemText } from './problem-text';

const TEMPLATE_FIX = 'Fill in the clients template, save it as CSV UTF-8, and upload that file.';
const SAVE_AS_CSV =
  'Open the file in your spreadsheet program, choose Save as, and pick “CSV UTF-8 (comma delimited)”.';

/** Why a file as a whole is refused. Nothing of such a file is imported. */
export const FILE_PROBLEM_TEXTS = {
  'file.lost': {
    severity: 'error',
    message: 'The uploaded file is not in the store any more.',
    expected: 'The file as it was uploaded.',
    fix: 'Upload the file again. If this happens once more, tell whoever runs the service.',
  },
  'file.empty': {
    severity: 'error',
    message: 'The file is empty.',
    expected: 'A first row with the names of the columns, and one client in each row below it.',
    fix: TEMPLATE_FIX,
  },
  'file.encoding': {
    severity: 'error',
    message:
      'The file is not saved as UTF-8[ but as {encoding}], so accents and other scripts in it cannot be read.' +
      '[ The first character that cannot be read is in row {line}.]',
    expected: 'A CSV file saved as UTF-8.',
    fix: SAVE_AS_CSV,
  },
  'file.not-a-csv': {
    severity: 'error',
    message: 'This is not a CSV file with one client in each row. It is {what}.',
    expected: 'A spreadsheet saved as CSV.',
    fix: SAVE_AS_CSV,
  },
  'file.missing-column': {
    severity: 'error',
    message: 'The column “{column}” is missing.[ The columns in the first row are: {found}.]',
    expected: 'A column with the header “{column}” in the first row.',
    fix: 'Add the column, or correct its header, and upload the file again.',
  },
  'file.duplicate-column': {
    severity: 'error',
    message: 'The column “{column}” is there twice, as column {first} and as column {letter}.',
    expected: 'Each column once.',
    fix: 'Delete or rename the one that is not meant, and upload the file again.',
  },
  'file.staff-template': {
    severity: 'error',
    message: 'This is the staff template: it has the column “{column}”. Only clients can be imported here.',
    expected: 'The clients template.',
    fix: 'Copy the clients into the clients template and upload that file. Staff are added in their own place.',
  },
  'file.unclosed-quote': {
    severity: 'error',
    message: 'In row {line} a quotation mark opens a cell and is not closed where the cell ends.',
    expected: 'Quotation marks in pairs around a cell; one inside such a cell is written twice.',
    fix: 'Look for a single " in row {line}, remove it or add its partner, and upload the file again.',
  },
  'file.too-many-rows': {
    severity: 'error',
    message: 'The file has {rows} rows of clients. At most {limit} are allowed in one file, so nothing was imported.',
    expected: 'At most {limit} clients in a file. You can upload as many files as you like.',
    fix: 'Split the list into several files, each with the first row, and upload them all.',
  },
  'file.no-rows': {
    severity: 'error',
    message: 'The file has the names of the columns and no client below them.',
    expected: 'One client in each row below the first.',
    fix: 'Fill in at least one client and upload the file again.',
  },
} as const satisfies Record<string, ProblemText>;
