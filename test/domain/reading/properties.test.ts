import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import writeExcelFile from 'write-excel-file/node';
import type { ImportKind } from '../../../contract/import';
import { columnLetter, columnsOf } from '../../../domain/columns';
import { guardFormula, unguardFormula } from '../../../domain/formula-guard';
import { namesOf } from '../../../domain/reading/header/header-meaning';
import type { Table } from '../../../domain/table';
import { decode } from '../../../domain/reading/encoding/encodings';
import { codesOf, HEADER, read, tableOf } from './files';
import { rawWorkbook, rowXml } from './raw-workbook';

const AWKWARD = [
  '',
  ' ',
  '"',
  '""',
  'a,b',
  'a;b',
  'a\tb',
  'a|b',
  'a\nb',
  'a\r\nb',
  'a\rb',
  '"a\nb',
  "'+1",
  '=1+1',
  "''",
];

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((cell) => !/[\0\ufffd]/.test(cell));
const cell = fc.oneof(text, fc.constantFrom(...AWKWARD));
const kind = fc.constantFrom<ImportKind>('clients', 'staff');

/** The columns of a template in any order, each under any of its names, among columns that nobody knows. */
const columns = kind.chain((of) =>
  fc
    .shuffledSubarray([...columnsOf(of)], { minLength: columnsOf(of).length })
    .chain((order) =>
      fc.tuple(...order.map(({ key }) => fc.constantFrom(...namesOf(of, key)).map((header) => ({ key, header })))),
    )
    .chain((known) =>
      fc.tuple(fc.constant(known), fc.array(fc.constantFrom('Notes', 'Id', 'Birthday'), { maxLength: 2 })),
    )
    .map(([known, others]) => ({
      kind: of,
      headers: [...known, ...others.map((header) => ({ key: undefined, header }))],
    })),
);
const rows = fc.array(fc.array(cell, { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 30 });

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
  quoted: fc.boolean(),
});
const SINGLE_BYTE = ['windows-1252', 'windows-1250', 'windows-1251', 'iso-8859-15', 'macintosh', 'koi8-r'] as const;
const encoding = fc.oneof(
  fc.record({ name: fc.constantFrom('utf8', 'utf16le', 'utf16be'), mark: fc.boolean(), asked: fc.constant(false) }),
  fc.record({
    name: fc.constantFrom(...SINGLE_BYTE, 'shift_jis', 'gb18030', 'euc-kr'),
    mark: fc.constant(false),
    asked: fc.constant(true),
  }),
);
/** What an encoding cannot write is not in a file that is saved in it. */
const expressible = (value: string, name: string): string => {
  const written = iconv.decode(iconv.encode(value, name), name, { stripBOM: false });
  return written === value ? value : value.replace(/[^\x20-\x7e]/g, '');
};

describe('Reading CSV', () => {
  it('When any people are written in any dialect, encoding, order and names of columns, then they read back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(columns, rows, dialect, encoding, async (file, cells, options, { name, mark, asked }) => {
        const people = cells.map((row) =>
          file.headers.map((_, i) => expressible(i === 0 && row[i]!.trim() === '' ? 'x' : row[i]!, name)),
        );
        // A cell may have lost all that could be seen of it.
        const lines = people.map((row) => (row.every((value) => value.trim() === '') ? ['x', ...row.slice(1)] : row));
        const headers = file.headers.map(({ header }) => expressible(header, name));
        fc.pre(headers.every((header, i) => header === file.headers[i]!.header));
        // The writer quotes its own line break only; a lone one of another kind needs quotes just as well.
        const written = stringify([headers, ...lines], { ...options, quoted_match: /[\r\n]/ });
        const bytes = iconv.encode(written, name, { addBOM: mark });
        const table = await tableOf(bytes, { kind: file.kind, encoding: asked ? name : null });
        expect(table).toEqual(
          expectedTable(file, lines, {
            format: 'csv',
            encoding: table.layout.encoding,
            byteOrderMark: mark,
            delimiter: options.delimiter,
          }),
        );
        expect(iconv.encode(written, table.layout.encoding)).toEqual(iconv.encode(written, name));
      }),
      { numRuns: 500 },
    );
  });

  it('When blank rows are strewn in, then everybody keeps the number of the row in the spreadsheet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), dialect, async (isBlank, options) => {
        fc.pre(isBlank.includes(false));
        const lines = isBlank.map((blank) => HEADER.map(() => (blank ? '' : 'x')));
        const { rows: found } = await tableOf(stringify([HEADER, ...lines], options));
        expect(found.map(({ line }) => line)).toEqual(isBlank.flatMap((blank, i) => (blank ? [] : [i + 2])));
      }),
    );
  });

  it('When a file is saved in an encoding of one byte a letter, then no letter of it is lost without a word', async () => {
    const bytes = fc.uint8Array({ min: 0x80, minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bytes, async (name) => {
        const file = Buffer.concat([Buffer.from(`${HEADER.join(',')}\nA`), name, Buffer.from(',Lee\n')]);
        const firstName = Buffer.concat([Buffer.from('A'), name]);
        const isUtf8 = Buffer.from(firstName.toString()).equals(firstName);
        const reading = await read(file);
        // It may be the end of a row of UTF-8, or of no encoding at all.
        if (!reading.ok) return expect(codesOf(reading.problems)[0]).toMatch(/^file\.(?:encoding|mixed-encodings)$/);
        const { rows: found, layout, warnings } = reading.table;
        expect([...found][0]!.cells.firstName).toBe(decode(firstName, layout.encoding));
        // Some bytes look like letters that were garbled before.
        const codes = codesOf(warnings).filter((code) => code !== 'file.garbled-text');
        expect(codes).toEqual(isUtf8 ? [] : ['file.encoding-unclear']);
      }),
    );
  });
});

