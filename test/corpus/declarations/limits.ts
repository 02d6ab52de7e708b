import { somebody } from '../people-fixtures';
import { createdRow, declare, pendingRow } from '../case';
import type { CorpusCase } from '../case';
import { CLIENT_HEADER, clientLine, clientsText } from '../writers/write-text';

const HEADER = CLIENT_HEADER.join(',');
const MEGABYTE = 1024 * 1024;

const crowd = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => clientLine(somebody(name, `p${i}`)).join(','));

export const LIMITS: readonly CorpusCase[] = [
  declare('500-rows', {
    about: 'has as many clients as are allowed',
    content: `${HEADER}\n${crowd('500-rows', 500).join('\n')}`,
    upload: { mode: 'preview' },
    rows: Array.from({ length: 500 }, (_, i) => pendingRow(i + 2)),
  }),
  declare('500-rows-and-blanks', {
    about: 'has as many clients as are allowed, a blank row after each, and a thousand below',
    content: `${HEADER}\n${crowd('500-rows-and-blanks', 500).join('\n,,,,,,\n')}\n${',,,,,,\n'.repeat(1000)}`,
    upload: { mode: 'preview' },
    rows: Array.from({ length: 500 }, (_, i) => pendingRow(2 * i + 2)),
  }),
  declare('501-rows', {
    about: 'has one client too many',
    content: clientsText(Array.from({ length: 501 }, (_, i) => somebody('501-rows', `p${i}`))),
    file: [{ code: 'file.too-many-rows', says: ['501', '500'] }],
  }),
  declare('501-rows-and-blanks', {
    about: 'has one client too many, and blank rows that do not count',
    content: `${HEADER}\n${crowd('501-rows-and-blanks', 501).join('\n\n')}\n`,
    file: [{ code: 'file.too-many-rows', says: ['501', '500'] }],
  }),
  declare('30000-rows', {
    about: 'has sixty times as many clients as are allowed',
    isMadeAtRunTime: true,
    content: () => Buffer.from(`${HEADER}\n${'Ann,Lee,ann@example.com,+12125550123,,,Mayfair\n'.repeat(30_000)}`),
    file: [{ code: 'file.too-many-rows', says: ['30000', '500'] }],
  }),
  declare('many-blank-rows', {
    about: 'has 100,000 blank rows below its client',
    isMadeAtRunTime: true,
    content: () => Buffer.from(`${HEADER}\n${crowd('many-blank-rows', 1)[0]}\n${',,,,,,\r\n'.repeat(100_000)}`),
    rows: [createdRow(2)],
  }),
  declare('cell-of-10-mb', {
    about: 'has a cell of 10 MB in row 3',
    isMadeAtRunTime: true,
    content: () => Buffer.from(`${HEADER}\n${crowd('cell-of-10-mb', 1)[0]}\n"${'x'.repeat(10 * MEGABYTE)}",Lee\n`),
    file: [{ code: 'file.not-a-csv', line: 3, says: ['row 3'] }],
  }),
  declare('unclosed-quote-before-10-mb', {
    about: 'has an unclosed quotation mark in row 2 before 10 MB of rows',
    isMadeAtRunTime: true,
    content: () => Buffer.from(`${HEADER}\nAnn,"Lee\n${`${crowd('unclosed', 1)[0]}\n`.repeat((10 * MEGABYTE) / 70)}`),
    file: [{ code: 'file.unclosed-quote', line: 2, says: ['row 2'] }],
  }),
  declare('long-cells', {
    about: 'has a cell as long as Excel allows in a column that is ignored',
    isMadeAtRunTime: true,
    content: () => Buffer.from(`${HEADER},Notes\n${crowd('long-cells', 1)[0]},${'x'.repeat(32_767)}\n`),
    file: ['file.unknown-column'],
    rows: [createdRow(2)],
  }),
  declare('larger-than-an-upload', {
    about: 'is larger than an upload may be',
    isMadeAtRunTime: true,
    content: () => Buffer.alloc(13 * MEGABYTE, 'x'),
    refusal: { httpStatus: 413, code: 'file-too-large' },
  }),
];
