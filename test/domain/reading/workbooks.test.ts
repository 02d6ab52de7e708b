import { randomBytes } from 'node:crypto';
import { unzipSync, zipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/node';
import { isDateFormat } from '../../../domain/reading/workbook/date-format';
import { numberText } from '../../../domain/reading/workbook/cell-value';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { codesOf, GOOD_CELLS, HEADER, problemsOf, tableOf } from './files';
import { archiveOf, asZip64, cellXml, partsOf, rawWorkbook, rowXml } from './raw-workbook';
import type { RawSheet } from './raw-workbook';
import { workedSince } from '../../corpus-tools/timed';

const GOOD = Object.values(GOOD_CELLS);
const SHEET: RawSheet = { rows: rowXml(1, HEADER) + rowXml(2, GOOD) };
/** The company of the one client, from a cell as XML; `#` stands for its place. */
async function companyFrom(cell: string, sharedStrings?: string[]): Promise<string | undefined> {
  const cells = GOOD.map((text, i) =>
    i === 5 ? cell.replace(/(?<=["'])#(?=["'])/, 'F2') : cellXml(`${'ABCDEFG'[i]}2`, text),
  );
  const rows = `${rowXml(1, HEADER)}<row r="2">${cells.join('')}</row>`;
  return (await tableOf(rawWorkbook([{ rows }], sharedStrings))).rows[0]!.cells.company;
}
const linesIn = async (rows: string): Promise<number[]> =>
  (await tableOf(rawWorkbook([{ rows }]))).rows.map(({ line }) => line);
const messageOf = async (content: Uint8Array): Promise<string> => {
  const [problem, ...others] = await problemsOf(content);
  expect(others).toEqual([]);
  return describeProblem(problem!, null).message;
};

/** A letter of an address that is stored as it is, and still is one after the change: only a checksum tells. */
function withChangedLetter(before: string): Uint8Array {
  const archive = Buffer.from(archiveOf(partsOf([{ rows: rowXml(1, HEADER) + rowXml(2, GOOD) }]), 0));
  const at = archive.indexOf('@', archive.indexOf(before));
  archive.writeUInt8(archive.readUInt8(at - 1) ^ 1, at - 1);
  return archive;
}

describe('Workbooks', () => {
  it('When a workbook is uploaded, then it is read by its content, like a CSV file of the same cells', async () => {
    const table = await tableOf(rawWorkbook([SHEET]));
    expect(table).toEqual({
      ...(await tableOf([HEADER, GOOD].map((cells) => cells.join(',')).join('\n'))),
      layout: { format: 'xlsx', encoding: 'utf8', byteOrderMark: true, delimiter: ',' },
    });
  });

  it('When a spreadsheet program wrote it, with numbers, days and truths, then they read as they are shown', async () => {
    const line = [
      ...[{ value: 'Ann' }, { value: ' Lee ' }, { value: 'ann@example.com' }, { value: 447911123456 }],
      ...[{ value: true }, { value: new Date(Date.UTC(2024, 1, 29)), format: 'dd/mm/yyyy' }, { value: 'Mayfair' }],
    ];
    const workbook = writeExcelFile([HEADER.map((value) => ({ value })), line]);
    const { rows } = await tableOf(await workbook.toBuffer());
    expect(rows[0]!.raw).toEqual(['Ann', ' Lee ', 'ann@example.com', '447911123456', 'TRUE', '2024-02-29', 'Mayfair']);
  });

  it.each<[string, string, string]>([
    ['a number', '<c r="#"><v>447911123456</v></c>', '447911123456'],
    ['a number with an exponent', '<c r="#" t="n"><v>4.47911123456E+11</v></c>', '447911123456'],
    ['a number with places', '<c r="#"><v>1.50</v></c>', '1.5'],
    ['a truth', '<c r="#" t="b"><v>0</v></c>', 'FALSE'],
    ['a day', '<c r="#" s="1"><v>45351</v></c>', '2024-02-29'],
    ['a day with a time', '<c r="#" s="2"><v>45351.75</v></c>', '2024-02-29'],
    ['a day that is none', '<c r="#" s="1"><v>447911123456</v></c>', '########'],
    ['a day in words', '<c r="#" t="d"><v>2024-02-29T00:00:00Z</v></c>', '2024-02-29'],
    ['a formula of text', '<c r="#" t="str"><f>A1&amp;B1</f><v>Lee &amp; Co</v></c>', 'Lee & Co'],
    ['a formula of a number', '<c r="#"><f>1+1</f><v>2</v></c>', '2'],
    ['a formula that failed', '<c r="#" s="0" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
    ['a formula never calculated', '<c r="#" t="str"><f>A1</f></c>', ''],
    ['text of its own', '<c r="#" t="inlineStr"><is><t>Lee</t></is></c>', 'Lee'],
    ['rich text', '<c r="#" t="inlineStr"><is><r><t>Le</t></r><r><rPr><b/></rPr><t>e</t></r></is></c>', 'Lee'],
    ['shared text', '<c r="#" t="s"><v>0</v></c>', ' Lee\n& Sons '],
    ['shared rich text', '<c r="#" t="s"><v>1</v></c>', 'Lee & Co'],
    ['shared text with a reading', '<c r="#" t="s"><v>2</v></c>', '田中'],
    ['an escaped character', '<c r="#" t="s"><v>3</v></c>', 'a\rb _x000D_'],
    ['text in a CDATA section', '<c r="#" t="inlineStr"><is><t>a<![CDATA[<b> & ]]>c</t></is></c>', 'a<b> & c'],
    ['text around a comment', '<c r="#"><v>447911<!-- 5 -->123<?x y?>456</v></c>', '447911123456'],
    ['attributes in other quotes', "<c  r='#'  t='b' ><v>1</v></c>", 'TRUE'],
    ['text that looks like a formula', '<c r="#" t="inlineStr"><is><t>=1+1</t></is></c>', '=1+1'],
    ['an entity that is not declared', '<c r="#" t="inlineStr"><is><t>&amp;lol; &#233;&#xe9;</t></is></c>', '&lol; éé'],
    ['nothing', '<c r="#"/>', ''],
  ])('When a cell holds %s, then it reads as it is shown', async (_, cell, expected) => {
    const shared = [
      '<t xml:space="preserve"> Lee\n&amp; Sons </t>',
      '<r><t>Lee</t></r><r><rPr><b/></rPr><t xml:space="preserve"> &amp; Co</t></r>',
      '<t>田中</t><rPh sb="0" eb="2"><t>タナカ</t></rPh>',
      '<t>a_x000D_b _x005F_x000D_</t>',
    ];
    expect(await companyFrom(cell, shared)).toBe(expected);
  });

  it.each([
    ['447911123456', '447911123456'],
    ['4.47911123456E+11', '447911123456'],
    ['4.4791112345678999E+16', '44791112345678999'],
    ['447911123456.0', '447911123456'],
    ['-5', '-5'],
    ['-1.25E-3', '-0.00125'],
    ['0', '0'],
    ['.5', '0.5'],
    ['007', '7'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1E+300', '1E+300'],
    ['12 34', '12 34'],
  ])('When a number is stored as %s, then its digits are %s', (stored, expected) => {
    expect(numberText(stored)).toBe(expected);
  });

  it('When a namespace has a prefix, then the sheet is read all the same', async () => {
    const parts = partsOf([SHEET]);
    for (const [name, xml] of Object.entries(parts)) {
      if (name.endsWith('sheet1.xml'))
        parts[name] = xml.replaceAll(/<(\/?)(\w)/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=');
    }
    expect((await tableOf(archiveOf(parts))).rows).toHaveLength(1);
  });
});

describe('Number formats', () => {
  it.each([
    [14, '', true],
    [22, '', true],
    [23, '', false],
    [0, 'dd/mm/yyyy', true],
    [14, '0', false],
    [14, 'General', false],
    [22, '@', false],
    [30, '00000', false],
    [165, 'yyyymmdd', true],
    [165, '[$-411]ggge"年"m"月"', true],
    [165, '[$-D07041E]d mmm bbbb', true],
    [165, 'TT.MM.JJJJ', true],
    [165, 'дд.мм.гггг', true],
    [165, 'Standard', false],
    [165, 'Normal', false],
    [165, '#,##0 \\d', false],
    [164, 'General', false],
    [164, 'dd/mm/yyyy hh:mm', true],
    [164, '[$-409]d-mmm-yy;@', true],
    [164, '[h]:mm', true],
    [164, 'mm:ss.0', true],
    [164, 'd\\-m\\-yy', true],
    [164, 'yyyy"年"m"月"', true],
    [164, '[<45000]"old";yyyy', true],
    [164, '"Day" 0', false],
    [164, '#,##0.00', false],
    [164, '0.00E+00', false],
    [164, '[Red]0', false],
    [164, '@', false],
    [164, '', false],
    [164, `${'d'.repeat(4)}${' '.repeat(300)}`, false],
  ])('%i "%s" is one of dates: %s', (id, code, expected) => {
    expect(isDateFormat(id, code)).toBe(expected);
  });
});

describe('Row numbers of a workbook', () => {
  it('When rows above and between are missing or empty, then every row keeps its number', async () => {
    const rows = `<row r="2"/><row r="3"><c r="A3" s="1"/></row>${rowXml(4, HEADER)}${rowXml(7, GOOD)}<row r="8"></row>${rowXml(9, GOOD)}`;
    expect(await linesIn(rows)).toEqual([7, 9]);
  });

  it('When the table does not begin in column A, then columns have the letters of their places', async () => {
    const at = (line: number, cells: string[]): string =>
      `<row r="${line}">${cells.map((cell, i) => cellXml(`${'CDEFGHI'[i]}${line}`, cell)).join('')}</row>`;
    const { columns, rows } = await tableOf(rawWorkbook([{ rows: at(3, HEADER) + at(5, GOOD) }]));
    expect(columns.map(({ letter }) => letter).join('')).toBe('CDEFGHI');
    expect(rows).toMatchObject([{ line: 5, cells: GOOD_CELLS }]);
  });

  it('When rows are hidden, as a filter hides them, then they are read', async () => {
    expect(
      await linesIn(rowXml(1, HEADER) + rowXml(2, GOOD).replace('<row', '<row hidden="1"') + rowXml(3, GOOD)),
    ).toEqual([2, 3]);
  });

  it('When rows and cells do not name their places, then they follow one another', async () => {
    const nameless = (xml: string): string => xml.replaceAll(/ r="\w+"/g, '');
    const rows = nameless(`${rowXml(1, HEADER)}<row/>${rowXml(3, GOOD)}<row><c/></row>${rowXml(5, GOOD)}`);
    expect(await linesIn(rows)).toEqual([3, 5]);
    expect((await tableOf(rawWorkbook([{ rows }]))).rows[0]!.cells).toEqual(GOOD_CELLS);
  });

  it('When only cells name their places, then their rows have these numbers', async () => {
    const rows = (rowXml(1, HEADER) + rowXml(4, GOOD)).replaceAll(/<row r="\d+"/g, '<row');
    expect(await linesIn(rows)).toEqual([4]);
  });

  it('When a hundred thousand coloured cells lie below the people, then they do not matter', async () => {
    const coloured = Array.from(
      { length: 50_000 },
      (_, i) => `<row r="${i + 3}"><c r="A${i + 3}" s="1"/><c r="B${i + 3}" s="1"/></row>`,
    );
    expect(await linesIn(rowXml(1, HEADER) + rowXml(2, GOOD) + coloured.join(''))).toEqual([2]);
  });

  it('When a cell is empty text in the last possible place, then it does not matter either', async () => {
    expect(
      await linesIn(`${rowXml(1, HEADER)}${rowXml(2, GOOD)}<row r="1048576"><c r="XFD1048576" s="1"/></row>`),
    ).toEqual([2]);
  });
});

describe('Sheets', () => {
  const named = (name: string, state?: string): RawSheet => ({ ...SHEET, name, ...(state !== undefined && { state }) });

  it('When sheets before the first with cells are empty, then they are passed over', async () => {
    const { rows, warnings } = await tableOf(rawWorkbook([{ rows: '' }, { rows: rowXml(1, ['', ' ']) }, SHEET]));
    expect([rows.length, warnings]).toEqual([1, []]);
  });

  const notes = (name: string) => ({ name, rows: rowXml(1, ['Do not forget']) });

  it('When other sheets have cells too, then it is said which was read and which were not', async () => {
    const { warnings } = await tableOf(
      rawWorkbook([named('People'), { rows: '' }, notes('Old &amp; gone'), notes('Notes')]),
    );
    expect(warnings).toMatchObject([
      { code: 'file.other-sheets', details: { sheet: 'People', names: 'Old & gone, Notes' } },
    ]);
    expect(describeProblem(warnings[0]!, null).message).toMatch(/Only “People” was read.*Old & gone, Notes/);
  });

  it.each(['hidden', 'veryHidden'])('When the first sheet is %s, then nobody means it', async (state) => {
    const { rows, warnings } = await tableOf(
      rawWorkbook([{ ...named('Lists', state), rows: rowXml(1, ['x']) }, named('People')]),
    );
    expect([rows.length, warnings]).toEqual([1, []]);
  });

  it('When the first sheet is not the people’s, or another is theirs too, then it is asked, and the likely one is read', async () => {
    for (const sheets of [
      [{ name: 'Read me', rows: rowXml(1, ['Hello']) }, named('People')],
      [named('People'), named('More people')],
    ]) {
      const { rows, warnings, questions } = await tableOf(rawWorkbook(sheets));
      expect([rows.length, warnings]).toMatchObject([
        1,
        [{ code: 'file.sheet-unclear', details: { sheet: 'People' } }],
      ]);
      expect(questions).toMatchObject([{ kind: 'sheet', choices: sheets.map(({ name }) => ({ value: name })) }]);
    }
  });

  it.each(['More', ' more ', '2'])(
    'When the sheet is named as “%s”, then it is read and nothing is asked',
    async (sheet) => {
      const file = rawWorkbook([named('People'), { name: 'More', rows: named('More').rows + rowXml(3, GOOD) }]);
      const { rows, warnings, questions } = await tableOf(file, { sheet });
      expect([rows.length, warnings, questions]).toEqual([2, [], undefined]);
    },
  );

  it('When a sheet is named that the workbook has not, then it is asked which is meant', async () => {
    const { questions } = await tableOf(rawWorkbook([named('People')]), { sheet: 'Persons' });
    expect(questions).toMatchObject([
      { problem: { code: 'file.sheet-not-found', details: { wanted: 'Persons', names: 'People' } } },
    ]);
  });

  it('passes over a chart sheet, which has no cells', async () => {
    const parts = partsOf([named('Chart'), named('People')]);
    const rels = 'xl/_rels/workbook.xml.rels';
    parts[rels] = parts[rels]!.replace(
      '/worksheet" Target="worksheets/sheet1',
      '/chartsheet" Target="chartsheets/sheet1',
    );
    const { rows, warnings } = await tableOf(archiveOf(parts));
    expect([rows.length, warnings]).toEqual([1, []]);
  });

  it('finds parts by their relationships, under any name and in any letter case', async () => {
    const shared = '<row r="3"><c r="A3" t="s"><v>0</v></c></row>';
    const parts = partsOf([{ rows: SHEET.rows + shared }], ['<t>Bob</t>']);
    const moved = {
      '_rels/.rels': `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/XL/Book2.xml"/></Relationships>`,
      'xl/book2.xml': parts['xl/workbook.xml']!,
      'xl/_rels/book2.xml.rels': parts['xl/_rels/workbook.xml.rels']!.replace(
        'worksheets/sheet1.xml',
        '../Tables/one.xml',
      ).replace('sharedStrings.xml', 'SharedStrings.xml'),
      'tables/ONE.xml': parts['xl/worksheets/sheet1.xml']!,
      'xl/sharedstrings.xml': parts['xl/sharedStrings.xml']!,
      'xl/styles.xml': parts['xl/styles.xml']!,
    };
    const { rows } = await tableOf(archiveOf(moved));
    expect(rows.map(({ cells }) => cells.firstName)).toEqual(['Ann', 'Bob']);
  });

  it.each([
    ['', '2024-02-29'],
    ['<workbookPr date1904="0"/>', '2024-02-29'],
    ['<workbookPr date1904="1"/>', '2028-03-01'],
    ['<workbookPr date1904="true"/>', '2028-03-01'],
  ])('counts the days of a workbook with the properties "%s" from their year on', async (properties, expected) => {
    const cells = GOOD.map((text, i) =>
      i === 5 ? '<c r="F2" s="1"><v>45351</v></c>' : cellXml(`${'ABCDEFG'[i]}2`, text),
    );
    const parts = partsOf([{ rows: `${rowXml(1, HEADER)}<row r="2">${cells.join('')}</row>` }]);
    parts['xl/workbook.xml'] = parts['xl/workbook.xml']!.replace('<sheets>', `${properties}<sheets>`);
    expect((await tableOf(archiveOf(parts))).rows[0]!.cells.company).toBe(expected);
  });

  it('When no sheet has names of columns, then the refusal says which sheet was looked at', async () => {
    const other = { name: 'Other', rows: rowXml(1, ['x']) };
    const problems = await problemsOf(rawWorkbook([{ name: 'Read me', rows: rowXml(1, ['Hello']) }, other]));
    expect(codesOf(problems)).toContain('file.missing-column');
    expect(problems.at(-1)).toMatchObject({ code: 'file.other-sheets', details: { sheet: 'Read me', names: 'Other' } });
  });

  it('When no sheet has a cell, then the file is empty', async () => {
    expect(codesOf(await problemsOf(rawWorkbook([{ rows: '' }])))).toEqual(['file.empty']);
  });

  it('When there are more rows than allowed, then they are counted', async () => {
    const rows = Array.from({ length: 2300 }, (_, i) => rowXml(i + 2 + Math.floor(i / 2), GOOD));
    const [problem] = await problemsOf(rawWorkbook([{ rows: rowXml(1, HEADER) + rows.join('') }]));
    expect(problem).toMatchObject({ code: 'file.too-many-rows', details: { rows: 2300, limit: 500 } });
  });

  it('When there are more rows than are ever parsed, then they are counted all the same', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) =>
      `${rowXml(i + 3, GOOD)}<row><c s="1"/></row>`.replaceAll(/ r="\w+"/g, ''),
    );
    const [problem] = await problemsOf(rawWorkbook([{ rows: rowXml(1, HEADER) + rows.join('') }]));
    expect(problem).toMatchObject({ code: 'file.too-many-rows', details: { rows: 20_000, limit: 500 } });
  });

  it('When it is a file of failed rows that was saved as a workbook, then guards are undone and lines known', async () => {
    const id = '6f1de1c2-96b7-4d7c-8a4e-0d8a6b3f2a11';
    const rows =
      rowXml(1, [...HEADER, 'import_line', 'import_id']) +
      rowXml(2, ["'=Ann", ...GOOD.slice(1), '', id]).replace(/<c r="H2".*?<\/c>/, '<c r="H2"><v>17</v></c>');
    const table = await tableOf(rawWorkbook([{ rows }]));
    expect(table.corrects).toBe(id);
    expect(table.rows[0]).toMatchObject({ correctedLine: 17, raw: ['=Ann', ...GOOD.slice(1)] });
  });
});

describe('Archives as other programs write them', () => {
  const good = Buffer.from(rawWorkbook([SHEET]));
  const backslashed = Object.fromEntries(
    Object.entries(partsOf([SHEET])).map(([name, xml]) => [name.replaceAll('/', '\\'), xml]),
  );

  it.each<[string, Uint8Array]>([
    ['is prepared for gigabytes (ZIP64)', asZip64(good)],
    ['has backslashes in its names', archiveOf(backslashed)],
    ['has the end of a web page behind it', Buffer.concat([good, Buffer.from('\r\n</body></html>')])],
    ['has a remark', zipWithRemark(good, 'made by hand')],
    ['has a remark and more behind it', Buffer.concat([zipWithRemark(good, 'made by hand'), Buffer.alloc(512)])],
    ['lies in the middle of other bytes', Buffer.concat([Buffer.alloc(9), good, Buffer.alloc(9)]).subarray(9, -9)],
  ])('When an archive %s, then the workbook is read', async (_, content) => {
    expect((await tableOf(content)).rows).toHaveLength(1);
  });
});

describe('Archives that are no workbook', () => {
  const zip = (...names: string[]): Uint8Array =>
    zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array([1])])));

  it.each([
    ['a Word document', zip('[Content_Types].xml', 'word/document.xml'), 'a Word document (.docx)'],
    ['a presentation', zip('ppt/presentation.xml'), 'a PowerPoint presentation (.pptx)'],
    ['a binary workbook', zip('xl/workbook.bin'), 'a binary Excel workbook (.xlsb)'],
    ['a file of LibreOffice', zip('mimetype', 'content.xml'), 'an OpenDocument file'],
    ['a file of Numbers', zip('Index/Document.iwa'), 'a document of Apple Numbers'],
    ['any ZIP file', zip('clients.csv'), 'a ZIP file, but not an Excel workbook'],
    ['an empty ZIP file', zip(), 'an empty ZIP file'],
  ])('When it is %s, then it is refused as that', async (_, content, what) => {
    expect(await messageOf(content)).toContain(`It is ${what}`);
  });

  it('When a part of it is encrypted, then it is refused as protected', async () => {
    const archive = Buffer.from(rawWorkbook([SHEET]));
    for (let at = 0; (at = archive.indexOf('PK\x01\x02', at, 'latin1')) >= 0; at += 4) archive[at + 8]! |= 1;
    expect(await messageOf(archive)).toContain('protected by a password');
  });
});

