import type { Choices } from '../../../contract/question';
import { EXAMPLE_ROWS } from '../../../domain/example-row';
import type { ReadOptions } from '../../../domain/reading/read-table';
import type { Table } from '../../../domain/table';
import { codesOf, GOOD_CELLS, HEADER, problemsOf, tableOf } from './files';
import { archiveOf, cellXml, partsOf, rawWorkbook, rowXml } from './raw-workbook';

const GOOD = Object.values(GOOD_CELLS);
const EXAMPLE = Object.values(EXAMPLE_ROWS.clients);

/** A sheet of a header and people in rows 2 to 5; attributes by row, and XML that stands above the rows. */
function sheet(
  rowAttributes: Readonly<Record<number, string>>,
  above = '',
  people = [GOOD, GOOD, GOOD, GOOD],
): Uint8Array {
  const rows = [HEADER, ...people]
    .map((cells, i) => rowXml(i + 1, cells).replace('<row ', `<row ${rowAttributes[i + 1] ?? ''} `))
    .join('');
  const parts = partsOf([{ rows }]);
  parts['xl/worksheets/sheet1.xml'] = parts['xl/worksheets/sheet1.xml']!.replace('<sheetData>', `${above}<sheetData>`);
  return archiveOf(parts);
}

const hiddenLines = ({ rows }: Table): number[] => [...rows].flatMap(({ isHidden, line }) => (isHidden ? [line] : []));
const asked = ({ questions = [] }: Table): string[] => questions.map(({ kind }) => kind);
const warned = ({ warnings }: Table): string[] => codesOf(warnings).filter((code) => code.startsWith('file.hidden'));

