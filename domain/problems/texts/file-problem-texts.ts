import type { ProblemText } from './problem-text';

const TEMPLATE_FIX = 'Fill in the template, save it as an Excel workbook or as CSV UTF-8, and upload that file.';
const SAVE_AS_CSV =
  'Open the file in your spreadsheet program, choose Save as, and pick “CSV UTF-8 (comma delimited)” or ' +
  '“Excel workbook (.xlsx)”.';
const NAME_THE_ENCODING = 'Or name its encoding when you upload it: one of {encodings}.';
const HEADER_AND_PEOPLE = 'A first row with the names of the columns, and one person in each row below.';

/** Errors and warnings of a file as a whole. An error rejects the file, so that nothing of it is imported. */
export const FILE_PROBLEM_TEXTS = {
  'file.lost': {
    severity: 'error',
    message: 'The uploaded file no longer exists on the server, or a part of it is missing or was changed there.',
    expected: 'The whole file, as it was uploaded.',
    fix: 'Upload the file again. If this happens again, tell the operators of the service.',
  },
  'file.empty': {
    severity: 'error',
    message: 'The file is empty.',
    expected: HEADER_AND_PEOPLE,
    fix: TEMPLATE_FIX,
  },
  'file.encoding': {
    severity: 'error',
    message: 'The characters of the file cannot be read: {reason}.[ The first of them is in row {line}.]',
    expected: 'A CSV file saved as UTF-8, or an Excel workbook.',
    fix: `${SAVE_AS_CSV} ${NAME_THE_ENCODING}`,
  },
  'file.encoding-guessed': {
    severity: 'warning',
    message:
      'The file does not name its encoding. It was read as {encoding}, which is a guess.' +
      '[ The word shown here is from row {line}.]',
    expected: 'A CSV file saved as UTF-8, or an Excel workbook.',
    fix: `If the accents of the word are wrong, upload the list again. ${SAVE_AS_CSV} ${NAME_THE_ENCODING}`,
  },
  'file.encoding-unclear': {
    severity: 'warning',
    message:
      'The file does not name its encoding, and a guess is not safe. The words shown here are read as {encoding}. ' +
      'These encodings are possible: {encodings}.',
    expected: 'A CSV file saved as UTF-8, or an Excel workbook.',
    fix: `Choose the encoding in which the words are right. If they are wrong in all of them, upload the list again. ${SAVE_AS_CSV}`,
  },
  'file.mixed-encodings': {
    severity: 'error',
    message: 'The file is saved as UTF-8, except for characters in these rows: {lines}. They cannot be read.',
    expected: 'One encoding for the whole file.',
    fix: `Type the names in these rows again. ${SAVE_AS_CSV}`,
  },
  'file.garbled-text': {
    severity: 'warning',
    message: 'Another program has garbled characters before the upload, for example in row {line}, column {letter}.',
    expected: 'Names with their correct characters.',
    fix:
      'If the characters are wrong in your copy too, go back to the original list. In Excel, open it by Data, ' +
      'From Text/CSV, and choose UTF-8 there. Then save it again and upload that file.',
  },
  'file.not-a-csv': {
    severity: 'error',
    message: 'The file is neither a CSV file nor an Excel workbook with one person in each row. It is {what}.',
    expected: 'A spreadsheet saved as CSV or as an Excel workbook (.xlsx).',
    fix: SAVE_AS_CSV,
  },
  'file.damaged-workbook': {
    severity: 'error',
    message: 'The workbook cannot be opened: it is damaged, or a part is missing.',
    expected: 'An Excel workbook (.xlsx) as a spreadsheet program saves it.',
    fix: 'Open the workbook in your spreadsheet program. If that works, save it under another name and upload that file.',
  },
  'file.workbook-too-large': {
    severity: 'error',
    message: 'The workbook is too large: {reason}.',
    expected: 'A workbook with one sheet that contains the people only.',
    fix: 'Copy the rows of the people into a new workbook, or save their sheet as CSV UTF-8, and upload that file.',
  },
  'file.other-sheets': {
    severity: 'warning',
    message: 'The workbook has more than one sheet. Only “{sheet}” was read. These were not: {names}.',
    expected: 'All people in the first sheet.',
    fix: 'If another sheet has people too, upload that sheet as a separate file.',
  },
  // Of older builds: the sheet is asked for now.
  'file.header-in-other-sheet': {
    severity: 'error',
    message: 'The first sheet, “{sheet}”, does not have the names of the columns. The sheet “{meant}” has them.',
    expected: 'All people in the first sheet.',
    fix: 'Move the sheet “{meant}” to the front, or copy it into a separate workbook, and upload that file.',
  },
  'file.hidden-sheet': {
    severity: 'error',
    message:
      'Every sheet of the workbook that can be seen is empty. These sheets are hidden and were not read: {names}.',
    expected: 'All people in the first sheet, where you can see them.',
    fix: 'Show the sheet with the people (right-click on a tab, Unhide), check it, save the workbook, and upload it again.',
  },
  'file.hidden-rows': {
    severity: 'warning',
    message: 'Rows that hold people are hidden in the workbook, by hand, by a group or by a filter: {lines}.',
    expected: 'Every row visible, so that you see whom you invite.',
    fix: 'Choose whether these rows are left out or imported. Or show all rows, check them, and upload the file again.',
  },
  'file.hidden-columns': {
    severity: 'warning',
    message: 'Columns that are read are hidden in the workbook: {names}.',
    expected: 'Every column visible, so that you see what is imported, and where invitations are sent.',
    fix: 'Choose how these columns are read. Or show all columns, check them, and upload the file again.',
  },
  'file.formula-without-value': {
    severity: 'warning',
    message:
      'Row {line}, column {letter} holds a formula without a result. This cell and others like it were read as empty.',
    expected: 'A workbook with the result of every formula, as a spreadsheet program saves it.',
    fix: 'Open the file in your spreadsheet program, save it there, and upload it again.',
  },
  'file.formula-not-recalculated': {
    severity: 'warning',
    message:
      'The workbook asks to be calculated when it is opened, so that the result of the formula in row {line}, column {letter}, ' +
      'may be an old one. It and others like it were read as they are stored, but names, e-mail addresses and mobile numbers ' +
      'as empty.',
    expected: 'A workbook with the result of every formula, as a spreadsheet program saves it.',
    fix: 'Open the file in your spreadsheet program and save it there. If a cell has changed, upload it again.',
  },
  'file.one-column': {
    severity: 'warning',
    message: 'All columns are in column A, for example in row {line}. They were divided at the {delimiters}.',
    expected: 'Each column of the list in a separate column.',
    fix:
      'If the rows are wrong, open the original list in Excel by Data, From Text/CSV, save it as an Excel workbook, and ' +
      'upload that file.',
  },
  'file.undivided-columns': {
    severity: 'error',
    message: 'One cell in row {line} contains the names of all columns, and they cannot be divided reliably.',
    expected: 'Each column of the list in a separate column.',
    fix:
      'In Excel, open the original list by Data, From Text/CSV, save it as an Excel workbook, and upload that file. ' +
      'Or fill in the template.',
  },
  'file.title-above-header': {
    severity: 'warning',
    message: 'The names of the columns are in row {line}. The rows above were not read.',
    expected: 'The names of the columns in the first row.',
    fix: 'If a row above holds a person, move it below the names, and upload the file again.',
  },
  'file.no-header': {
    severity: 'error',
    message: 'Row {line} already holds a person: the row above with the names of the columns is missing.',
    expected: 'A first row with the names of the columns: {names}.',
    fix: 'Put a row with the names of the columns above the first person, and upload the file again: {names}.',
  },
  'file.missing-column': {
    severity: 'error',
    message:
      'The column “{column}” is missing.[ The file has one with the similar name “{similar}”: column {similarLetter}.]' +
      '[ The names in the first row are: {found}.]',
    expected: 'A column with the name “{column}” in the first row.',
    fix: 'Add the column, or correct its name[: write “{column}” in place of “{similar}”], and upload the file again.',
  },
  'file.whole-name': {
    severity: 'error',
    message: 'Column {letter} (“{column}”) holds whole names. First names and last names need separate columns.',
    expected: 'A column with the name “First Name” and one with the name “Last Name”.',
    fix:
      'Split the names into two columns called “First Name” and “Last Name” (in Excel: Data, Text to Columns), and ' +
      'upload the file again.',
  },
  'file.duplicate-column': {
    severity: 'error',
    message: 'Column {first} (“{firstHeader}”) and column {letter} (“{column}”) could both be the {meaning}.',
    expected: 'Each column once.',
    fix: 'Delete or rename the wrong one, and upload the file again.',
  },
  'file.second-column': {
    severity: 'warning',
    message: 'Column {letter} (“{column}”) was not read: column {first} (“{firstHeader}”) was read as the {meaning}.',
    expected: 'Each column once.',
    fix: 'If column {letter} is the right one, name it “{meaning}”, rename column {first}, and upload the file again.',
  },
  'file.unknown-column': {
    severity: 'warning',
    message: 'These columns are unknown and were not read: {names}.',
    expected: 'The columns of the template.',
    fix: 'If you need them, give them the names of the template, and upload the file again.',
  },
  'file.staff-template': {
    severity: 'error',
    message: 'The file contains members of staff: it has the column “{column}”, but it was uploaded as clients.',
    expected: 'The clients template, or an upload as staff.',
    fix: 'Upload the file as staff (kind “staff”). If it contains clients, copy them into the clients template.',
  },
  'file.clients-template': {
    severity: 'error',
    message: 'The file contains clients: it has the column “{column}”, but it was uploaded as staff.',
    expected: 'The staff template, or an upload as clients.',
    fix: 'Upload the file as clients (kind “clients”). If it contains staff, copy them into the staff template.',
  },
  'file.unclosed-quote': {
    severity: 'error',
    message: 'In row {line} a quotation mark opens a cell, and none closes it.',
    expected: 'Quotation marks in pairs around a cell, and written twice inside it.',
    fix: 'Look for a single " in row {line}, remove it or add its partner, and upload the file again. Inside a cell, write it twice.',
  },
  'file.too-many-rows': {
    severity: 'error',
    message: 'The file has {rows} rows of people. At most {limit} are allowed in one file, so nothing was imported.',
    expected: 'At most {limit} people in a file. You can upload as many files as you like.',
    fix: 'Split the list into several files, each with the first row, and upload them all.',
  },
  'file.no-rows': {
    severity: 'error',
    message: 'The file has the names of the columns, but no person below.',
    expected: HEADER_AND_PEOPLE,
    fix: 'Fill in at least one person and upload the file again.',
  },
  'file.shared-mobiles': {
    severity: 'warning',
    message:
      'SMS to mobile numbers that {least} or more people have: {rows}, to {numbers} different numbers, from the rows {lines}.',
    expected: 'A number of its own for each person.',
    fix:
      'If the numbers were copied by mistake, cancel the import, correct the file and upload it again. ' +
      'If the people do share a phone, send the SMS, or hold them and invite by e-mail only.',
  },
} as const satisfies Record<string, ProblemText>;
