import { asWritten, somebody } from '../people-fixtures';
import { creates, declare, pendingRow } from '../case';
import type { CorpusCase } from '../case';
import { sheetOf, workbook } from '../writers/workbook';
import { CLIENT_HEADER, clientLine, clientsText, writeRecords } from '../writers/write-text';

/** Each line of a text as the only cell of its row. */
const inColumnA = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\r\n')
    .map((line) => [line]);

const person = (name: string) => somebody(name, 'ann', { company: 'Lee, Sons; Co' });
const semicolons = (name: string): string => clientsText([person(name)], { delimiter: ';' });

/** Tables that are whole and stand where a program or a person has put them by mistake. */
export const MISLAID: readonly CorpusCase[] = [
  declare('one-column-csv', {
    about: 'has each of its lines in a single cell',
    content: writeRecords(inColumnA(semicolons('one-column-csv')), { quoteAll: true }),
    file: [{ code: 'file.one-column', says: ['semicolons', 'column A'] }],
    rows: [creates(2, asWritten(person('one-column-csv')))],
  }),
  declare('one-column-workbook', {
    extension: 'xlsx',
    about: 'is a workbook with everything in column A',
    content: workbook([sheetOf(inColumnA(semicolons('one-column-workbook')))]),
    file: [{ code: 'file.one-column', says: ['semicolons', 'column A'] }],
    rows: [creates(2, asWritten(person('one-column-workbook')))],
  }),
  declare('one-column-undivided', {
    about: 'has its columns in a single cell, and hardly any name among them is known',
    content: '"Email;Foo;Bar"\n"ann@one-column-undivided.example;x;y"\n',
    file: ['file.undivided-columns'],
  }),
  declare('title-and-blank-row', {
    about: 'has a title and a blank row above the names of its columns',
    content: writeRecords([
      ['Our clients', '', '', '', '', '', ''],
      ['', '', '', '', '', '', ''],
      CLIENT_HEADER,
      clientLine(person('title-and-blank-row')),
    ]),
    file: [{ code: 'file.title-above-header', says: ['row 3'] }],
    rows: [creates(4, asWritten(person('title-and-blank-row')))],
  }),
  declare('header-in-other-sheet', {
    extension: 'xlsx',
    about: 'has its clients in the second sheet, behind one of notes',
    content: workbook([
      { name: 'Notes', rows: [['Do not forget']] },
      { name: 'Clients', rows: [CLIENT_HEADER, clientLine(person('header-in-other-sheet'))] },
    ]),
    file: [{ code: 'file.sheet-unclear', says: ['Notes', 'Clients'] }],
    rows: [pendingRow(2, { person: { email: person('header-in-other-sheet').email } })],
    status: 'awaiting-approval',
  }),
  declare('formula-without-value', {
    extension: 'xlsx',
    about: 'has a formula that no program has calculated yet',
    content: workbook([
      sheetOf([
        CLIENT_HEADER,
        clientLine(person('formula-without-value')).map((value, i) => (i === 5 ? { f: 'A2' } : value)),
      ]),
    ]),
    file: [{ code: 'file.formula-without-value', letter: 'F', says: ['Row 2'] }],
    rows: [creates(2, asWritten({ ...person('formula-without-value'), company: '' }))],
  }),
];
