import { stringify } from 'csv-stringify/sync';
import { writeFailedRows } from '../../../domain/exports/failed-rows';
import type { ReadOptions } from '../../../domain/reading/read-table';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { codesOf, GOOD_CELLS, GOOD_LINE, HEADER, HEADER_LINE, problemsOf, tableOf } from './files';
import { rawWorkbook, rowXml } from './raw-workbook';

const IMPORT_ID = '6f1de1c2-96b7-4d7c-8a4e-0d8a6b3f2a11';
const SEMICOLONS = [HEADER_LINE, GOOD_LINE].map((line) => line.replaceAll(',', ';'));
const sheet = (...rows: string[][]): Uint8Array =>
  rawWorkbook([{ rows: rows.map((cells, i) => rowXml(i + 1, cells)).join('') }]);
const goodWith = (changes: Partial<typeof GOOD_CELLS>): string[] => Object.values({ ...GOOD_CELLS, ...changes });
const csvLine = (cells: string[], delimiter: string): string => stringify([cells], { delimiter }).trimEnd();

describe('A list whose columns all stand in column A', () => {
  it.each([
    [',', 'commas'],
    [';', 'semicolons'],
    ['\t', 'tabs'],
    ['|', 'vertical bars'],
  ])(
    'When a workbook has lines divided by %j, then they are divided, every one in its row',
    async (delimiter, name) => {
      const lines = [HEADER, goodWith({ company: `"A" ${delimiter} B` })].map((cells) => [csvLine(cells, delimiter)]);
      const { rows, warnings, headers } = await tableOf(sheet(lines[0]!, [], lines[1]!));
      expect(headers).toEqual(HEADER);
      expect(rows).toMatchObject([{ line: 3, cells: goodCells({ company: `"A" ${delimiter} B` }) }]);
      expect(warnings).toMatchObject([{ code: 'file.one-column', details: { line: 1, delimiters: name } }]);
      expect(describeProblem(warnings[0]!, null).message).toContain(`divided at the ${name}`);
    },
  );

  it('When the lines of a CSV file are each one quoted cell, then they are divided, and given back divided', async () => {
    const table = await tableOf(SEMICOLONS.map((line) => `"${line}"\n`).join(''));
    expect(table.rows).toMatchObject([{ line: 2, cells: GOOD_CELLS, raw: Object.values(GOOD_CELLS) }]);
    const { parts } = await writeFailedRows(table, [{ row: 2, status: 'cancelled', problems: [] }], IMPORT_ID);
    const back = await tableOf(Buffer.concat([...parts]));
    expect(back.rows).toMatchObject([{ correctedLine: 2, cells: GOOD_CELLS }]);
    expect(back.warnings).toEqual([]);
  });

  it.each([
    ['bare', 'Lee, Sons, Co', ['Ann;Lee;a@example.com;+12025550123;;Lee', ' Sons', ' Co;Mayfair']],
    ['quoted', 'Lee; Sons, Co', ['Ann;Lee;a@example.com;+12025550123;;"Lee; Sons', ' Co";Mayfair']],
  ])(
    'When a comma in a %s value has moved the rest into other cells, then it is put together',
    async (_, company, row) => {
      const [person] = (await tableOf(sheet([SEMICOLONS[0]!], row))).rows;
      expect(person).toMatchObject({ cells: { company, group: 'Mayfair' } });
      expect(person).not.toHaveProperty('excess');
    },
  );

  it('When a row has more cells than the header, then what hangs over is kept and named', async () => {
    const [person] = (await tableOf(sheet([SEMICOLONS[0]!], [`${SEMICOLONS[1]!};beyond`]))).rows;
    expect(person).toMatchObject({ excess: { letter: 'H', value: 'beyond' } });
  });

  it('When a quotation mark is never closed, then the row is divided all the same and loses nothing', async () => {
    const [person] = (await tableOf(sheet([SEMICOLONS[0]!], [SEMICOLONS[1]!.replace('Lee & Co', '"Lee')]))).rows;
    expect(person!.cells).toEqual(goodCells({ company: '"Lee' }));
  });

  it('When only the lines with quotation marks were put into one cell, then these are divided', async () => {
    const whole = csvLine(goodWith({ company: 'Lee, Sons' }), ',');
    const { rows, warnings } = await tableOf(`${HEADER_LINE}\n${GOOD_LINE}\n${csvLine([whole], ',')}\nAnn\n`);
    expect(rows.map(({ line, cells }) => [line, cells.company])).toEqual([
      [2, 'Lee & Co'],
      [3, 'Lee, Sons'],
      [4, ''],
    ]);
    expect(warnings).toMatchObject([{ code: 'file.one-column', details: { line: 3 } }]);
  });

  it('When too few of its names are known to divide it, then it is refused for that alone', async () => {
    const problems = await problemsOf(sheet(['Email;Foo;Bar'], ['a;b;c']));
    expect(problems).toMatchObject([{ code: 'file.undivided-columns', details: { line: 1 } }]);
  });
});

