import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { isTextFormula } from '../../../domain/reading/workbook/formula-text';
import { GOOD_CELLS, HEADER, problemsOf, tableOf } from './files';
import { archiveOf, partsOf, rowXml } from './raw-workbook';

const XLSXWRITER = { program: 'Microsoft Excel', calcPr: '<calcPr calcId="124519" fullCalcOnLoad="1"/>' };
const EXCEL = { program: 'Microsoft Excel', calcPr: '<calcPr calcId="191029"/>' };
const EXCELJS = { program: 'Microsoft Excel', calcPr: '<calcPr calcId="171027"/>' };
const LIBREOFFICE = { program: 'LibreOffice/7.4.7.2$Linux_X86_64', calcPr: '<calcPr iterateCount="100"/>' };
const POI = { program: 'Apache POI', calcPr: '' };
const POI_ASKING = { program: 'Apache POI', calcPr: '<calcPr fullCalcOnLoad="true"/>' };
const EXCELIZE = { program: 'Go Excelize', calcPr: '<calcPr calcId="122211"></calcPr>' };
const GNUMERIC = { program: 'gnumeric', calcPr: '<calcPr calcMode="auto"/>' };
const SHEETJS = { program: 'SheetJS', calcPr: '' };
const PYEXCELERATE = { program: 'Microsoft Excel', calcPr: '<calcPr calcId="145621" />' };
const OF_NOBODY = { program: undefined, calcPr: '' };

interface Writer {
  program: string | undefined;
  calcPr: string;
}

/** A workbook whose company is this cell, as that program writes it. */
function workbookBy({ program, calcPr }: Writer, cell: string, letter = 'F'): Uint8Array {
  const row = rowXml(2, Object.values(GOOD_CELLS)).replace(new RegExp(`<c r="${letter}2".*?</c>`), cell);
  const parts = partsOf([{ rows: rowXml(1, HEADER) + row }], ['<t>Old</t>']);
  const properties = `<Properties><Application>${program}</Application><AppVersion>12.0000</AppVersion></Properties>`;
  return archiveOf({
    ...parts,
    'xl/workbook.xml': parts['xl/workbook.xml']!.replace('</workbook>', `${calcPr}</workbook>`),
    ...(program !== undefined && { 'docProps/app.xml': properties }),
  });
}

async function companyBy(writer: Writer, cell: string): Promise<[company: string | undefined, warnings: string[]]> {
  const { rows, warnings } = await tableOf(workbookBy(writer, cell));
  return [rows[0]!.cells.company, warnings.map(({ code, letter }) => `${code} ${letter}`)];
}

const JOIN = '<f>A2&amp;" "&amp;B2</f>';
const REFERENCE = '<f>B2</f>';
const SUM = '<f>1-1</f>';

