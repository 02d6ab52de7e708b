import { pack, sheetOf, workbook, workbookParts } from '../corpus/writers/workbook';
import type { SheetRow } from '../corpus/writers/workbook';
import { CLIENT_HEADER, encode } from '../corpus/writers/write-text';

/** A file whose rows a spreadsheet program may count otherwise than we do. */
export interface Shape {
  name: string;
  extension: 'csv' | 'xlsx';
  bytes: Uint8Array;
  /** How LibreOffice is told to open it: codes of the delimiter and of the quotation mark, character set, first row. */
  libreOfficeFilter?: string;
  /** Rows at the top that LibreOffice shows and Excel does not; we agree with Excel. */
  rowsNotShownByExcel?: number;
}

const UTF_8 = 76;
const UTF_16 = 65535;
const CODES: Readonly<Record<string, number>> = { ',': 44, ';': 59, '\t': 9, '|': 124 };

const cells = (i: number): string[] => [
  'Ann',
  'Lee',
  `marker${i}@line-numbers.example`,
  '+12125550123',
  '',
  'Lee & Co',
  'Mayfair',
];

/** A CSV file written by hand; `line` is one client, `header` the first row. */
function csv(
  name: string,
  write: (line: (i: number) => string, header: string) => string,
  {
    delimiter = ',',
    encoding = 'utf8',
    mark = false,
    ...more
  }: { delimiter?: string; encoding?: string; mark?: boolean } & Partial<Shape> = {},
): Shape {
  const content = write((i) => cells(i).join(delimiter), CLIENT_HEADER.join(delimiter));
  const charset = encoding.startsWith('utf16') ? UTF_16 : UTF_8;
  return {
    name,
    extension: 'csv',
    bytes: encode(content, encoding, { mark }),
    libreOfficeFilter: `${CODES[delimiter]},34,${charset},1`,
    ...more,
  };
}

const xlsx = (name: string, bytes: Uint8Array): Shape => ({ name, extension: 'xlsx', bytes });

export const SHAPES: readonly Shape[] = [
  csv('plain', (line, header) => `${header}\r\n${line(1)}\r\n${line(2)}\r\n`),
  csv('blank rows above', (line, header) => `\r\n\r\n${header}\r\n${line(1)}\r\n`),
  csv('rows of commas above', (line, header) => `,,,,,,\n,,\n${header}\n${line(1)}\n`),
  csv(
    'blank rows between',
    (line, header) => `${header}\n\n${line(1)}\n,,,,,,\n\n${line(2)}\n   \n"",""\n${line(3)}\n\n`,
  ),
  csv(
    'line breaks in quotation marks',
    (line, header) => `${header},Notes\n${line(1)},"one\ntwo\n\nthree"\n${line(2)},"a\r\nb"\n${line(3)},x\n`,
  ),
  csv('line break in the header', (line, header) => `${header},"Notes\nand more"\r\n${line(1)},x\r\n${line(2)},x\r\n`),
  csv('sep= line', (line, header) => `sep=;\r\n${header}\r\n${line(1)}\r\n\r\n${line(2)}\r\n`, {
    delimiter: ';',
    rowsNotShownByExcel: 1,
  }),
  csv('CR only', (line, header) => `${header}\r${line(1)}\r\r${line(2)}\r`),
  csv('semicolons with a byte order mark', (line, header) => `${header}\r\n${line(1)}\r\n;;;;;;\r\n${line(2)}`, {
    delimiter: ';',
    mark: true,
  }),
  csv('UTF-16 with tabs', (line, header) => `${header}\r\n\r\n${line(1)}\r\n${line(2)}\r\n`, {
    delimiter: '\t',
    encoding: 'utf16le',
    mark: true,
  }),
  csv('UTF-16, big end first', (line, header) => `${header}\r\n\r\n${line(1)}\r\n`, {
    delimiter: '\t',
    encoding: 'utf16be',
    mark: true,
  }),
  csv('pipes and mixed line breaks', (line, header) => `${header}\r\n${line(1)}\n${line(2)}\r\n\n${line(3)}`, {
    delimiter: '|',
  }),
  csv('inch mark in a cell', (line, header) => `${header}\n${line(1).replace('Lee & Co', '5" Pipes')}\n${line(2)}\n`),
  xlsx(
    'workbook with gaps',
    workbook([
      sheetOf(
        new Map<number, SheetRow>([
          [4, CLIENT_HEADER],
          [6, cells(1)],
          [7, ['   ']],
          [11, cells(2)],
        ]),
      ),
    ]),
  ),
  xlsx(
    'workbook without references',
    workbook([sheetOf([CLIENT_HEADER, [], cells(1), cells(2).map((cell) => `${cell}`)], { withoutReferences: true })]),
  ),
  xlsx(
    'workbook with hidden and blank sheets',
    pack(
      workbookParts([
        { name: 'Hidden', rows: [['x']], state: 'hidden' },
        { ...sheetOf([[], CLIENT_HEADER, cells(1)]), name: 'Clients' },
      ]),
    ),
  ),
  xlsx(
    'workbook with line breaks in cells',
    workbook([
      sheetOf([
        [...CLIENT_HEADER, 'Notes'],
        [...cells(1), 'one\ntwo'],
        [...cells(2), 'three'],
      ]),
    ]),
  ),
];
