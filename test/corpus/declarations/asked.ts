import { createdRow, declare, pendingRow, skippedRow } from '../case';
import type { CorpusCase } from '../case';
import { somebody } from '../people-fixtures';
import { pack, sheetOf, workbook, workbookParts } from '../writers/workbook';
import { CLIENT_HEADER, clientLine, clientsText, encode } from '../writers/write-text';

const SHEET_1 = 'xl/worksheets/sheet1.xml';

/** A workbook of two people whose sheet is changed before it is packed. */
function changedSheet(name: string, change: (xml: string) => string): Uint8Array {
  const people = [somebody(name), somebody(name, 'bob', { firstName: 'Bob' })];
  const parts = workbookParts([sheetOf([CLIENT_HEADER, ...people.map(clientLine)])]);
  return pack({ ...parts, [SHEET_1]: change(parts[SHEET_1]!) });
}
const withHiddenRow = (xml: string): string => xml.replace('<row r="3"', '<row r="3" hidden="1"');

/** Files that ask something before anybody is invited. */
export const ASKED: readonly CorpusCase[] = [
  declare('asked-hidden-row', {
    about: 'has a hidden row, so that it waits for a word',
    extension: 'xlsx',
    content: changedSheet('asked-hidden-row', withHiddenRow),
    status: 'awaiting-approval',
    file: [{ code: 'file.hidden-rows', says: ['3'] }],
    rows: [pendingRow(2), pendingRow(3, { problems: ['row.hidden'] })],
  }),
  declare('asked-hidden-row-skipped', {
    about: 'has a hidden row, which the upload says is skipped',
    extension: 'xlsx',
    content: changedSheet('asked-hidden-row-skipped', withHiddenRow),
    upload: { hiddenRows: 'skip' },
    file: ['file.hidden-rows'],
    rows: [createdRow(2), skippedRow(3, { problems: ['row.hidden'] })],
  }),
  declare('asked-hidden-column', {
    about: 'has its companies in a hidden column, so that it waits for a word',
    extension: 'xlsx',
    content: changedSheet('asked-hidden-column', (xml) =>
      xml.replace('<sheetData>', '<cols><col min="6" max="6" hidden="1"/></cols><sheetData>'),
    ),
    status: 'awaiting-approval',
    file: ['file.hidden-columns'],
    rows: [pendingRow(2), pendingRow(3)],
  }),
  declare('asked-hidden-sheet', {
    about: 'has its people in a hidden sheet alone',
    extension: 'xlsx',
    content: workbook([
      { name: 'Old', rows: [CLIENT_HEADER, clientLine(somebody('asked-hidden-sheet'))], state: 'hidden' },
      { name: 'New', rows: [] },
    ]),
    file: ['file.hidden-sheet'],
  }),
  declare('asked-encoding', {
    about: 'was saved by a Russian Excel for an organisation elsewhere, so that it waits for a word',
    content: encode(
      clientsText([
        somebody('asked-encoding', 'ann', { firstName: 'Юлия', lastName: 'Щербакова' }),
        somebody('asked-encoding', 'bob', { firstName: 'Иван', lastName: 'Петров' }),
      ]),
      'windows-1251',
    ),
    status: 'awaiting-approval',
    file: ['file.encoding-unclear'],
    rows: [pendingRow(2), pendingRow(3)],
  }),
];
