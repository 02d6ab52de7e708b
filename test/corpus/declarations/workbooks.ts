import { unzipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/node';
import { damage, lieAbout } from '../writers/archive';
import { asWritten, colleague, somebody } from '../people-fixtures';
import { createdRow, creates, declare, rejects, repaired } from '../case';
import type { CorpusCase, ExpectedProblem } from '../case';
import { pack, sheetOf, text, workbook, workbookParts } from '../writers/workbook';
import type { Cell, SheetRow } from '../writers/workbook';
import { CLIENT_HEADER, clientLine, clientsText, STAFF_HEADER, staffLine } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

const SHEET_1 = 'xl/worksheets/sheet1.xml';
const MEGABYTE = 1024 * 1024;

/** The template's header and one row, in which some cells are not plain text. */
const rowOf = (person: Cells, cells: Readonly<Record<number, Cell | string | null>> = {}): SheetRow =>
  clientLine(person).map((value, i) => (i in cells ? cells[i]! : value === '' ? null : value));

const xlsx = (name: string, declaration: Parameters<typeof declare>[1]): CorpusCase =>
  declare(name, { extension: 'xlsx', ...declaration });

/** A workbook of one sheet whose only person comes out as expected. */
function reads(
  name: string,
  about: string,
  make: (person: Cells & { email: string }) => Uint8Array,
  changes: Cells = {},
  line = 2,
): CorpusCase {
  const person = somebody(name, 'ann', changes);
  return xlsx(name, { about, content: make(person), rows: [creates(line, asWritten(person))] });
}

const plainSheet = (person: Cells) => sheetOf([CLIENT_HEADER, rowOf(person)]);

const kinds: CorpusCase[] = [
  xlsx('xlsx-write-excel-file', {
    about: 'was written by another program than the others, with shared strings and formats',
    content: async () => {
      const people = [
        somebody('xlsx-write-excel-file'),
        somebody('xlsx-write-excel-file', 'bob', { firstName: 'Łukasz' }),
      ];
      const rows = [CLIENT_HEADER, ...people.map(clientLine)].map((cells) =>
        cells.map((value) => (value === '' ? null : { value, type: String, format: '@' })),
      );
      return pack(unzipSync(await writeExcelFile(rows, { sheet: 'Clients' }).toBuffer()));
    },
    rows: [
      creates(2, asWritten(somebody('xlsx-write-excel-file'))),
      creates(3, asWritten(somebody('xlsx-write-excel-file', 'bob', { firstName: 'Łukasz' }))),
    ],
  }),
  reads('xlsx-inline-strings', 'has its texts in the cells', (person) => workbook([plainSheet(person)]), {
    lastName: 'Żółć 🏳️‍🌈',
    company: `<Lee> & "Sons' Co`,
  }),
  reads(
    'xlsx-shared-strings',
    'has its texts in a common list, some of them in several formats',
    (person) => {
      const strings = [...CLIENT_HEADER, ...clientLine(person)].map(text);
      strings[7] = '<r><t>Jo</t></r><r><rPr><b/></rPr><t>sé</t></r>';
      strings[8] = '<t>田中</t><rPh sb="0" eb="2"><t>タナカ</t></rPh>';
      const header = CLIENT_HEADER.map((_, i): Cell => ({ t: 's', v: i }));
      const row = CLIENT_HEADER.map((_, i): Cell | null => (i === 4 ? null : { t: 's', v: 7 + i }));
      return workbook([sheetOf([header, row])], { sharedStrings: strings });
    },
    { firstName: 'José', lastName: '田中' },
  ),
  reads('xlsx-stored', 'is an archive in which nothing is packed', (person) =>
    pack(workbookParts([plainSheet(person)]), 0),
  ),
  reads('xlsx-no-references', 'has rows and cells without their numbers', (person) =>
    workbook([sheetOf([CLIENT_HEADER, rowOf(person, { 4: 'Client' })], { withoutReferences: true })]),
  ),
  reads('xlsx-prefixed', 'has a prefix on every element, as some programs write it', (person) => {
    const parts = workbookParts([plainSheet(person)]);
    const prefixed = parts[SHEET_1]!.replace(/<(\/?)(worksheet|sheetData|row|c|is|t|v)\b/g, '<$1x:$2').replace(
      'xmlns=',
      'xmlns:x=',
    );
    return pack({ ...parts, [SHEET_1]: prefixed });
  }),
  reads('xlsx-absolute-targets', 'names its sheets by their whole paths', (person) => {
    const parts = workbookParts([plainSheet(person)]);
    const rels = 'xl/_rels/workbook.xml.rels';
    return pack({ ...parts, [rels]: parts[rels]!.replace('Target="worksheets', 'Target="/xl/worksheets') });
  }),
  reads('xlsx-comments-and-cdata', 'has remarks in its XML, and text that is marked as such', (person) => {
    const parts = workbookParts([plainSheet(person)]);
    const xml = parts[SHEET_1]!.replace('<sheetData>', '<!-- made by hand --><sheetData>').replace(
      '>Lee &amp; Co<',
      '><![CDATA[Lee & Co]]><',
    );
    return pack({ ...parts, [SHEET_1]: xml });
  }),
  xlsx('xlsx-as-csv', {
    about: 'is a workbook under the name of a CSV file',
    extension: 'csv',
    content: workbook([plainSheet(somebody('xlsx-as-csv'))]),
    rows: [creates(2, asWritten(somebody('xlsx-as-csv')))],
  }),
  xlsx('csv-as-xlsx', {
    about: 'is a CSV file under the name of a workbook',
    content: clientsText([somebody('csv-as-xlsx')]),
    rows: [creates(2, asWritten(somebody('csv-as-xlsx')))],
  }),
  xlsx('xlsx-staff', {
    about: 'is a workbook of staff',
    content: workbook([
      sheetOf([STAFF_HEADER, staffLine(colleague('xlsx-staff', 'sam', { teams: 'Mayfair;Riverside' }))]),
    ]),
    upload: { kind: 'staff' },
    rows: [createdRow(2, { person: { teams: ['Mayfair', 'Riverside'], role: 'Support' } })],
  }),
];

const mobile = (before: string, after = '+447911123456') => ['Mobile', before, after] as const;

/** A workbook whose person has this in the cell of the mobile number. */
function withMobile(name: string, about: string, cell: Cell, before: string): CorpusCase {
  const person = somebody(name);
  return xlsx(name, {
    about,
    content: workbook([sheetOf([CLIENT_HEADER, rowOf(person, { 3: cell })])]),
    rows: [repaired(2, [mobile(before)], { mobile: '+447911123456' })],
  });
}

const cells: CorpusCase[] = [
  withMobile(
    'xlsx-mobile-number',
    'has a mobile number that is a number and lost its +',
    { v: '447911123456' },
    '447911123456',
  ),
  withMobile(
    'xlsx-mobile-exponent',
    'has a mobile number stored with an exponent',
    { v: '4.47911123456E+11' },
    '447911123456',
  ),
  withMobile(
    'xlsx-mobile-shown-short',
    'shows a mobile number in scientific notation and has it whole',
    { v: '447911123456', s: 2 },
    '447911123456',
  ),
  withMobile('xlsx-mobile-lost-nought', 'has a national number that lost its 0', { v: '7911123456' }, '7911123456'),
  withMobile(
    'xlsx-mobile-formula',
    'has a mobile number that a formula makes',
    { f: '"44"&7911123456', t: 'str', v: '447911123456' },
    '447911123456',
  ),
  xlsx('xlsx-formulas', {
    about: 'has names that formulas make, of which one was never worked out',
    content: workbook([
      sheetOf([
        CLIENT_HEADER,
        rowOf(somebody('xlsx-formulas'), { 0: { f: 'UPPER("ann")', t: 'str', v: 'ANN' } }),
        rowOf(somebody('xlsx-formulas', 'bob'), { 0: { f: 'UPPER("bob")' } }),
        rowOf(somebody('xlsx-formulas', 'cy'), { 6: { f: 'VLOOKUP(1,A1:B2,2)', t: 'e', v: '#N/A' } }),
      ]),
    ]),
    file: [{ code: 'file.formula-without-value', letter: 'A', says: ['Row 3'] }],
    rows: [
      creates(2, { firstName: 'ANN' }),
      rejects(3, { code: 'first-name.missing', letter: 'A' }),
      rejects(4, { code: 'group.invalid-name', letter: 'G', value: '#N/A' }),
    ],
  }),
  xlsx('xlsx-numbers-and-dates', {
    about: 'has numbers, dates and yes-or-no cells where texts belong',
    content: workbook([
      sheetOf([
        CLIENT_HEADER,
        rowOf(somebody('xlsx-numbers-and-dates', 'number'), { 5: { v: 42 } }),
        rowOf(somebody('xlsx-numbers-and-dates', 'fraction'), { 5: { v: '3.25' } }),
        rowOf(somebody('xlsx-numbers-and-dates', 'date'), { 5: { v: 46027, s: 1 } }),
        rowOf(somebody('xlsx-numbers-and-dates', 'boolean'), { 5: { t: 'b', v: 1 } }),
      ]),
    ]),
    rows: [
      creates(2, { company: '42' }),
      creates(3, { company: '3.25' }),
      creates(4, { company: '2026-01-05' }),
      creates(5, { company: 'TRUE' }),
    ],
  }),
  xlsx('xlsx-date-1904', {
    about: 'counts its days from 1904, as Excel on a Mac once did',
    content: workbook([sheetOf([CLIENT_HEADER, rowOf(somebody('xlsx-date-1904'), { 5: { v: 44565, s: 1 } })])], {
      date1904: true,
    }),
    rows: [creates(2, { company: '2026-01-05' })],
  }),
  xlsx('xlsx-spaces', {
    about: 'has spaces around its texts',
    content: workbook([sheetOf([CLIENT_HEADER, rowOf(somebody('xlsx-spaces'), { 0: '  Ann ', 6: 'Mayfair ' })])]),
    rows: [
      repaired(
        2,
        [
          ['First Name', '  Ann ', 'Ann'],
          ['Group Identifier', 'Mayfair ', 'Mayfair'],
        ],
        { firstName: 'Ann', teams: ['Mayfair'] },
      ),
    ],
  }),
  xlsx('xlsx-line-break-in-cell', {
    about: 'has a line break in a company',
    content: workbook([
      sheetOf([
        CLIENT_HEADER,
        rowOf(somebody('xlsx-line-break-in-cell'), { 5: 'Lee\n& Co' }),
        rowOf(somebody('xlsx-line-break-in-cell', 'bob')),
      ]),
    ]),
    rows: [rejects(2, { code: 'company.invalid', letter: 'F', value: 'Lee\n& Co' }), createdRow(3)],
  }),
  xlsx('xlsx-merged-cells', {
    about: 'has one company over two rows, which belongs to the first',
    content: workbook([
      sheetOf(
        [
          CLIENT_HEADER,
          rowOf(somebody('xlsx-merged-cells')),
          rowOf(somebody('xlsx-merged-cells', 'bob'), { 5: { s: 3 } }),
        ],
        {
          after: '<mergeCells count="1"><mergeCell ref="F2:F3"/></mergeCells>',
        },
      ),
    ]),
    rows: [creates(2, { company: 'Lee & Co' }), creates(3, { company: null })],
  }),
];

const gaps: CorpusCase[] = [
  xlsx('xlsx-blank-rows', {
    about: 'has blank rows above its header and among its clients, some of which it does not even store',
    content: workbook([
      sheetOf(
        new Map<number, SheetRow>([
          [3, CLIENT_HEADER],
          [5, rowOf(somebody('xlsx-blank-rows'))],
          [6, [{ s: 1 }, { s: 1 }, '   ']],
          [9, rowOf(somebody('xlsx-blank-rows', 'bob'))],
          [10, [null, { s: 3 }]],
        ]),
      ),
    ]),
    rows: [createdRow(5), createdRow(9)],
  }),
  xlsx('xlsx-blank-columns', {
    about: 'begins in column C',
    content: workbook([
      sheetOf([
        [null, null, ...CLIENT_HEADER],
        [null, null, ...rowOf(somebody('xlsx-blank-columns'))],
        [null, null, ...rowOf(somebody('xlsx-blank-columns', 'bob', { mobile: '12' }))],
      ]),
    ]),
    rows: [createdRow(2), rejects(3, { code: 'mobile.invalid', column: 'Mobile', letter: 'F' })],
  }),
  xlsx('xlsx-cells-beyond-header', {
    about: 'has something to the right of its last header',
    content: workbook([sheetOf([CLIENT_HEADER, [...rowOf(somebody('xlsx-cells-beyond-header')), null, 'see notes']])]),
    rows: [rejects(2, { code: 'row.too-many-cells', letter: 'I', value: 'see notes' })],
  }),
  xlsx('xlsx-coloured-blank-rows', {
    about: 'has 20,000 rows below its client that are only coloured',
    content: workbook([
      sheetOf([
        CLIENT_HEADER,
        rowOf(somebody('xlsx-coloured-blank-rows')),
        ...Array.from({ length: 20_000 }, () => [{ s: 3 }, { s: 3 }]),
      ]),
    ]),
    rows: [createdRow(2)],
  }),
  xlsx('xlsx-second-sheet', {
    about: 'has notes on a second sheet, which is not read',
    content: workbook([plainSheet(somebody('xlsx-second-sheet')), { name: 'Notes & more', rows: [['Do not forget']] }]),
    file: [{ code: 'file.other-sheets', says: ['Sheet1', 'Notes & more'] }],
    rows: [createdRow(2)],
  }),
  xlsx('xlsx-hidden-first-sheet', {
    about: 'has a hidden sheet and a blank one in front of the one with the clients',
    content: workbook([
      { name: 'Lists', rows: [['Mayfair'], ['Riverside']], state: 'hidden' },
      { name: 'Blank', rows: [] },
      { ...plainSheet(somebody('xlsx-hidden-first-sheet')), name: 'Clients' },
    ]),
    rows: [createdRow(2)],
  }),
  xlsx('xlsx-tabs-moved', {
    about: 'has tabs in another order than they were made in, and the first one counts',
    content: (() => {
      const parts = workbookParts([
        { name: 'Notes', rows: [['Do not forget']] },
        { ...plainSheet(somebody('xlsx-tabs-moved')), name: 'Clients' },
      ]);
      const sheets = /(<sheet [^>]*>)(<sheet [^>]*>)/;
      return pack({ ...parts, 'xl/workbook.xml': parts['xl/workbook.xml']!.replace(sheets, '$2$1') });
    })(),
    file: [{ code: 'file.other-sheets', says: ['Clients', 'Notes'] }],
    rows: [createdRow(2)],
  }),
];

const refused = (
  name: string,
  about: string,
  content: Uint8Array | (() => Uint8Array),
  problem: ExpectedProblem,
): CorpusCase =>
  xlsx(name, { about, content, file: [problem], ...(typeof content === 'function' && { isMadeAtRunTime: true }) });

const good = (name: string): Record<string, string> => workbookParts([plainSheet(somebody(name))]);
const notATable = (...says: string[]): ExpectedProblem => ({ code: 'file.not-a-csv', says });

const refusals: CorpusCase[] = [
  refused('xlsx-blank', 'has nothing on any sheet', workbook([sheetOf([])]), { code: 'file.empty' }),
  refused('xlsx-header-only', 'has a header and nobody below it', workbook([sheetOf([CLIENT_HEADER])]), {
    code: 'file.no-rows',
  }),
  refused(
    'xlsx-501-rows',
    'has one client too many',
    workbook([
      sheetOf([CLIENT_HEADER, ...Array.from({ length: 501 }, (_, i) => rowOf(somebody('xlsx-501-rows', `p${i}`)))]),
    ]),
    { code: 'file.too-many-rows', says: ['501', '500'] },
  ),
  refused('xlsx-truncated', 'was cut off', pack(good('xlsx-truncated')).subarray(0, -200), {
    code: 'file.damaged-workbook',
  }),
  refused('xlsx-damaged', 'has a wrong byte in the packed sheet', damage(pack(good('xlsx-damaged')), SHEET_1, 40), {
    code: 'file.damaged-workbook',
  }),
  refused('xlsx-sheet-missing', 'lacks the sheet that it names', pack(without(good('xlsx-sheet-missing'), SHEET_1)), {
    code: 'file.damaged-workbook',
  }),
  refused(
    'xlsx-sheet-is-no-xml',
    'has a sheet of plain text',
    pack({ ...good('xlsx-sheet-is-no-xml'), [SHEET_1]: 'First Name,Last Name' }),
    {
      code: 'file.damaged-workbook',
    },
  ),
  refused('xlsx-password', 'is a workbook with a password', oldOffice('EncryptedPackage'), notATable('password')),
  refused(
    'xlsx-encrypted-parts',
    'is an archive whose files have a password',
    lieAbout(pack(good('xlsx-encrypted-parts')), SHEET_1, { isEncrypted: true }),
    notATable('password'),
  ),
  refused(
    'xlsx-lying-size',
    'is an archive that unpacks into more than it says',
    lieAbout(pack(good('xlsx-lying-size')), SHEET_1, { size: 100 }),
    { code: 'file.damaged-workbook' },
  ),
  refused(
    'xlsx-lying-size-more',
    'is an archive that unpacks into less than it says',
    lieAbout(pack(good('xlsx-lying-size-more')), SHEET_1, { size: 1_000_000 }),
    { code: 'file.damaged-workbook' },
  ),
  refused(
    'xlsx-zip-bomb',
    'is an archive of a few kilobytes that unpacks into 64 MB',
    () => pack({ ...good('xlsx-zip-bomb'), [SHEET_1]: new Uint8Array(64 * MEGABYTE).fill(0x20) }),
    { code: 'file.workbook-too-large' },
  ),
  refused(
    'xlsx-zip-bomb-that-lies',
    'is an archive that unpacks into 64 MB and says it is a kilobyte',
    () =>
      lieAbout(
        pack({ ...good('xlsx-zip-bomb-that-lies'), [SHEET_1]: new Uint8Array(64 * MEGABYTE).fill(0x20) }),
        SHEET_1,
        {
          size: 1024,
        },
      ),
    { code: 'file.damaged-workbook' },
  ),
  refused(
    'xlsx-many-parts',
    'is an archive of 3,000 files',
    () =>
      pack({
        ...good('xlsx-many-parts'),
        ...Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`xl/media/${i}.xml`, 'x'])),
      }),
    { code: 'file.workbook-too-large' },
  ),
  refused(
    'xlsx-far-cell',
    'has one cell in the last row that a sheet can have',
    pack({
      ...good('xlsx-far-cell'),
      [SHEET_1]: good('xlsx-far-cell')[SHEET_1]!.replace(
        '</sheetData>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
      ),
    }),
    { code: 'file.workbook-too-large' },
  ),
  refused(
    'xlsx-impossible-cell',
    'has a cell in a row that no sheet can have',
    pack({
      ...good('xlsx-impossible-cell'),
      [SHEET_1]: good('xlsx-impossible-cell')[SHEET_1]!.replace(
        '</sheetData>',
        '<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>',
      ),
    }),
    { code: 'file.damaged-workbook' },
  ),
  refused(
    'xlsx-entities',
    'defines entities that grow into each other',
    pack({
      ...good('xlsx-entities'),
      [SHEET_1]: `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${good('xlsx-entities')[SHEET_1]!.replace('Lee', '&b;')}`,
    }),
    { code: 'file.damaged-workbook' },
  ),
  refused(
    'docx',
    'is a Word document',
    pack({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' }),
    notATable('Word'),
  ),
  refused(
    'pptx',
    'is a presentation',
    pack({ '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '<p:presentation/>' }),
    notATable('PowerPoint'),
  ),
  refused(
    'xlsb',
    'is a binary workbook',
    pack({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'binary' }),
    notATable('.xlsb'),
  ),
  refused(
    'ods',
    'is a spreadsheet of LibreOffice',
    pack({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<office:document-content/>' }),
    notATable('OpenDocument'),
  ),
  refused(
    'numbers',
    'is a spreadsheet of Apple',
    pack({ 'Index/Document.iwa': 'x', 'preview.jpg': 'x' }),
    notATable('Numbers'),
  ),
  refused(
    'plain-zip',
    'is a CSV file in a ZIP archive',
    pack({ 'clients.csv': clientsText([somebody('plain-zip')]) }),
    notATable('ZIP'),
  ),
  refused('empty-zip', 'is a ZIP archive of nothing', pack({}), notATable('ZIP')),
];

function without(parts: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).filter(([part]) => part !== name));
}

/** The beginning of an old Office file and, where its directory would be, the name of a stream. */
export function oldOffice(stream: string): Uint8Array {
  const header = Buffer.alloc(1536);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  Buffer.from(stream, 'utf16le').copy(header, 512 + 128);
  return header;
}

export const WORKBOOKS: readonly CorpusCase[] = [...kinds, ...cells, ...gaps, ...refusals];
