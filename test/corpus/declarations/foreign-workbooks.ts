import { asWritten, somebody } from '../people-fixtures';
import { creates, declare, rejects } from '../case';
import type { CorpusCase } from '../case';
import { pack, sheetOf, workbookParts } from '../writers/workbook';
import type { Cell, SheetRow } from '../writers/workbook';
import { CLIENT_HEADER, clientLine } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

/** Workbooks as other programs than Excel write them; most were seen from the library that they name. */
const SHEET = 'xl/worksheets/sheet1.xml';
const BOOK = 'xl/workbook.xml';
const LIST = 'xl/_rels/workbook.xml.rels';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

type Parts = Record<string, string | Uint8Array>;
type Person = Cells & { email: string };

const rowOf = (person: Cells, cells: Readonly<Record<number, Cell>> = {}): SheetRow =>
  clientLine(person).map((value, i) => cells[i] ?? (value === '' ? null : value));
const partsOf = (...rows: SheetRow[]): Record<string, string> => workbookParts([sheetOf([CLIENT_HEADER, ...rows])]);

function reads(
  name: string,
  about: string,
  make: (parts: Record<string, string>, person: Person) => Parts,
  more: { typed?: Cells; cells?: Readonly<Record<number, Cell>>; stored?: Cells } = {},
): CorpusCase {
  const person = somebody(name, 'ann', more.typed ?? {});
  return declare(name, {
    extension: 'xlsx',
    about,
    content: pack(make(partsOf(rowOf(person, more.cells)), person)),
    rows: [creates(2, asWritten({ ...person, ...more.stored }))],
  });
}

/** The workbook names the program that wrote it, and what it says about calculating. */
const by = (program: string, calculation: string, parts: Record<string, string>): Parts => ({
  ...parts,
  [BOOK]: parts[BOOK]!.replace('</workbook>', `${calculation}</workbook>`),
  'docProps/app.xml': `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>${program}</Application></Properties>`,
});
const XLSXWRITER = '<calcPr calcId="124519" fullCalcOnLoad="1"/>';