describe('A formula that no program has calculated', () => {
  it.each<[string, Writer, string]>([
    ['XlsxWriter, with its 0', XLSXWRITER, `<c r="F2">${JOIN}<v>0</v></c>`],
    ['XlsxWriter, of another cell', XLSXWRITER, `<c r="F2">${REFERENCE}<v>0</v></c>`],
    ['XlsxWriter, of many cells', XLSXWRITER, '<c r="F2" cm="1"><f t="array" ref="F2">UPPER("x")</f><v>0</v></c>'],
    ['XlsxWriter, without a text', XLSXWRITER, `<c r="F2">${REFERENCE}<v></v></c>`],
    ['openpyxl', XLSXWRITER, `<c r="F2">${JOIN}<v /></c>`],
    ['exceljs', EXCELJS, `<c r="F2">${JOIN}</c>`],
    ['exceljs, with a 0 of its user', EXCELJS, `<c r="F2">${JOIN}<v>0</v></c>`],
    ['PyExcelerate', PYEXCELERATE, `<c r="F2">${REFERENCE}</c>`],
    ['SheetJS, with a 0 of its user', SHEETJS, `<c r="F2">${REFERENCE}<v>0</v></c>`],
    ['POI', POI, `<c r="F2">${REFERENCE}</c>`],
    ['POI, over a text', POI, `<c r="F2" t="s">${REFERENCE}<v>0</v></c>`],
    ['POI, over a number', POI, `<c r="F2" t="n">${JOIN}<v>5.0</v></c>`],
    ['POI, streaming', POI, `<c r="F2" t="n">${REFERENCE}<v>0.0</v></c>`],
    ['excelize', EXCELIZE, `<c r="F2" t="str">${REFERENCE}</c>`],
    ['excelize, over a text, whose number it leaves', EXCELIZE, `<c r="F2" t="str">${REFERENCE}<v>1</v></c>`],
    ['some program, over a truth', OF_NOBODY, `<c r="F2" t="b">${JOIN}<v>1</v></c>`],
    ['some program, over a text', OF_NOBODY, `<c r="F2" t="s">${REFERENCE}<v>0</v></c>`],
    ['some program, with a 0 that no text can be', OF_NOBODY, `<c r="F2"><f>UPPER(A2)</f><v>0</v></c>`],
  ])('When %s wrote it, then it reads as empty, with a warning that names the cell', async (_, writer, cell) => {
    expect(await companyBy(writer, cell)).toEqual(['', ['file.formula-without-value F']]);
  });

  it.each<[string, Writer, string, string]>([
    ['Excel, of a text', EXCEL, `<c r="F2" t="str">${JOIN}<v>Ann Lee</v></c>`, 'Ann Lee'],
    ['Excel, of an empty text', EXCEL, `<c r="F2" t="str">${JOIN}<v></v></c>`, ''],
    ['Excel, of a true 0', EXCEL, `<c r="F2">${SUM}<v>0</v></c>`, '0'],
    ['Excel, of an error', EXCEL, '<c r="F2" t="e"><f>#REF!</f><v>#REF!</v></c>', '#REF!'],
    ['LibreOffice, of a true 0', LIBREOFFICE, `<c r="F2">${SUM}<v>0</v></c>`, '0'],
    ['Gnumeric, of a shared text', GNUMERIC, `<c r="F2" t="s">${REFERENCE}<v>0</v></c>`, 'Old'],
    ['SheetJS, of a shared text', SHEETJS, `<c r="F2" t="s">${REFERENCE}<v>0</v></c>`, 'Old'],
    ['POI, evaluated', POI, `<c r="F2" t="str">${REFERENCE}<v>Lee</v></c>`, 'Lee'],
    ['POI, evaluated to a number', POI, '<c r="F2" t="n"><f>6*7</f><v>42.0</v></c>', '42'],
    ['XlsxWriter, with a value given', XLSXWRITER, `<c r="F2" t="str">${REFERENCE}<v>Lee</v></c>`, 'Lee'],
    ['some program, of a 0 that may be', OF_NOBODY, `<c r="F2">${SUM}<v>0</v></c>`, '0'],
    ['excelize, without a formula', EXCELIZE, '<c r="F2"><v>0</v></c>', '0'],
    ['XlsxWriter, without a formula', XLSXWRITER, '<c r="F2"><v>0</v></c>', '0'],
  ])('When %s calculated it, then it is read without a word', async (_, writer, cell, expected) => {
    expect(await companyBy(writer, cell)).toEqual([expected, []]);
  });

  it('When the formula of a text is shared, then its followers are known as well', async () => {
    const first = '<c r="E2" t="str"><f t="shared" ref="E2:F2" si="0">UPPER(A2)</f><v>Client</v></c>';
    const row = rowXml(2, Object.values(GOOD_CELLS))
      .replace(/<c r="E2".*?<\/c>/, first)
      .replace(/<c r="F2".*?<\/c>/, '<c r="F2"><f t="shared" si="0"/><v>0</v></c>');
    const { rows, warnings } = await tableOf(archiveOf(partsOf([{ rows: rowXml(1, HEADER) + row }])));
    expect(rows[0]!.cells).toMatchObject({ role: 'Client', company: '' });
    expect(warnings).toMatchObject([{ code: 'file.formula-without-value', letter: 'F', details: { line: 2 } }]);
  });

  it('When a workbook asks to be calculated and has results, then it is said that they may be old', async () => {
    expect(await companyBy(POI_ASKING, `<c r="F2" t="str">${JOIN}<v>Ann Lee</v></c>`)).toEqual([
      'Ann Lee',
      ['file.formula-not-recalculated F'],
    ]);
    expect(await companyBy(POI_ASKING, `<c r="F2">${REFERENCE}<v>0</v></c>`)).toEqual([
      '',
      ['file.formula-without-value F'],
    ]);
    const { warnings } = await tableOf(workbookBy(POI_ASKING, `<c r="F2" t="str">${JOIN}<v>Ann Lee</v></c>`));
    expect(describeProblem(warnings[0]!, null).message).toMatch(/row 2, column F, may be an old one/);
  });

  it.each([
    ['A', 'firstName'],
    ['B', 'lastName'],
    ['C', 'email'],
    ['D', 'mobile'],
  ] as const)('When such a result stands in column %s, then nobody is addressed by it', async (letter, key) => {
    const cell = `<c r="${letter}2" t="str"><f>Data!A1</f><v>Sample</v></c>`;
    const { rows, warnings } = await tableOf(workbookBy(POI_ASKING, cell, letter));
    expect(rows[0]!.cells).toEqual({ ...GOOD_CELLS, [key]: '' });
    expect(rows[0]!.raw).toEqual(Object.values({ ...GOOD_CELLS, [key]: '' }));
    expect(warnings).toMatchObject([{ code: 'file.formula-not-recalculated', letter, details: { line: 2 } }]);
  });

  it('When even the names of the columns are formulas without a value, then the file is refused and says why', async () => {
    const header = HEADER.map((_, i) => `<c r="${'ABCDEFG'[i]}1"><f>"x"&amp;"y"</f><v>0</v></c>`).join('');
    const rows = `<row r="1">${header}</row>${rowXml(2, Object.values(GOOD_CELLS))}`;
    const problems = await problemsOf(archiveOf(partsOf([{ rows }])));
    expect(problems.at(-1)).toMatchObject({ code: 'file.formula-without-value', letter: 'A', details: { line: 1 } });
  });

  it('When the properties of a workbook cannot be read, then it is read all the same', async () => {
    const parts = partsOf([{ rows: rowXml(1, HEADER) + rowXml(2, Object.values(GOOD_CELLS)) }]);
    expect((await tableOf(archiveOf({ ...parts, 'docProps/app.xml': '<Properties><Appl' }))).rows).toHaveLength(1);
  });
});

