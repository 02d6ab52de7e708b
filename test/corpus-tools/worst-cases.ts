import { workbookParts, pack, sheetOf } from '../corpus/writers/workbook';
import { CLIENT_HEADER, encode } from '../corpus/writers/write-text';

const MEGABYTE = 1024 * 1024;
const SIZE = 5 * MEGABYTE;
const HEADER = `${CLIENT_HEADER.join(',')}\n`;
const LINE = 'Ann,Lee,ann@example.com,+12125550123,,Lee & Co,Mayfair\n';
const SHEET_1 = 'xl/worksheets/sheet1.xml';

const fill = (unit: string, size = SIZE): string => unit.repeat(Math.ceil(size / unit.length));

/** A workbook in which one part is this. Packed it is tiny, so it stays under what may be unpacked without suspicion. */
const withPart = (name: string, xml: string): Uint8Array =>
  pack({ ...workbookParts([sheetOf([CLIENT_HEADER])]), [name]: xml });
const withSheet = (inner: string): Uint8Array =>
  withPart(
    SHEET_1,
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${inner}</sheetData></worksheet>`,
  );

/** Text that packs badly, so that nothing but its content is suspicious. */
function noise(length: number): string {
  let state = 1;
  let text = '';
  while (text.length < length) {
    state = Math.imul(state, 1_103_515_245) + 12_345;
    text += (state >>> 0).toString(36);
  }
  return text;
}

/** The worst that was thought of, by hand: each has to be over within 2 s. */
export const WORST_CASES: readonly (readonly [what: string, make: () => Uint8Array | string])[] = [
  ...[
    '"',
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    '=',
    ' ',
    'x',
    '\0',
    '\ufeff',
    '"\n',
    '",',
    '"",',
    'a"b,',
    ',"',
    '"\r"',
    '\n,',
  ].flatMap(
    (unit) =>
      [
        [`5 MB of ${JSON.stringify(unit)}`, () => fill(unit)],
        [`5 MB of ${JSON.stringify(unit)} below a header`, () => HEADER + fill(unit)],
        [`5 MB of ${JSON.stringify(unit)} between two rows`, () => HEADER + LINE + fill(unit) + LINE],
      ] as const,
  ),
  ...['\n', '\r', '\r\n', ',\n', '"\n'].map(
    (unit) =>
      [`5 MB of ${JSON.stringify(unit)} between two rows and no header`, () => LINE + fill(unit) + LINE] as const,
  ),
  ['5 MB of bytes that are no UTF-8', () => Buffer.alloc(SIZE, 0xff)],
  ['5 MB of UTF-16 line breaks', () => encode(HEADER + fill('\n', SIZE / 2) + LINE, 'utf16le', { mark: true })],
  ['5 MB of UTF-16 quotation marks', () => encode(HEADER + fill('"', SIZE / 2) + LINE, 'utf16be', { mark: true })],
  ['5 MB of the same client', () => HEADER + fill(LINE)],
  ['one line of 5 MB', () => HEADER + LINE + fill('Ann,')],
  ['one header of 5 MB', () => fill('First Name,')],
  ['one quoted header of 5 MB', () => `"${fill('Email ')}",First Name\n${LINE}`],
  ['a header of 100,000 columns', () => `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n${LINE}`],
  ['a header of 100,000 blank columns', () => `${HEADER.trim()}${','.repeat(90_000)}x\n${LINE}`],
  ['rows of 100,000 blank columns', () => HEADER + fill(`${','.repeat(99_000)}\n`)],
  [
    'a header of 1,000 columns like those that are missing',
    () => `${Array.from({ length: 1000 }, (_, i) => `Frist Nam${i}`).join(',')}\n${LINE}`,
  ],
  ['500 rows of 10,000 characters a cell', () => HEADER + `Ann,${'x'.repeat(10_000)},a@example.com,1,,,\n`.repeat(500)],
  ['500 rows of emoji', () => HEADER + `${'🏳️‍🌈'.repeat(1000)},Lee,a@example.com,1,,,\n`.repeat(250)],
  ['500 rows of thousands of digits', () => HEADER + `Ann,Lee,a@example.com,${'1'.repeat(9000)},,,\n`.repeat(500)],
  ['500 rows of thousands of @', () => HEADER + `Ann,Lee,${'a@'.repeat(4500)},1,,,\n`.repeat(500)],
  ['500 rows of thousands of dots', () => HEADER + `Ann,Lee,a@${'a.'.repeat(4500)}com,1,,,\n`.repeat(500)],
  [
    '500 rows of long roles and teams',
    () => HEADER + `Ann,Lee,a@example.com,1,${'Client'.repeat(700)},,${'Mayfair'.repeat(700)}\n`.repeat(500),
  ],
  ['rows of spaces', () => HEADER + `${' '.repeat(9000)},${' '.repeat(900)}x\n`.repeat(500)],
  ['a workbook of 2 MB of spaces', () => withSheet(' '.repeat(2 * MEGABYTE))],
  ['a workbook of 200,000 nested elements', () => withSheet(`${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`)],
  ['a workbook of 200,000 elements that never close', () => withSheet('<row>'.repeat(200_000))],
  ['a workbook of comments that never close', () => withSheet('<!--'.repeat(100_000))],
  ['a workbook of instructions that never close', () => withSheet('<?'.repeat(100_000))],
  ['a workbook of CDATA that never closes', () => withSheet('<![CDATA['.repeat(50_000))],
  ['a workbook of opening brackets', () => withSheet('<'.repeat(2 * MEGABYTE))],
  ['a workbook of tags with spaces', () => withSheet(`<row${' '.repeat(150_000)}`.repeat(13))],
  ['a workbook of half closed rows', () => withSheet(`<row>${' '.repeat(1000)}`.repeat(2000))],
  // Its parser reads an unfinished tag again from its beginning with every piece that it is given.
  [
    'a workbook of tags of 190,000 characters',
    () => withSheet(`<row r="1" x="${'\n'.repeat(190_000)}"></row>`.repeat(10)),
  ],
  ['a workbook of a tag with 100,000 attributes', () => withSheet(`<row ${'a="1" '.repeat(100_000)}></row>`)],
  [
    'a workbook of escaped signs',
    () => withSheet(`<row><c t="inlineStr"><is><t>${'&amp;'.repeat(40_000)}</t></is></c></row>`.repeat(10)),
  ],
  [
    'a workbook of 90,000 cells',
    () =>
      withSheet(
        Array.from(
          { length: 9000 },
          (_, i) =>
            `<row r="${i + 1}">${Array.from({ length: 10 }, (_, j) => `<c r="${'ABCDEFGHIJ'[j]}${i + 1}" t="inlineStr"><is><t>${noise(9)}</t></is></c>`).join('')}</row>`,
        ).join(''),
      ),
  ],
  ['a workbook of a million rows without cells', () => withSheet('<row/>'.repeat(340_000))],
  [
    'a workbook of one row of 16,384 cells, 6 times',
    () => withSheet(`<row>${'<c><v>1</v></c>'.repeat(16_384)}</row>`.repeat(6)),
  ],
  [
    'a workbook of 1,000 sheets',
    () => pack(workbookParts(Array.from({ length: 1000 }, (_, i) => ({ name: `Sheet${i}`, rows: [['x']] })))),
  ],
  [
    'a workbook of 500,000 shared strings',
    () => withPart('xl/sharedStrings.xml', `<sst>${'<si/>'.repeat(400_000)}</sst>`),
  ],
  [
    'a workbook of shared strings of 20 MB',
    () =>
      withPart(
        'xl/sharedStrings.xml',
        `<sst>${Array.from({ length: 200 }, () => `<si><t>${noise(100_000)}</t></si>`).join('')}</sst>`,
      ),
  ],
  [
    'a workbook of 100,000 styles',
    () =>
      withPart('xl/styles.xml', `<styleSheet><cellXfs>${'<xf numFmtId="14"/>'.repeat(100_000)}</cellXfs></styleSheet>`),
  ],
  [
    'a workbook of 100,000 relationships',
    () =>
      withPart(
        'xl/_rels/workbook.xml.rels',
        `<Relationships>${'<Relationship Id="r"/>'.repeat(90_000)}</Relationships>`,
      ),
  ],
  [
    'a workbook of 90,000 sheets by name only',
    () =>
      withPart(
        'xl/workbook.xml',
        `<workbook><sheets>${'<sheet name="a" r:id="r"/>'.repeat(80_000)}</sheets></workbook>`,
      ),
  ],
];