describe('A list with a title', () => {
  it.each<[string, string | Uint8Array, Partial<ReadOptions>?]>([
    ['a CSV file', `Our clients,,\n\n"As of May, 2026"\n${HEADER_LINE}\n${GOOD_LINE}\n`],
    ['a file with semicolons', `Our clients\n\n\n${SEMICOLONS.join('\n')}\n`],
    ['a workbook', sheet(['Our clients'], ['Questions: office@example.com'], [], HEADER, Object.values(GOOD_CELLS))],
    ['a workbook in one column', sheet(['Our clients'], [], [], ...SEMICOLONS.map((line) => [line]))],
  ])(
    'When %s has rows above the names of its columns, then it is read, and said where they stand',
    async (_, content) => {
      const table = await tableOf(content);
      expect(table.rows).toMatchObject([{ line: 5, cells: GOOD_CELLS }]);
      expect(table.warnings.at(-1)).toMatchObject({ code: 'file.title-above-header', details: { line: 4 } });
      const { parts } = await writeFailedRows(table, [{ row: 5, status: 'cancelled', problems: [] }], IMPORT_ID);
      const back = await tableOf(Buffer.concat([...parts]));
      expect(back.rows).toMatchObject([{ line: 2, correctedLine: 5, cells: GOOD_CELLS }]);
    },
  );

  it('When somebody stands above the names of the columns, then nobody is left out in silence', async () => {
    expect(codesOf(await problemsOf(`${GOOD_LINE}\n${HEADER_LINE}\n${GOOD_LINE}`))).toEqual(['file.no-header']);
  });

  it('When a row above has a name of a column, then it is the header that is judged', async () => {
    expect(codesOf(await problemsOf(`Email\n${HEADER_LINE}\n${GOOD_LINE}`))).toContain('file.missing-column');
  });

  it('When the file has a title and too many rows, then the title is not counted', async () => {
    const [problem] = await problemsOf(`Title\n${HEADER_LINE}\n${`${GOOD_LINE}\n`.repeat(20_000)}`);
    expect(problem).toMatchObject({ code: 'file.too-many-rows', details: { rows: 20_000 } });
  });
});

describe('A workbook with formulas', () => {
  const header = rowXml(1, HEADER);
  const cellsOf = (role: string): string => rowXml(2, Object.values(GOOD_CELLS)).replace(/<c r="E2".*?<\/c>/, role);

  it.each([
    '<c r="E2"><f>A2&amp;B2</f></c>',
    '<c r="E2" s="1"><f>A2</f><v></v></c>',
    '<c r="E2"><f>A2</f><v/></c>',
    '<c r="E2"><f t="shared" si="0"/></c>',
    '<c r="E2" t="str"><f>A2</f></c>',
  ])('When %s has no result, then it reads as empty, and it is said where', async (cell) => {
    const { rows, warnings } = await tableOf(rawWorkbook([{ rows: header + cellsOf(cell) }]));
    expect(rows[0]!.cells).toEqual(goodCells({ role: '' }));
    expect(warnings).toMatchObject([{ code: 'file.formula-without-value', letter: 'E', details: { line: 2 } }]);
    expect(describeProblem(warnings[0]!, null).message).toMatch(/Row 2, column E holds a formula without a result/);
  });

  it.each([
    ['<c r="E2" t="str"><f>A2</f><v>Client</v></c>', 'Client'],
    ['<c r="E2" t="str"><f>A2</f><v></v></c>', ''],
    ['<c r="E2"><f>1+1</f><v>2</v></c>', '2'],
  ])('When %s has a result, then that is read', async (cell, role) => {
    const { rows, warnings } = await tableOf(rawWorkbook([{ rows: header + cellsOf(cell) }]));
    expect(rows[0]!.cells.role).toBe(role);
    expect(warnings).toEqual([]);
  });
});

function goodCells(changes: Partial<typeof GOOD_CELLS>): typeof GOOD_CELLS {
  return { ...GOOD_CELLS, ...changes };
}
