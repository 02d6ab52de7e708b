import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import writeExcelFile from 'write-excel-file/node';
import type { CellProblem } from '../../../contract/problem';
import { FAILED_ROWS_COLUMNS, writeFailedRows } from '../../../domain/exports/failed-rows';
import type { FailedRow } from '../../../domain/exports/failed-rows';
import { readTable } from '../../../domain/reading/read-table';
import type { HeldTable, Table } from '../../../domain/table';
import { heldTable } from '../reading/files';

const IMPORT_ID = '6f1de1c2-96b7-4d7c-8a4e-0d8a6b3f2a11';
const HEADER = ['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Company', 'Group Identifier'];
const ROW = ['Zoë', "O'Hara", 'zoe@example.com', '+447911123456', '', 'Lee, "Sons" & Co', 'Mayfair'];

async function tableOf(bytes: Uint8Array, encoding?: string): Promise<HeldTable> {
  const reading = await readTable(bytes, { kind: 'clients', maxRows: 1000, ...(encoding && { encoding }) });
  if (!reading.ok) throw new Error(`The file was refused: ${JSON.stringify(reading.problems)}`);
  return heldTable(reading.table);
}

interface Dialect {
  delimiter: string;
  encoding: string;
  byteOrderMark: boolean;
}
const PLAIN: Dialect = { delimiter: ',', encoding: 'utf8', byteOrderMark: false };

/** A file as some other program would write it. */
const fileOf = (lines: string[][], { delimiter, encoding, byteOrderMark }: Dialect = PLAIN): Uint8Array =>
  iconv.encode(stringify(lines, { delimiter, quoted_match: [/[\r\n]/] }), encoding, { addBOM: byteOrderMark });

const MISSING: CellProblem = { code: 'first-name.missing', column: 'First Name', letter: 'A', value: null };
const LANDLINE: CellProblem = { code: 'mobile.landline', column: 'Mobile', letter: 'D', value: '+442079460000' };
const rejected = (row: number, ...problems: CellProblem[]): FailedRow => ({
  row,
  status: 'rejected',
  problems: problems.length > 0 ? problems : [MISSING],
});

interface Written {
  bytes: Uint8Array;
  dialect: Dialect;
}

const textOf = ({ bytes, dialect }: Written): string => iconv.decode(Buffer.from(bytes), dialect.encoding);

/** The file as it is downloaded. */
async function write(table: Table, failed: readonly FailedRow[], importId = IMPORT_ID): Promise<Written> {
  const { parts, dialect } = await writeFailedRows(table, failed, importId);
  return { bytes: Buffer.concat([...parts]), dialect };
}

/** The file of failed rows for these lines, all refused. */
async function failedOf(file: Uint8Array, ...failed: FailedRow[]): Promise<Written> {
  return write(await tableOf(file), failed);
}