const shapes: CorpusCase[] = [
  reads('xlsx-chart-sheet-first', 'has a chart on the first tab', (parts) => ({
    ...parts,
    [BOOK]: parts[BOOK]!.replace('<sheets>', '<sheets><sheet name="Chart1" sheetId="9" r:id="rId9"/>'),
    [LIST]: parts[LIST]!.replace(
      '</Relationships>',
      `<Relationship Id="rId9" Type="${OFFICE}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/chartsheets/sheet1.xml': '<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
  })),
  reads('xlsx-workbook2', 'has its document under another name, beside an old one of the usual name', (parts) => {
    const old = workbookParts([sheetOf([['An old list']])]);
    return {
      ...old,
      '_rels/.rels': parts['_rels/.rels']!.replace(BOOK, 'xl/workbook2.xml'),
      'xl/workbook2.xml': parts[BOOK]!,
      'xl/_rels/workbook2.xml.rels': parts[LIST]!.replace('worksheets/sheet1.xml', '../people/Sheet.xml'),
      'people/sheet.xml': parts[SHEET]!,
    };
  }),
  reads('xlsx-rows-in-any-order', 'has its person above its header, by their places below it', (parts) => ({
    ...parts,
    [SHEET]: parts[SHEET]!.replace(/(<row r="1">.*?<\/row>)(<row r="2">.*?<\/row>)/s, '$2$1'),
  })),
  reads(
    'xlsx-iso-8859-1',
    'has a sheet in ISO-8859-1, as its declaration says',
    (parts) => ({ ...parts, [SHEET]: Buffer.from(parts[SHEET]!.replace('UTF-8', 'ISO-8859-1'), 'latin1') }),
    { typed: { firstName: 'José', lastName: 'Müller' } },
  ),
  reads(
    'xlsx-own-format-under-a-date-id',
    'has a number format of its own under the number that Excel has for days',
    (parts) => ({
      ...parts,
      'xl/styles.xml': parts['xl/styles.xml']!.replace(
        '<fonts',
        '<numFmts count="1"><numFmt numFmtId="14" formatCode="00000"/></numFmts><fonts',
      ),
    }),
    { cells: { 5: { v: 45351, s: 1 } }, stored: { company: '45351' } },
  ),
  reads(
    'xlsx-date-1904-of-excel-2013',
    'counts its days from 1904 and has the extension that Excel writes since 2013',
    (parts) => ({
      ...parts,
      [BOOK]: parts[BOOK]!.replace('<workbookPr/>', '<workbookPr date1904="1"/>').replace(
        '</workbook>',
        '<extLst><ext xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>',
      ),
    }),
    { cells: { 5: { v: 44565, s: 1 } }, stored: { company: '2026-01-05' } },
  ),
  reads('xlsx-style-not-there', 'has a number in a style that is not there, which Excel repairs', (parts) => parts, {
    cells: { 5: { v: 42, s: 99 } },
    stored: { company: '42' },
  }),
  reads('xlsx-truth-in-words', 'has a yes-or-no cell in words', (parts) => parts, {
    cells: { 5: { t: 'b', v: 'true' } },
    stored: { company: 'TRUE' },
  }),
];

const formulas: CorpusCase[] = [
  declare('xlsx-formulas-of-xlsxwriter', {
    extension: 'xlsx',
    about: 'was written by XlsxWriter, which writes 0 for every formula',
    content: pack(
      by(
        'Microsoft Excel',
        XLSXWRITER,
        partsOf(
          rowOf(somebody('xlsx-formulas-of-xlsxwriter'), { 5: { f: 'Sheet2!F2', v: 0 } }),
          rowOf(somebody('xlsx-formulas-of-xlsxwriter', 'bob'), { 0: { f: 'PROPER("bob")', v: 0 } }),
          rowOf(somebody('xlsx-formulas-of-xlsxwriter', 'cy'), { 3: { f: '"+44"&7911123456', v: 0 } }),
        ),
      ),
    ),
    file: [{ code: 'file.formula-without-value', letter: 'F', says: ['Row 2'] }],
    rows: [
      creates(2, { company: null }),
      rejects(3, { code: 'first-name.missing', letter: 'A' }),
      rejects(4, { code: 'mobile.missing', letter: 'D' }),
    ],
  }),
  declare('xlsx-formulas-of-excelize', {
    extension: 'xlsx',
    about: 'was written by excelize, which leaves the number of the text that stood there before the formula',
    content: pack(
      by(
        'Go Excelize',
        '<calcPr calcId="122211"/>',
        partsOf(
          rowOf(somebody('xlsx-formulas-of-excelize'), { 5: { f: 'A2', t: 'str', v: 1 } }),
          rowOf(somebody('xlsx-formulas-of-excelize', 'bob'), { 1: { f: 'B2', t: 'str', v: 1 } }),
        ),
      ),
    ),
    file: [{ code: 'file.formula-without-value', letter: 'F', says: ['Row 2'] }],
    rows: [creates(2, { company: null }), rejects(3, { code: 'last-name.missing', letter: 'B' })],
  }),
  declare('xlsx-asks-to-be-calculated', {
    extension: 'xlsx',
    about: 'was filled by a program that changed the data and asks Excel to calculate the formulas anew',
    content: pack(
      by(
        'Microsoft Excel',
        '<calcPr calcId="191029" fullCalcOnLoad="1"/>',
        partsOf(
          rowOf(somebody('xlsx-asks-to-be-calculated'), { 5: { f: 'B2&" & Co"', t: 'str', v: 'Lee & Co' } }),
          rowOf(somebody('xlsx-asks-to-be-calculated', 'bob'), { 0: { f: 'Data!A2', t: 'str', v: 'Sample' } }),
        ),
      ),
    ),
    file: [{ code: 'file.formula-not-recalculated', letter: 'F', says: ['row 2'] }],
    rows: [creates(2, { company: 'Lee & Co' }), rejects(3, { code: 'first-name.missing', letter: 'A' })],
  }),
];

export const FOREIGN_WORKBOOKS: readonly CorpusCase[] = [...shapes, ...formulas];