describe('Hidden rows of a workbook', () => {
  it.each<[string, Record<number, string>, number[]]>([
    ['by hand, by Excel and openpyxl', { 3: 'hidden="1"' }, [3]],
    ['by a filter of LibreOffice', { 3: 'hidden="true" ht="15"', 5: 'hidden="true" ht="15"' }, [3, 5]],
    ['by a closed group', { 3: 'hidden="1" outlineLevel="1"', 4: 'hidden="1" outlineLevel="1"' }, [3, 4]],
    ['by a height of 0', { 4: 'ht="0" customHeight="1"' }, [4]],
    ['by a height that shows a line at most', { 4: 'ht="0.01" customHeight="1"' }, [4]],
    ['all of them', { 2: 'hidden="1"', 3: 'hidden="1"', 4: 'hidden="1"', 5: 'hidden="1"' }, [2, 3, 4, 5]],
  ])('When rows are hidden %s, then they are named and asked about', async (_, attributes, lines) => {
    const table = await tableOf(sheet(attributes));
    expect(hiddenLines(table)).toEqual(lines);
    expect(table.rows.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    expect(warned(table)).toEqual(['file.hidden-rows']);
    expect(table.questions).toEqual([
      {
        kind: 'hidden-rows',
        problem: expect.objectContaining({ code: 'file.hidden-rows' }) as object,
        choices: [{ value: 'skip' }, { value: 'include' }],
      },
    ]);
  });

  it('When many rows are hidden, then they are written as a print dialog writes pages', async () => {
    const table = await tableOf(sheet({ 2: 'hidden="1"', 4: 'hidden="1"', 5: 'hidden="1"' }));
    expect(table.questions![0]!.problem.details).toEqual({ rows: 3, lines: '2,4-5' });
  });

  it.each<[string, Uint8Array]>([
    ['nothing is hidden', sheet({})],
    ['a row says that it is not', sheet({ 3: 'hidden="0"', 4: 'hidden="false"' })],
    ['a group is open', sheet({ 3: 'outlineLevel="1"', 4: 'outlineLevel="1"' })],
    ['a row is low and can still be read', sheet({ 3: 'ht="6" customHeight="1"' })],
    ['openpyxl has dropped a height of 0, so that the row is shown', sheet({ 3: 'customHeight="1"' })],
    ['the header is hidden', sheet({ 1: 'hidden="1"' })],
    ['an empty row is hidden', sheet({ 4: 'hidden="1"' }, '', [GOOD, GOOD, GOOD.map(() => ''), GOOD])],
    ['the example of the template is hidden', sheet({ 2: 'hidden="1"' }, '', [EXAMPLE, GOOD])],
    // Excel, LibreOffice and XlsxWriter use it for the rows without an element, which have no cells.
    ['rows without cells are hidden by default', sheet({}, '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>')],
    ['a filter was defined and never applied', sheet({}, '<sheetPr filterMode="1"/>')],
  ])('When %s, then nothing is asked', async (_, content) => {
    const table = await tableOf(content);
    expect([hiddenLines(table).filter((line) => line > 2), warned(table), asked(table)]).toEqual([[], [], []]);
  });

  it('When a filtered list has too many rows, then it is rejected with a word about those that are hidden', async () => {
    const problems = await problemsOf(sheet({ 3: 'hidden="1"', 4: 'hidden="1"' }), { maxRows: 3 });
    expect(codesOf(problems)).toEqual(['file.too-many-rows', 'file.hidden-rows']);
  });

  it('When rows have no numbers, then the hidden ones are still those that are hidden', async () => {
    const unnumbered = (cells: string[], attributes = ''): string =>
      `<row ${attributes}>${cells.map((cell) => cellXml('', cell).replace(' r=""', '')).join('')}</row>`;
    const rows = unnumbered(HEADER) + unnumbered(GOOD) + unnumbered(GOOD, 'hidden="1"') + unnumbered(GOOD);
    expect(hiddenLines(await tableOf(rawWorkbook([{ rows }])))).toEqual([3]);
  });

  it.each(['skip', 'include'] as const)(
    'When the answer is %s, then the warning stays and nothing is asked',
    async (hiddenRows) => {
      const table = await tableOf(sheet({ 3: 'hidden="1"' }), { hiddenRows });
      expect([hiddenLines(table), warned(table), asked(table)]).toEqual([[3], ['file.hidden-rows'], []]);
    },
  );
});

describe('Hidden columns of a workbook', () => {
  const withColumn = (attributes: string, people?: string[][]): Uint8Array =>
    sheet({}, `<cols><col ${attributes}/></cols>`, people);
  const choicesOf = async (content: Uint8Array, options?: Partial<ReadOptions>): Promise<string[]> =>
    (await tableOf(content, options)).questions!.flatMap(({ choices }) => choices.map(({ value }) => value));

  it.each<[string, string, string]>([
    ['by hand', 'min="4" max="4" width="13" hidden="1"', 'Mobile (D)'],
    ['by LibreOffice', 'min="4" max="4" width="9.14" hidden="true" customWidth="true"', 'Mobile (D)'],
    ['by a width of 0', 'min="6" max="6" width="0" customWidth="1"', 'Company (F)'],
    ['by a width that shows no letter', 'min="6" max="6" width="0.05" customWidth="1"', 'Company (F)'],
    ['by a closed group', 'min="3" max="5" hidden="1" outlineLevel="1"', 'Email (C), Mobile (D), Role (E)'],
    ['up to the end of the sheet', 'min="6" max="16384" hidden="1"', 'Company (F), Group Identifier (G)'],
  ])('When columns that are read are hidden %s, then they are named and asked about', async (_, attributes, names) => {
    const table = await tableOf(withColumn(attributes));
    expect(table.questions).toMatchObject([{ kind: 'hidden-columns', problem: { details: { names } } }]);
    expect(warned(table)).toEqual(['file.hidden-columns']);
  });

  it.each<[string, Uint8Array]>([
    ['a column is narrow', withColumn('min="4" max="4" width="1" customWidth="1"')],
    ['exceljs has dropped a width of 0, so that the column is shown', withColumn('min="4" max="4" customWidth="1"')],
    ['a hidden column is empty', withColumn('min="6" max="6" hidden="1"', [GOOD.with(5, '')])],
    ['a hidden column is beyond the last', withColumn('min="9" max="9" hidden="1"')],
  ])('When %s, then nothing is asked', async (_, content) => {
    expect(asked(await tableOf(content))).toEqual([]);
  });

  it('When a row needs a hidden column, then the column cannot be left out', async () => {
    expect(await choicesOf(withColumn('min="4" max="4" hidden="1"'))).toEqual(['include']);
    expect(await choicesOf(withColumn('min="6" max="6" hidden="1"'))).toEqual(['skip', 'include']);
    expect(await choicesOf(withColumn('min="7" max="7" hidden="1"'))).toEqual(['include']);
    expect(await choicesOf(withColumn('min="7" max="7" hidden="1"'), { hasDefaultTeam: true })).toEqual([
      'skip',
      'include',
    ]);
  });

  it.each<[Choices, string]>([
    [{ hiddenColumns: 'skip' }, ''],
    [{ hiddenColumns: 'include' }, 'Lee & Co'],
    [{}, 'Lee & Co'],
  ])('When the choice is %j, then a hidden company is read as "%s"', async (options, company) => {
    const { rows } = await tableOf(withColumn('min="6" max="6" hidden="1"'), options);
    expect(rows[0]!.cells.company).toBe(company);
    // A file of failed rows is given back as it came.
    expect(rows[0]!.raw).toEqual(GOOD);
  });

  it('When a hidden column is filled in hidden rows only, and these are skipped, then it does not matter', async () => {
    const people = [GOOD.with(5, ''), GOOD];
    const content = sheet({ 3: 'hidden="1"' }, '<cols><col min="6" max="6" hidden="1"/></cols>', people);
    expect(asked(await tableOf(content))).toEqual(['hidden-rows', 'hidden-columns']);
    expect(asked(await tableOf(content, { hiddenRows: 'include' }))).toEqual(['hidden-columns']);
    expect(asked(await tableOf(content, { hiddenRows: 'skip' }))).toEqual([]);
  });
});

describe('Hidden sheets of a workbook', () => {
  const PEOPLE = rowXml(1, HEADER) + rowXml(2, GOOD);

  it.each(['hidden', 'veryHidden'])(
    'When the only people are in a sheet that is %s, then the file is rejected',
    async (state) => {
      const problems = await problemsOf(rawWorkbook([{ rows: '' }, { name: 'People', rows: PEOPLE, state }]));
      expect(problems).toMatchObject([{ code: 'file.hidden-sheet', details: { names: 'People' } }]);
    },
  );

  it('When a hidden sheet stands beside a visible one with people, then it is not read', async () => {
    const table = await tableOf(rawWorkbook([{ rows: PEOPLE, state: 'hidden' }, { rows: PEOPLE + rowXml(3, GOOD) }]));
    expect(table.rows.map(({ line }) => line)).toEqual([2, 3]);
    expect(asked(table)).toEqual([]);
  });

  it('When rows are hidden in another sheet than the one that is read, then nothing is asked', async () => {
    const other = rowXml(1, ['Notes']) + rowXml(2, ['x']).replace('<row ', '<row hidden="1" ');
    expect(asked(await tableOf(rawWorkbook([{ rows: PEOPLE }, { rows: other }])))).toEqual([]);
  });
});