describe('The result of a formula', () => {
  it.each([
    'A2&B2',
    '"Ann"',
    '"say ""hi"""',
    '=UPPER(A2)',
    'upper( A2 )',
    'TEXT(A2,"0")&"x"',
    '_xlfn.CONCAT(A2:B2)',
    '_xlfn._xlws.TEXTJOIN(",",TRUE,A2)',
    '("Ann")',
    'IF(A2="x","yes","no")',
    'IF(A2="x",UPPER(B2),B2&"")',
    'IFERROR(TRIM(A2),"")',
    'CHOOSE(A2,"one","two")',
    '_xlfn.IFS(A2=1,"one",TRUE,"other")',
    'TRIM(\'A sheet, of "names"\'!B2)',
    'LEFT(A2,FIND("@",A2)-1)',
    '1+1&""',
  ])('of %s is a text', (formula) => {
    expect(isTextFormula(formula)).toBe(true);
  });

  it.each([
    '',
    'B2',
    "'A & B'!C2",
    '1-1',
    'LEN(A2&B2)',
    'A2&B2="x"',
    'VALUE(TEXT(A2,"0"))',
    'IF(A2="","",B2)',
    'IF(A2="x","yes")',
    'IFERROR(B2,"")',
    'VLOOKUP("x",A1:B2,2)',
    'UPPER(A2)+0',
    '--TEXT(A2,"0")',
    '"1"+"2"',
    '"1"*1',
    'N("x")',
    'SUM({"a","b"})',
    'UPPER(A2',
    '"Ann',
    'CHOOSE(1,"a",2)',
    `${'('.repeat(500)}"x"${')'.repeat(500)}`,
    'x'.repeat(10_000),
  ])('of %s may be a number', (formula) => {
    expect(isTextFormula(formula)).toBe(false);
  });
});
