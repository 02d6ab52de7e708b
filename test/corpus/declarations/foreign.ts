import { gzipSync, strToU8 } from 'fflate';
import { somebody } from '../people-fixtures';
import { declare } from '../case';
import type { CorpusCase, ExpectedProblem } from '../case';
import { bytes, CLIENT_HEADER, clientsText } from '../writers/write-text';
import { oldOffice } from './workbooks';

const CLIENTS = clientsText([somebody('foreign')]);

/** Something else under the name of a CSV file, refused by what it is. */
const foreign = (name: string, about: string, content: Uint8Array | string, ...says: string[]): CorpusCase =>
  declare(name, { about, content, file: [{ code: 'file.not-a-csv', says }] });

const empty = (name: string, about: string, content: Uint8Array | string): CorpusCase =>
  declare(name, { about, content, file: ['file.empty'] });

const png = bytes(0x89, 'PNG\r\n', 0x1a, '\n', new Uint8Array(4), 'IHDR', new Uint8Array(40));

export const FOREIGN: readonly CorpusCase[] = [
  foreign('pdf', 'is a PDF', bytes('%PDF-1.7\n%', 0xe2, 0xe3, 0xcf, 0xd3, '\n1 0 obj\n<<>>\nendobj\n'), 'PDF'),
  foreign('png', 'is a picture', png, 'PNG'),
  foreign('jpeg', 'is a photograph', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF', 0, 1), 'JPEG'),
  foreign('gif', 'is an animated picture', bytes('GIF89a', 1, 0, 1, 0, 0, 0, 0), 'GIF'),
  foreign(
    'html',
    'is a web page',
    `<!DOCTYPE html>\n<html><body><table><tr><td>First Name</td></tr></table></body></html>\n`,
    'HTML',
  ),
  foreign(
    'html-as-xls',
    'is a table in HTML, as web sites give out for Excel',
    `\ufeff\n<table border=1><tr><th>First Name<th>Last Name</table>`,
    'HTML',
  ),
  foreign(
    'html-utf16',
    'is a web page in UTF-16',
    Buffer.from('\ufeff<html><body>First Name</body></html>', 'utf16le'),
    'HTML',
  ),
  foreign('xml', 'is XML', `<?xml version="1.0"?>\n<clients><client/></clients>\n`, 'XML'),
  foreign('gzip', 'is packed with gzip', gzipSync(strToU8(CLIENTS), { mtime: 0 }), 'gzip'),
  foreign('xls', 'is an old Excel workbook', oldOffice('Workbook'), '.xls'),
  foreign('doc', 'is an old Word document', oldOffice('WordDocument'), 'Word'),
  foreign('json', 'is JSON', JSON.stringify([{ firstName: 'Ann', lastName: 'Lee' }], null, 2), 'JSON'),
  foreign('rtf', 'is a text document', '{\\rtf1\\ansi First Name,Last Name\\par}', 'RTF'),
  foreign('vcard', 'is an address book', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEND:VCARD\r\n', 'vCard'),
  foreign('sqlite', 'is a database', bytes('SQLite format 3', 0, new Uint8Array(84)), 'SQLite'),
  foreign(
    'nul-bytes',
    'is CSV with zero bytes in it',
    bytes(CLIENT_HEADER.join(','), '\r\nAnn', 0, ',Lee\r\n'),
    'binary',
  ),
  foreign('all-nul', 'is nothing but zero bytes, as a copy that failed leaves it', new Uint8Array(2048), 'binary'),
  foreign(
    'wide-table',
    'has 1,200 columns',
    `${CLIENT_HEADER.join(',')}${Array.from({ length: 1193 }, (_, i) => `,c${i}`).join('')}\nAnn\n`,
    '1200',
  ),
  empty('nothing', 'is empty', ''),
  empty('mark-only', 'holds a byte order mark and nothing else', '\ufeff'),
  empty('utf16-mark-only', 'holds the mark of UTF-16 and nothing else', bytes(0xff, 0xfe)),
  empty('spaces-only', 'holds spaces only', '   \t  \n   '),
  empty('line-breaks-only', 'holds line breaks only', '\r\n'.repeat(20)),
  empty('commas-only', 'holds rows of commas only', ',,,,,,\r\n,,,,,,\r\n'),
  empty('quotes-only', 'holds empty cells in quotation marks only', '"","",""\n"",""\n'),
  declare('header-only', {
    about: 'has the template’s header and nobody below it',
    content: `${CLIENT_HEADER.join(',')}\r\n`,
    file: ['file.no-rows'],
  }),
  declare('header-and-blanks', {
    about: 'has a header and only blank rows below it',
    content: `${CLIENT_HEADER.join(';')}\r\n;;;;;;\r\n\r\n   ;\r\n`,
    file: ['file.no-rows'],
  }),
  declare('letter', {
    about: 'is a letter',
    content: 'Dear Sir or Madam,\n\nplease find our clients below.\n\nYours faithfully,\nAnn\n',
    file: ['First Name', 'Last Name', 'Email', 'Mobile', 'Group Identifier'].map((column): ExpectedProblem => ({
      code: 'file.missing-column',
      column,
    })),
  }),
];