describe('Damaged workbooks', () => {
  const good = Buffer.from(rawWorkbook([SHEET]));
  const without = (part: string): Uint8Array =>
    archiveOf(Object.fromEntries(Object.entries(partsOf([SHEET])).filter(([name]) => name !== part)));
  const withRows = (rows: string): Uint8Array => rawWorkbook([{ rows }]);
  const withName = (name: string): Uint8Array => archiveOf({ ...partsOf([SHEET]), [name]: '' });
  /** Two bytes of what the directory says of the workbook's own part. */
  function saying(value: number, at: number): Buffer {
    const changed = Buffer.from(good);
    changed.writeUInt16LE(value, changed.lastIndexOf('xl/workbook.xml') - 46 + at);
    return changed;
  }
  const directoryEnd = Buffer.from(good.subarray(-22));
  directoryEnd.writeUInt16LE(7, 4);

  it.each<[string, Uint8Array]>([
    ['was cut off', good.subarray(0, good.length - 40)],
    ['has nothing but its first bytes', good.subarray(0, 4)],
    ['names a file from the root', withName('/etc/x.xml')],
    ['names a file of a drive', withName('C:/x.xml')],
    ['names a file outside of it', withName('xl/../../x.xml')],
    ['names a file outside of it with backslashes', withName('..\\x.xml')],
    ['is packed in an unknown way', saying(99, 10)],
    ['says that a packed part is not', saying(0, 10)],
    ['says that a part is longer packed than the whole', saying(0xffff, 22)],
    ['has a part elsewhere than it says', saying(7, 42)],
    ['has a directory that is longer than the rest', saying(0xffff, 32)],
    ['is one disk of several', Buffer.concat([good.subarray(0, -22), directoryEnd])],
    ['says that it has one more file', asZip64(good, { count: 7 })],
    ['has a letter in it that was changed on its way', withChangedLetter('sheetData')],
    ['lacks its list of parts', without('xl/_rels/workbook.xml.rels')],
    ['lacks its sheet', without('xl/worksheets/sheet1.xml')],
    ['lacks its shared texts', withRows('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')],
    ['has a sheet that ends in the middle', withRows('<row r="1"><c r="A1"><v>1')],
    ['has a row of an impossible number', withRows('<row r="99999999"><c r="A99999999"><v>1</v></c></row>')],
    ['has a row below the last', withRows('<row r="1048577"><c><v>1</v></c></row>')],
    ['has a column behind the last', withRows('<row r="1"><c r="XFE1"><v>1</v></c></row>')],
    ['has a cell of no place', withRows('<row r="1"><c r="1A"><v>1</v></c></row>')],
    ['has two values in one place', withRows('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')],
    ['has two values in one place of two rows', withRows(`${rowXml(1, ['a'])}${rowXml(2, ['b'])}${rowXml(1, ['c'])}`)],
    ['has a cell of an unknown type', withRows('<row r="1"><c r="A1" t="S"><v>0</v></c></row>')],
    ['is in an unknown encoding', archiveOf({ ...partsOf([SHEET]), 'xl/sharedStrings.xml': '<sst/>' }, 1, 'x-unknown')],
    ['has a cell of two places', withRows('<row r="1"><c r="A1" x:r="A9999999"><v>1</v></c></row>')],
    ['has a place in disguise', withRows('<row r="1"><c r="&#65;9999999"><v>1</v></c></row>')],
    ['has a tag in a tag', withRows(`<row r="1"><c s="<" r="A9999999"><v>1</v></c></row>`)],
    [
      'declares entities',
      archiveOf({ ...partsOf([SHEET]), 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "b">]><sst/>' }),
    ],
  ])('When a workbook %s, then it is refused as damaged', async (_, content) => {
    expect(codesOf(await problemsOf(content))).toEqual(['file.damaged-workbook']);
  });

  it('When two sheets are damaged, each in its own way, then it is refused, and no error is left to nobody', async () => {
    const parts = partsOf([SHEET, SHEET]);
    parts['xl/worksheets/sheet1.xml'] = '<worksheet/>';
    parts['xl/worksheets/sheet2.xml'] = '<worksheet><sheetData><row></sheetData></worksheet>';
    expect(
      await leftToNobody(async () => {
        expect(codesOf(await problemsOf(archiveOf(parts)))).toEqual(['file.damaged-workbook']);
      }),
    ).toEqual([]);
  });

  it('When any bytes of a workbook are changed, then it is read or refused, and never more', async () => {
    const compressed = Buffer.from(zipSync(unzipSync(good), { level: 6 }));
    const unhandled = await leftToNobody(async () => {
      for (let at = 0; at < compressed.length; at += 7) {
        const changed = Buffer.from(compressed);
        changed[at] = changed[at]! ^ 0xff;
        const result = await tableOf(changed).then(
          ({ rows }) => rows.length,
          (error: Error) => error.message,
        );
        expect(String(result)).toMatch(/^1$|The file was refused/);
      }
    });
    expect(unhandled).toEqual([]);
  });
});

describe('Workbooks that are too large', () => {
  const MEGABYTE = 1024 * 1024;
  const PART = 'xl/sharedStrings.xml';
  const withPart = (unpacked: Uint8Array): Buffer =>
    Buffer.from(zipSync({ ...unzipSync(rawWorkbook([SHEET])), [PART]: unpacked }));
  /** The same archive, whose directory tells another size of that part. */
  function claiming(archive: Buffer, size: number): Buffer {
    const changed = Buffer.from(archive);
    changed.writeUInt32LE(size, changed.lastIndexOf(PART) - 46 + 24);
    return changed;
  }
  const bomb = withPart(Buffer.alloc(35 * MEGABYTE, ' '));

  it.each([
    ['unpacks to 35 MB', bomb, /more than 30 MB/],
    ['unpacks to far more than it is packed', withPart(Buffer.alloc(5 * MEGABYTE, ' ')), /far larger than packed/],
    [
      'holds thousands of files',
      zipSync(Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`xl/${i}.xml`, new Uint8Array()]))),
      /more than 2,000 files/,
    ],
    ['says that it holds thousands', asZip64(rawWorkbook([SHEET]), { count: 2 ** 40 }), /more than 2,000 files/],
    ['says that it has terabytes', asZip64(rawWorkbook([SHEET]), { size: 2 ** 40 }), /more than 30 MB/],
    [
      'has more cells than are read',
      rawWorkbook([{ rows: numbered(30_000) }, { rows: numbered(30_000) }]),
      /more than 100,000 cells/,
    ],
    [
      'has a stray cell at its very end',
      rawWorkbook([{ rows: `${SHEET.rows}<row r="1048576">${cellXml('XFD1048576', 'x')}</row>` }]),
      /row 1,048,576/,
    ],
    [
      'has a stray cell in its last column',
      rawWorkbook([{ rows: `${SHEET.rows}<row r="900">${cellXml('XFD900', 'x')}</row>` }]),
      /row 900 and column XFD/,
    ],
    [
      'has a cell of 10 MB',
      rawWorkbook([{ rows: rowXml(1, HEADER) + rowXml(2, GOOD) + rowXml(3, [randomText(10 * MEGABYTE)]) }]),
      /a cell in row 3 has more than 200,000 characters/,
    ],
    [
      'has a tag that begins and begins',
      rawWorkbook([{ rows: `${SHEET.rows}<row r="9"><c r="A9" x="${'\n'.repeat(130_000)}"/></row>` }]),
      /has more than 10,000 characters/,
    ],
  ])('When a workbook %s, then it is refused soon and says so', async (_, content, message) => {
    const before = process.cpuUsage();
    const [problem, ...others] = await problemsOf(content);
    expect(others).toEqual([]);
    expect(problem!.code).toBe('file.workbook-too-large');
    expect(describeProblem(problem!, null).message).toMatch(message);
    expect(workedSince(before)).toBeLessThan(5000);
  });

  it.each([
    [10, 'file.damaged-workbook'],
    [1_000_000, 'file.damaged-workbook'],
    [29 * MEGABYTE, 'file.workbook-too-large'],
  ])('When the directory says that 35 MB are %d bytes, then no more than that is unpacked', async (size, code) => {
    const before = process.cpuUsage();
    expect(codesOf(await problemsOf(claiming(bomb, size)))).toEqual([code]);
    expect(workedSince(before)).toBeLessThan(1000);
  });

  it('When the directory says that a part is larger than it is, then it is damaged', async () => {
    const part = withPart(Buffer.from('<sst></sst>'));
    expect((await tableOf(part)).rows).toHaveLength(1);
    expect(codesOf(await problemsOf(claiming(part, 12)))).toEqual(['file.damaged-workbook']);
  });

  it('When a text of 10 MB stands apart from its cell, then the row of the cell is named', async () => {
    const shared = ['<t>Ann</t>', `<t>${randomText(10 * MEGABYTE)}</t>`];
    const rows = `${SHEET.rows}<row r="7"><c r="A7" t="s"><v>0</v></c><c r="B7" s="0" t="s"><v>1</v></c></row>`;
    expect(await messageOf(rawWorkbook([{ rows }], shared))).toContain('a cell in row 7');
  });
});

/** Errors during the work that reach no one: they would end the whole process. */
async function leftToNobody(work: () => Promise<void>): Promise<unknown[]> {
  const errors: unknown[] = [];
  const listener = (error: unknown): unknown => errors.push(error);
  process.on('unhandledRejection', listener);
  try {
    await work();
    // Some are only reported in the turn after.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', listener);
  }
  return errors;
}

/** The archive with a remark at its end, as the format allows. */
function zipWithRemark(archive: Uint8Array, remark: string): Buffer {
  const bytes = Buffer.concat([archive, Buffer.from(remark)]);
  bytes.writeUInt16LE(remark.length, archive.length - 2);
  return bytes;
}

/** Rows of two cells. */
function numbered(count: number): string {
  return Array.from({ length: count }, (_, i) => `<row><c><v>${i}</v></c><c><v>${i ** 2}</v></c></row>`).join('');
}

/** Text that packing makes little smaller. */
function randomText(length: number): string {
  return randomBytes(length / 2).toString('hex');
}
