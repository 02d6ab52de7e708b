import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { unguardFormula } from '../../../domain/formula-guard';
import {
  charsetOf,
  encodeText,
  isExpressible,
  SPREADSHEET_DIALECT,
  toCsvText,
} from '../../../domain/exports/write-csv';

const csv = (...records: string[][]): string => toCsvText(records, SPREADSHEET_DIALECT);

describe('Writing a file', () => {
  it.each([
    ['=HYPERLINK("http://x.example";"Click")', `"'=HYPERLINK(""http://x.example"";""Click"")"`],
    ['+447911123456', "'+447911123456"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\nx', `"'\nx"`],
    ["'=x", "''=x"],
    ['＝x', "'＝x"],
    ["O'Hara", "O'Hara"],
    ["'Ann", "'Ann"],
    ['a=b', 'a=b'],
  ])('When a cell is %j, then no spreadsheet program takes it for a formula', (cell, written) => {
    expect(csv([cell])).toBe(`${written}\r\n`);
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['a\rb', '"a\rb"'],
    ['a\nb', '"a\nb"'],
    [' a ', ' a '],
    ['a;b', 'a;b'],
  ])('When a cell is %j, then it is quoted only if it must be', (cell, written) => {
    expect(csv([cell, 'x'])).toBe(`${written},x\r\n`);
  });

  it('When the encoding has a byte order mark, then it stands first and once', () => {
    expect([...encodeText('é', SPREADSHEET_DIALECT)]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa9]);
    expect([...encodeText('é', { encoding: 'utf16le', byteOrderMark: true })]).toEqual([0xff, 0xfe, 0xe9, 0]);
    expect([...encodeText('é', { encoding: 'utf16be', byteOrderMark: true })]).toEqual([0xfe, 0xff, 0, 0xe9]);
    expect([...encodeText('é', { encoding: 'windows-1252', byteOrderMark: false })]).toEqual([0xe9]);
  });

  it.each([
    ['“Zoë” – 5 €', 'windows-1252', true],
    ['→', 'windows-1252', false],
    ['“', 'iso-8859-1', false],
    ['Ž', 'windows-1250', true],
    ['日本', 'windows-1252', false],
    ['🏳️‍🌈 日本', 'utf8', true],
    ['🏳️‍🌈 日本', 'utf16be', true],
    ['\ufeffa', 'utf8', true],
  ])(
    'When %j is to be written as %s, then whether that is possible is known before: %s',
    (text, encoding, possible) => {
      expect(isExpressible(text, encoding)).toBe(possible);
    },
  );

  it('When a browser is told of the encoding, then by the name that it knows', () => {
    expect(['utf8', 'utf16le', 'utf16be', 'windows-1252'].map((encoding) => charsetOf({ encoding }))).toEqual([
      'utf-8',
      'utf-16le',
      'utf-16be',
      'windows-1252',
    ]);
  });

  it('When any cells are written in any dialect, then a parser that takes the guards away reads them as they were', () => {
    const awkward = fc.constantFrom(
      '',
      ' ',
      '"',
      "'",
      "''=",
      '=',
      '+1',
      '\r',
      '\n',
      '\t',
      ',',
      ';',
      '|',
      '＠x',
      '"\r\n"',
    );
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(awkward).map((parts) => parts.join('')),
    );
    const records = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 10 });
    const dialect = fc.record({
      delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
      encoding: fc.constantFrom('utf8', 'utf16le', 'utf16be'),
      byteOrderMark: fc.boolean(),
    });
    fc.assert(
      fc.property(records, dialect, (cells, options) => {
        // A first character of its own that is a byte order mark is one to everybody who reads the file.
        fc.pre(!cells[0]![0]!.startsWith('\ufeff'));
        const bytes = Buffer.from(encodeText(toCsvText(cells, options), options));
        const read: string[][] = parse(iconv.decode(bytes, options.encoding), {
          delimiter: options.delimiter,
          record_delimiter: '\r\n',
        });
        expect(read.map((record) => record.map(unguardFormula))).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });
});