describe('Reading workbooks', () => {
  const XLSX = { format: 'xlsx', encoding: 'utf8', byteOrderMark: true, delimiter: ',' } as const;
  /** XML has no place for other control characters, and its line break is one; the writer drops one sign more. */
  const inXml = (value: string): string =>
    value.replace(/[^\x20-\uffff\t\n]|[\ufffd-\uffff]|\r/gu, (c) => (c.codePointAt(0)! > 0xffff ? c : ''));
  const somebody = (row: readonly string[], width: number): string[] =>
    row.slice(0, width).map((value, i) => (i === 0 && inXml(value).trim() === '' ? 'x' : inXml(value)));

  /** The writer looks texts up in an object that has these already. */
  const writable = (value: string): string => (value in {} ? `${value}.` : value);

  it('When any people are written by a library, then they read back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(columns, rows, async (file, cells) => {
        const lines = cells.map((row) => somebody(row, file.headers.length).map(writable));
        const workbook = writeExcelFile(
          [file.headers.map(({ header }) => header), ...lines].map((line) =>
            line.map((value) => (value === '' ? null : { value, type: String })),
          ),
        );
        expect(await tableOf(await workbook.toBuffer(), { kind: file.kind })).toEqual(expectedTable(file, lines, XLSX));
      }),
      { numRuns: 60 },
    );
  });

  it('When rows stand anywhere in the sheet, then everybody has the number of the row', async () => {
    const gaps = fc.array(fc.nat(40), { minLength: 2, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(gaps, async (above) => {
        const lines = above.map((_, i) => above.slice(0, i + 1).reduce((sum, gap) => sum + gap + 1, 0));
        const sheet = lines.map((line, i) => rowXml(line, i === 0 ? HEADER : HEADER.map(() => 'x'))).join('');
        const { rows: found } = await tableOf(rawWorkbook([{ rows: sheet }]));
        expect(found.map(({ line }) => line)).toEqual(lines.slice(1));
      }),
      { numRuns: 50 },
    );
  });
});

describe('Guarding cells', () => {
  const FIRST = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
  const numberLike = fc
    .array(fc.constantFrom('0', '7', '4.67017E+10', 'e', 'E-', '.', ',', ' ', '12345678', "'"), { maxLength: 5 })
    .map((parts) => parts.join(''));
  const guardable = fc
    .tuple(fc.nat(3), fc.constantFrom(...FIRST, '', 'x'), fc.oneof(fc.string({ unit: 'binary' }), numberLike))
    .map(([quotes, first, rest]) => "'".repeat(quotes) + first + rest);

  it('When any cell is guarded and unguarded, then it is as it was', () => {
    fc.assert(
      fc.property(fc.oneof(guardable, fc.string({ unit: 'binary' })), (value) => {
        expect(unguardFormula(guardFormula(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['4.67017E+10', '4,67017e10', '1E5', '.5E7', '07911123456', '00', '12345678', ' 447911123456 ', "'0791"])(
    'When a spreadsheet would make another number of %j, then it is guarded',
    (value) => {
      expect(guardFormula(value)).toBe(`'${value}`);
      expect(unguardFormula(`'${value}`)).toBe(value);
    },
  );

  it.each(FIRST)('When a cell begins with %j, then a guarded one does not', (first) => {
    for (const value of [`${first}1`, first, `${first}${first}`]) expect(guardFormula(value)).toBe(`'${value}`);
  });

  it.each([
    '',
    'Ann',
    "O'Hara",
    "'Ann",
    "''",
    '1-1',
    'a=b',
    '–5',
    '0',
    '12',
    "'12",
    '0791 112',
    '12345678-a',
    '1e',
    'E5',
  ])('When a cell is %j, then it needs no guard', (value) => {
    expect(guardFormula(value)).toBe(value);
    expect(unguardFormula(value)).toBe(value);
  });
});

interface File {
  kind: ImportKind;
  headers: readonly { key: string | undefined; header: string }[];
}

/** What a file has to be read as whose every cell is known. */
function expectedTable({ headers }: File, lines: readonly string[][], layout: Table['layout']): unknown {
  const unknown = headers.flatMap(({ key, header }) => (key === undefined ? [header] : []));
  const known = headers.flatMap(({ key, header }, index) =>
    key === undefined ? [] : [{ key, header, letter: columnLetter(index), index }],
  );
  return {
    layout,
    headers: headers.map(({ header }) => header),
    columns: known.map(({ key, header, letter }) => ({ key, header, letter })),
    rows: lines.map((raw, i) => ({
      line: i + 2,
      cells: Object.fromEntries(known.map(({ key, index }) => [key, raw[index]])),
      raw,
    })),
    warnings:
      unknown.length > 0
        ? [expect.objectContaining({ code: 'file.unknown-column', details: { names: unknown.join(', ') } })]
        : [],
  };
}