describe('A file of failed rows', () => {
  it('When rows failed, then they are there alone, as they were typed, each with its line, state, codes, reasons and import', async () => {
    const file = fileOf([HEADER, ROW, ['', ...ROW.slice(1)], ROW]);
    const invalid: CellProblem = {
      code: 'email.invalid',
      column: 'Email',
      letter: 'C',
      value: 'zoe@gmial.com',
      suggestion: 'zoe@gmail.com',
    };
    const lines = textOf(await failedOf(file, rejected(3, MISSING, invalid, LANDLINE))).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe([...HEADER, ...FAILED_ROWS_COLUMNS].join(','));
    expect(lines[1]).toMatch(
      /^,O'Hara,zoe@example\.com,'\+447911123456,,"Lee, ""Sons"" & Co",Mayfair,3,rejected,first-name\.missing email\.invalid,/,
    );
    expect(lines[1]).toContain('First Name (column A): The first name is missing. Fill in the first name');
    expect(lines[1]).toContain('Perhaps “zoe@gmail.com” is meant.');
    expect(lines[1]).not.toContain('landline');
    expect(lines[1]!.endsWith(`,${IMPORT_ID}`)).toBe(true);
  });

  it('When rows were cancelled, then they say so and carry no code', async () => {
    const written = await failedOf(fileOf([HEADER, ROW]), { row: 2, status: 'cancelled', problems: [LANDLINE] });
    expect(textOf(written)).toMatch(/,2,cancelled,,"The row was not applied: .* Upload the row again/);
  });

  it('When a row has slipped or is short, then its cells keep their columns and the reasons stand behind all of them', async () => {
    const file = fileOf([HEADER, [...ROW, '', 'beyond'], ['Ann', 'Lee']]);
    const [header, slipped, short] = textOf(await failedOf(file, rejected(2), rejected(3))).split('\r\n');
    expect(header).toBe([...HEADER, '', '', ...FAILED_ROWS_COLUMNS].join(','));
    expect(slipped).toContain(',Mayfair,,beyond,2,rejected,');
    expect(short).toMatch(/^Ann,Lee,,,,,,,,3,rejected,/);
  });

  it('When all cells of the last columns are empty in a wide file, then no empty columns are written', async () => {
    const wide = [HEADER, ROW].map((line) => [...line, '', '', '']);
    expect(textOf(await failedOf(fileOf(wide), rejected(2))).split('\r\n')[0]).toBe(
      [...HEADER, ...FAILED_ROWS_COLUMNS].join(','),
    );
  });

  it('When the failed rows of a corrected file are written, then the columns of the first round are replaced', async () => {
    const first = await failedOf(fileOf([HEADER, ROW, ROW, ROW]), rejected(3), rejected(4));
    const second = IMPORT_ID.replace('6', '7');
    const again = await write(await tableOf(first.bytes), [rejected(3)], second);
    expect(textOf(again).split('\r\n')[0]).toBe([...HEADER, ...FAILED_ROWS_COLUMNS].join(','));
    const { rows, corrects } = await tableOf(again.bytes);
    expect(rows.map(({ raw, correctedLine }) => [raw, correctedLine])).toEqual([[ROW, 3]]);
    expect(corrects).toBe(second);
  });

  it('When a row is asked for that the file does not have, then nothing is made up', async () => {
    const table = await tableOf(fileOf([HEADER, ROW]));
    await expect(write(table, [rejected(99)])).rejects.toThrow('Row 99');
  });
});

describe('How a file of failed rows is written', () => {
  const ACCENTS = ['Zoë', 'Müller', 'zoe@example.com', '+447911123456', '', '“Café” – 5 €', 'Mayfair'];
  const inTeam = (names: string): FailedRow =>
    rejected(2, { code: 'group.unknown', column: 'Group Identifier', letter: 'G', value: 'x', details: { names } });

  it.each([
    ['Excel in half of Europe', { delimiter: ';', encoding: 'windows-1252', byteOrderMark: false }],
    ['Excel as “Unicode text”', { delimiter: '\t', encoding: 'utf16le', byteOrderMark: true }],
    ['Excel as “CSV UTF-8”', { delimiter: ',', encoding: 'utf8', byteOrderMark: true }],
    ['a program on a Mac', { delimiter: '|', encoding: 'utf16be', byteOrderMark: true }],
    ['a script', { delimiter: ',', encoding: 'utf8', byteOrderMark: false }],
    ['a script that leaves the mark away', { delimiter: ';', encoding: 'utf16le', byteOrderMark: false }],
  ])(
    'When the file was written by %s, then its delimiter and encoding are kept, and UTF-8 has a byte order mark',
    async (_who, dialect) => {
      const file = fileOf([HEADER, ACCENTS], dialect);
      const table = await tableOf(file);
      expect(table.layout).toMatchObject(dialect);
      const { bytes, dialect: used } = await write(table, [inTeam('Mayfair, Riverside')]);
      const expected = { ...dialect, byteOrderMark: dialect.byteOrderMark || dialect.encoding === 'utf8' };
      expect(used).toMatchObject(expected);
      // The original's own cells are there byte by byte.
      const header = iconv.encode(HEADER.join(dialect.delimiter), dialect.encoding, { addBOM: expected.byteOrderMark });
      expect(Buffer.from(bytes).subarray(0, header.length)).toEqual(header);
      expect(Buffer.from(bytes).includes(iconv.encode('“Café” – 5 €', dialect.encoding, { addBOM: false }))).toBe(true);
      expect((await tableOf(bytes)).rows[0]!.raw).toEqual(ACCENTS);
    },
  );

  it('When the encoding lacks a typographic sign of a reason, then the reason is written with a plain one', async () => {
    const file = fileOf([HEADER, ROW], { ...PLAIN, encoding: 'ibm850' });
    const table = await tableOf(file, 'ibm850');
    const suggesting = rejected(2, { ...MISSING, suggestion: 'Ann' });
    const { bytes, dialect } = await write(table, [suggesting]);
    expect(dialect.encoding).toBe('ibm850');
    const text = iconv.decode(Buffer.from(bytes), 'ibm850');
    expect(text).toContain('Perhaps ""Ann"" is meant.');
    expect(text).toContain('Zoë');
    expect(text).not.toContain('?');
  });

  it('When the encoding lacks a letter of a reason, then the whole file is UTF-8 with a mark and reads back the same', async () => {
    const table = await tableOf(fileOf([HEADER, ACCENTS], { ...PLAIN, delimiter: ';', encoding: 'windows-1252' }));
    const written = await write(table, [inTeam('Αθήνα, 東京')]);
    const { bytes, dialect } = written;
    expect(dialect).toEqual({ delimiter: ';', encoding: 'utf8', byteOrderMark: true });
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(textOf(written)).toContain('Αθήνα, 東京');
    expect((await tableOf(bytes)).rows[0]!.raw).toEqual(ACCENTS);
  });

  it('When the file was a workbook, then a CSV file that any spreadsheet program opens is written', async () => {
    const cells = [HEADER, ACCENTS].map((line) => line.map((value) => ({ type: String, value })));
    const table = await tableOf(await writeExcelFile(cells).toBuffer());
    expect(table.layout.format).toBe('xlsx');
    const { bytes, dialect } = await write(table, [rejected(2)]);
    expect(dialect).toEqual({ delimiter: ',', encoding: 'utf8', byteOrderMark: true });
    const back = await tableOf(bytes);
    expect(back.rows[0]!.raw).toEqual(ACCENTS);
    expect(back.corrects).toBe(IMPORT_ID);
  });
});

describe('Failed rows there and back', () => {
  const WIDTH = 9;
  const fragments = [
    '',
    ' ',
    '"',
    "'",
    "''=",
    '=',
    '0791',
    '4.6E+10',
    '12345678',
    '+1',
    '-',
    '@',
    '\r',
    '\n',
    '\r\n',
    '\t',
    ',',
    ';',
    '|',
    'é',
    '€',
    'x',
  ];
  const western = fc.array(fc.constantFrom(...fragments), { maxLength: 6 }).map((parts) => parts.join(''));
  const anything = fc.oneof(
    western,
    fc.array(fc.constantFrom(...fragments, '＋', '＝', '日本', '🏳️‍🌈'), { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 20 }).filter((cell) => !/[\0\ufeff\ufffd]/.test(cell)),
  );
  const rowsOf = (cell: fc.Arbitrary<string>) =>
    fc.array(fc.array(cell, { minLength: WIDTH, maxLength: WIDTH }), { minLength: 1, maxLength: 12 });
  const delimiter = fc.constantFrom(',', ';', '\t', '|');
  const files = fc.oneof(
    fc.record({
      dialect: fc.record({
        delimiter,
        encoding: fc.constantFrom('utf8', 'utf16le', 'utf16be'),
        byteOrderMark: fc.boolean(),
      }),
      rows: rowsOf(anything),
    }),
    fc.record({
      dialect: fc.record({
        delimiter,
        encoding: fc.constant('windows-1252'),
        byteOrderMark: fc.constant(false),
      }),
      rows: rowsOf(western),
    }),
  );
  const headers = fc.shuffledSubarray([...HEADER, 'Notes', '=Remark'], { minLength: WIDTH });

  it('When any rows of any file fail, then their cells read back identical, and name their line and import', async () => {
    await fc.assert(
      fc.asyncProperty(files, headers, fc.infiniteStream(fc.boolean()), async ({ dialect, rows }, header, fails) => {
        // A row that is blank all over is none.
        const lines = rows.map(([first, ...others]) => [`a${first}`, ...others]);
        const table = await tableOf(fileOf([header, ...lines], dialect), dialect.encoding);
        expect(table.rows.map(({ raw }) => raw)).toEqual(lines);

        const failed = table.rows.filter(() => fails.next().value);
        fc.pre(failed.length > 0);
        const { bytes } = await write(
          table,
          failed.map(({ line }) => rejected(line)),
        );
        const back = await tableOf(bytes, dialect.encoding);
        expect(back.headers).toEqual(header);
        const { encoding, byteOrderMark } = table.layout;
        expect(back.layout).toEqual({ ...table.layout, byteOrderMark: byteOrderMark || encoding === 'utf8' });
        expect(back.corrects).toBe(IMPORT_ID);
        expect(back.rows.map(({ raw, cells, correctedLine }) => ({ raw, cells, line: correctedLine }))).toEqual(
          failed.map(({ raw, cells, line }) => ({ raw, cells, line })),
        );
      }),
      { numRuns: 300 },
    );
  });
});
