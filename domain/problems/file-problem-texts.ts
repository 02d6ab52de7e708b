import type { ProblemText } from './problem-text';

const TEMPLATE_FIX = 'Fill in the template, save it as an Excel workbook or as CSV UTF-8, and upload that file.';
const SAVE_AS_CSV =
  'Open the file in your spreadsheet program, choose Save as, and pick “CSV UTF-8 (comma delimited)” or ' +
  '“Excel workbook (.xlsx)”.';
const NAME_THE_ENCODING = 'Or name its encoding when you upload it, one of: {encodings}.';
const ONE_PERSON_A_ROW = 'A first row with the names of the columns, and one person in each row below it.';

/** Why a file as a whole is refused, so that nothing of it is imported; or what else is to be known of it. */
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
    expected: ONE_PERSON_A_ROW,
    fix: TEMPLATE_FIX,
  },
  'file.encoding': {
    severity: 'error',
    message: 'The letters of the file cannot be read: {reason}.[ The first place where that shows is in row {line}.]',
    expected: 'A CSV file saved as UTF-8, or an Excel workbook.',
    fix: `${SAVE_AS_CSV} ${NAME_THE_ENCODING}`,
  },
  'file.encoding-guessed': {
    severity: 'warning',
    message:
      'The file does not say how its letters are saved. It was read as {encoding}, which is only a guess.' +
      '[ A word of row {line} then reads as shown here.]',
    expected: 'A CSV file saved as UTF-8, or an Excel workbook.',
    fix: `Nothing, if the word is right. If its accents are wrong, upload the list again. ${SAVE_AS_CSV} ${NAME_THE_ENCODING}`,
  },
  'file.garbled-text': {
    severity: 'warning',
    message:
      'Another program has mixed up letters of the list before it was uploaded, as in row {line}, column {letter}.',
    expected: 'Names as their owners write them.',
    fix:
      'If the letters are wrong in your own copy too, go back to the original list. In Excel, bring it in by Data, ' +
      'From Text/CSV, and choose UTF-8 there. Then save it again and upload that file.',
  },
  'file.not-a-csv': {
    severity: 'error',
    message: 'This is neither a CSV file nor an Excel workbook with one person in each row. It is {what}.',
    expected: 'A spreadsheet saved as CSV or as an Excel workbook (.xlsx).',
    fix: SAVE_AS_CSV,
  },
  'file.damaged-workbook': {
    severity: 'error',
    message: 'The workbook cannot be opened: it is damaged, or a part of it is missing.',
    expected: 'An Excel workbook (.xlsx) as a spreadsheet program saves it.',
    fix: 'Open it in your spreadsheet program. If that can, save it under another name and upload that file.',
  },
  'file.workbook-too-large': {
    severity: 'error',
    message: 'The workbook is too large to be read: {reason}.',
    expected: 'A workbook with one sheet, which has the people and nothing else.',
    fix: 'Copy the rows of the people into a new workbook, or save their sheet as CSV UTF-8, and upload that file.',
  },
  'file.other-sheets': {
    severity: 'warning',
    message: 'The workbook has more than one sheet. Only “{sheet}” was read, and not: {names}.',
    expected: 'All people in the first sheet.',
    fix: 'If people are in another sheet too, upload that sheet as a file of its own.',
  },
  'file.header-in-other-sheet': {
    severity: 'error',
    message: 'The first sheet, “{sheet}”, has no names of columns. The sheet “{meant}” has them.',
    expected: 'All people in the first sheet.',
    fix: 'Move the sheet “{meant}” to the front, or copy it into a workbook of its own, and upload that file.',
  },
  'file.formula-without-value': {
    severity: 'warning',
    message:
      'Row {line}, column {letter} holds a formula without a result. It was read as an empty cell, and so were others like it.',
    expected: 'A workbook as a spreadsheet program saves it, with the result of every formula.',
    fix: 'Open the file in your spreadsheet program, save it there, and upload it again.',
  },
  'file.one-column': {
    severity: 'warning',
    message: 'All columns stood in column A, as in row {line}. They were divided at the {delimiters}.',
    expected: 'Each column of the list in a column of its own.',
    fix:
      'Nothing, if the rows are right. Otherwise, in Excel, bring in the original list by Data, From Text/CSV, save it ' +
      'as an Excel workbook, and upload that file.',
  },
  'file.undivided-columns': {
    severity: 'error',
    message: 'All names of columns stand in one cell, in row {line}, and it is not clear where they are to be divided.',
    expected: 'Each column of the list in a column of its own.',
    fix:
      'In Excel, bring in the original list by Data, From Text/CSV, save it as an Excel workbook, and upload that file. ' +
      'Or fill in the template.',
  },
  'file.title-above-header': {
    severity: 'warning',
    message: 'The names of the columns stand in row {line}. What is above them was not read.',
    expected: 'The names of the columns in the first row.',
    fix: 'Nothing, if no person stands above them. Otherwise move those rows below the names, and upload the file again.',
  },
  'file.no-header': {
    severity: 'error',
    message: 'Row {line} already holds a person: the row with the names of the columns is missing above it.',
    expected: 'A first row with the names of the columns: {names}.',
    fix: 'Put a row with the names of the columns above the first person, and upload the file again: {names}.',
  },
  'file.missing-column': {
    severity: 'error',
    message:
      'The column “{column}” is missing.[ There is one with the similar name “{similar}”: column {similarLetter}.]' +
      '[ The names in the first row are: {found}.]',
    expected: 'A column with the name “{column}” in the first row.',
    fix: 'Add the column, or correct its name[: write “{column}” in place of “{similar}”], and upload the file again.',
  },
  'file.whole-name': {
    severity: 'error',
    message: 'Column {letter} (“{column}”) holds whole names. The first name and the last name have a column each.',
    expected: 'A column with the name “First Name” and one with the name “Last Name”.',
    fix:
      'Divide the names into two columns called “First Name” and “Last Name” (in Excel: Data, Text to Columns), and ' +
      'upload the file again.',
  },
  'file.duplicate-column': {
    severity: 'error',
    message: 'Column {first} (“{firstHeader}”) and column {letter} (“{column}”) could both be the {meaning}.',
    expected: 'Each column once.',
    fix: 'Delete or rename the one that is not meant, and upload the file again.',
  },
  'file.second-column': {
    severity: 'warning',
    message: 'Column {letter} (“{column}”) was not read: column {first} (“{firstHeader}”) is taken for the {meaning}.',
    expected: 'Each column once.',
    fix: 'If the other one is meant, name it “{meaning}”, rename the first, and upload the file again.',
  },
  'file.unknown-column': {
    severity: 'warning',
    message: 'What these columns are is not known, so they were not read: {names}.',
    expected: 'The columns of the template.',
    fix: 'Nothing, if they are not needed here. Otherwise give them the names that the template has for them.',
  },
  'file.staff-template': {
    severity: 'error',
    message: 'These are members of staff: the file has the column “{column}”, but it was uploaded as clients.',
    expected: 'The clients template, or an upload as staff.',
    fix: 'Upload the file as staff (kind “staff”). If these are clients, copy them into the clients template.',
  },
  'file.clients-template': {
    severity: 'error',
    message: 'These are clients: the file has the column “{column}”, but it was uploaded as staff.',
    expected: 'The staff template, or an upload as clients.',
    fix: 'Upload the file as clients (kind “clients”). If these are staff, copy them into the staff template.',
  },
  'file.unclosed-quote': {
    severity: 'error',
    message: 'In row {line} a quotation mark opens a cell and is not closed where the cell ends.',
    expected: 'Quotation marks in pairs around a cell; one inside such a cell is written twice.',
    fix: 'Look for a single " in row {line}, remove it or add its partner, and upload the file again. One inside a cell is written twice.',
  },
  'file.too-many-rows': {
    severity: 'error',
    message: 'The file has {rows} rows of people. At most {limit} are allowed in one file, so nothing was imported.',
    expected: 'At most {limit} people in a file. You can upload as many files as you like.',
    fix: 'Split the list into several files, each with the first row, and upload them all.',
  },
  'file.no-rows': {
    severity: 'error',
    message: 'The file has the names of the columns and no person below them.',
    expected: ONE_PERSON_A_ROW,
    fix: 'Fill in at least one person and upload the file again.',
  },
} as const satisfies Record<string, ProblemText>;
