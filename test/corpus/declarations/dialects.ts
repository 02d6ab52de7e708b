import { asWritten, somebody } from '../people-fixtures';
import { createdRow, creates, declare, plans, rejects } from '../case';
import type { CorpusCase, ExpectedProblem } from '../case';
import { CLIENT_HEADER, clientLine, clientsText, encode, writeRecords } from '../writers/write-text';
import type { Cells, Dialect } from '../writers/write-text';

const HEADER = CLIENT_HEADER.join(',');
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
const LINE_BREAKS = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;
type DelimiterName = keyof typeof DELIMITERS;
type LineBreakName = keyof typeof LINE_BREAKS;

/** Cells that hold every delimiter, quotation marks and what looks like a line of another file. */
const awkward = (caseName: string): Cells[] => [
  somebody(caseName, 'ann', { company: 'Lee, Lee; Lee | "Lee" & Co' }),
  somebody(caseName, 'bob', { firstName: 'Bob "Bobby"', company: '"Quoted"', group: 'Riverside' }),
  somebody(caseName, 'cy', { firstName: "D'Arcy", company: "sep=;, isn't it?" }),
];

function inDialect(delimiter: DelimiterName, lineBreak: LineBreakName, quoteAll: boolean): CorpusCase {
  const name = [delimiter, lineBreak, ...(quoteAll ? ['quoted'] : [])].join('-');
  const people = awkward(name);
  const dialect: Dialect = { delimiter: DELIMITERS[delimiter], lineBreak: LINE_BREAKS[lineBreak], quoteAll };
  return declare(name, {
    about: `has a ${delimiter} between cells, ${lineBreak.toUpperCase()} between rows, and ${quoteAll ? 'all cells' : 'only cells that need it'} in quotation marks`,
    content: clientsText(people, dialect),
    upload: { mode: 'preview' },
    rows: people.map((cells, i) => plans(i + 2, asWritten(cells))),
  });
}

const every: CorpusCase[] = (Object.keys(DELIMITERS) as DelimiterName[]).flatMap((delimiter) =>
  (Object.keys(LINE_BREAKS) as LineBreakName[]).flatMap((lineBreak) =>
    [false, true].map((quoteAll) => inDialect(delimiter, lineBreak, quoteAll)),
  ),
);

/** One person a line, written by hand below the header; `lines` are where those who are created stand. */
function byHand(
  name: string,
  about: string,
  write: (line: (localPart: string) => string) => string,
  lines: readonly number[],
  file: readonly ExpectedProblem[] = [],
): CorpusCase {
  const line = (localPart: string): string => clientLine(somebody(name, localPart)).join(',');
  return declare(name, { about, content: write(line), file, rows: lines.map((at) => createdRow(at)) });
}

const separators: CorpusCase[] = [
  ['semicolon', 'sep=;', ';'],
  ['comma', 'sep=,', ','],
  ['tab', 'sep=\t', '\t'],
  ['pipe', 'SEP=|', '|'],
  ['in-quotes', '"sep=;"', ';'],
].map(([which, first, delimiter]) => {
  const name = `sep-line-${which}`;
  const people = awkward(name);
  return declare(name, {
    about: `begins with the line ${JSON.stringify(first)}, which no spreadsheet that knows it shows as a row`,
    content: `${first}\r\n${clientsText(people, { delimiter: delimiter! })}`,
    rows: people.map((cells, i) => creates(i + 2, asWritten(cells))),
  });
});

const moreSeparators: CorpusCase[] = [
  declare('sep-line-marked', {
    about: 'is UTF-8 with a mark and a sep= line',
    content: encode(
      `sep=;\n${clientsText([somebody('sep-line-marked')], { delimiter: ';', lineBreak: '\n' })}`,
      'utf8',
      {
        mark: true,
      },
    ),
    rows: [creates(2, asWritten(somebody('sep-line-marked')))],
  }),
  declare('sep-line-utf16', {
    about: 'is UTF-16 with a sep= line that names the tab',
    content: encode(`sep=\t\r\n${clientsText([somebody('sep-line-utf16')], { delimiter: '\t' })}`, 'utf16le', {
      mark: true,
    }),
    rows: [creates(2, asWritten(somebody('sep-line-utf16')))],
  }),
  declare('sep-line-then-blank', {
    about: 'has a blank row between its sep= line and the header',
    content: `sep=;\r\n\r\n${clientsText([somebody('sep-line-then-blank')], { delimiter: ';' })}`,
    rows: [creates(3, asWritten(somebody('sep-line-then-blank')))],
  }),
  declare('sep-line-decides', {
    about: 'has a sep= line, one header with a delimiter in it, and few others',
    content:
      'sep=|\r\nFirst Name|Last Name|Email|Mobile|Group Identifier|"a,b;c,d;e"\r\nAnn|Lee|ann@sep-line-decides.example|+12125550123|Mayfair|x\r\n',
    file: [{ code: 'file.unknown-column', says: ['a,b;c,d;e'] }],
    rows: [creates(2, { firstName: 'Ann', teams: ['Mayfair'] })],
  }),
];

const blanks: CorpusCase[] = [
  byHand(
    'blank-rows-above',
    'has blank rows above its header',
    (line) => `\r\n\r\n${HEADER}\r\n${line('ann')}\r\n`,
    [4],
  ),
  byHand(
    'comma-rows-above',
    'has rows of only commas above its header',
    (line) => `,,,,,,\n,,,,,,\n${HEADER}\n${line('ann')}\n`,
    [4],
  ),
  byHand(
    'blank-rows-between',
    'has blank rows of every kind among its clients',
    (line) => `${HEADER}\n\n${line('ann')}\n,,,,,,\n${line('bob')}\n   \n  ,\t,\n"","",""\n${line('cy')}\n`,
    [3, 5, 9],
  ),
  byHand(
    'blank-rows-below',
    'ends in a thousand blank rows',
    (line) => `${HEADER}\n${line('ann')}\n${',,,,,,\r\n'.repeat(1000)}`,
    [2],
  ),
  byHand(
    'blank-lines-below',
    'ends in many line breaks',
    (line) => `${HEADER}\r\n${line('ann')}${'\r\n'.repeat(50)}`,
    [2],
  ),
  byHand(
    'blank-row-under-header',
    'has a blank row right under its header',
    (line) => `${HEADER}\r\n\r\n${line('ann')}\r\n`,
    [3],
  ),
  byHand(
    'double-cr',
    'ends its rows in CR CR LF, as a transfer in text mode leaves it',
    (line) => `${HEADER}\r\r\n${line('ann')}\r\r\n${line('bob')}\r\r\n`,
    [3, 5],
  ),
];

const breaks: CorpusCase[] = [
  byHand(
    'no-final-break',
    'has no line break at its end',
    (line) => `${HEADER}\n${line('ann')}\n${line('bob')}`,
    [2, 3],
  ),
  byHand(
    'mixed-breaks',
    'was glued together from files with different line breaks',
    (line) => `${HEADER}\r\n${line('ann')}\n${line('bob')}\r${line('cy')}\r\n`,
    [2, 3, 4],
  ),
  declare('quoted-breaks', {
    about: 'has line breaks in cells of a column that is ignored, and in the header',
    content: [
      'First Name,Last Name,Email,Mobile,"Group\r\nIdentifier",Notes',
      'Ann,Lee,ann@quoted-breaks.example,+12125550123,Mayfair,"one\r\ntwo\r\n\r\nthree"',
      'Bob,Lee,bob@quoted-breaks.example,+12125550123,Mayfair,"one\ntwo"',
      'Cy,Lee,cy@quoted-breaks.example,+12125550123,Mayfair,"one\rtwo"',
      'Di,Lee,di@quoted-breaks.example,+12125550123,Mayfair,none',
    ].join('\r\n'),
    file: [{ code: 'file.unknown-column', says: ['Notes'] }],
    rows: ['Ann', 'Bob', 'Cy', 'Di'].map((firstName, i) => creates(i + 2, { firstName, teams: ['Mayfair'] })),
  }),
  declare('quoted-break-in-data', {
    about: 'has a line break in a company, which is refused on its own row',
    content: clientsText([
      somebody('quoted-break-in-data', 'ann', { company: 'Lee\n& Co' }),
      somebody('quoted-break-in-data', 'bob'),
    ]),
    rows: [
      rejects(2, { code: 'company.invalid', column: 'Company', letter: 'F', value: 'Lee\n& Co' }),
      creates(3, asWritten(somebody('quoted-break-in-data', 'bob'))),
    ],
  }),
];

const quotes: CorpusCase[] = [
  declare('lone-inch-mark', {
    about: 'has a quotation mark in the middle of a cell without quotes, as old systems write it',
    content: `${HEADER}\nAnn,Lee,ann@lone-inch-mark.example,+12125550123,Client,5" Pipes,Mayfair\n`,
    rows: [creates(2, { firstName: 'Ann', company: '5" Pipes' })],
  }),
  declare('unclosed-quote', {
    about: 'has a quotation mark that is never closed',
    content: `${HEADER}\r\n${clientLine(somebody('unclosed-quote')).join(',')}\r\nBob,"Lee,bob@unclosed-quote.example,+12125550123,,,Mayfair\r\n${`${clientLine(somebody('unclosed-quote', 'cy')).join(',')}\r\n`.repeat(3)}`,
    file: [{ code: 'file.unclosed-quote', line: 3, says: ['row 3'] }],
  }),
  declare('unclosed-quote-last', {
    about: 'has a quotation mark in its last cell that is never closed',
    content: `${HEADER}\nAnn,Lee,ann@unclosed-quote-last.example,+12125550123,,,"Mayfair`,
    file: [{ code: 'file.unclosed-quote', line: 2 }],
  }),
  declare('unclosed-quote-in-header', {
    about: 'has a quotation mark in its header that is never closed',
    content: `First Name,"Last Name,Email,Mobile,Group Identifier\nAnn,Lee,ann@example.com,+12125550123,Mayfair\n`,
    file: [{ code: 'file.unclosed-quote', line: 1 }],
  }),
  declare('quote-closes-rows-later', {
    about: 'has a quotation mark that swallows two rows until the next one',
    content: `${HEADER}\nAnn,"Lee,ann@x.example,+12125550123,,,Mayfair\nBob,Lee,bob@x.example,+12125550123,,,Mayfair\nCy,"Lee",cy@x.example,+12125550123,,,Mayfair\n`,
    file: [{ code: 'file.unclosed-quote', line: 2 }],
  }),
  declare('unclosed-quote-below-blanks', {
    about: 'has an unclosed quotation mark below blank rows and a cell of several lines',
    content: `\n${HEADER},Notes\nAnn,Lee,ann@example.com,+12125550123,,,Mayfair,"a\nb"\n,,,,\n"Bob,Lee,bob@example.com,+12125550123,,,Mayfair,\n`,
    file: [{ code: 'file.unclosed-quote', line: 5 }],
  }),
];

const shapes: CorpusCase[] = [
  declare('dos-end-of-file', {
    about: 'ends in the character by which programs of DOS ended their files',
    content: `${HEADER}\r\n${clientLine(somebody('dos-end-of-file')).join(',')}\r\n\x1a`,
    rows: [creates(2, asWritten(somebody('dos-end-of-file')))],
  }),
  declare('trailing-delimiters', {
    about: 'has two delimiters too many at the end of every row',
    content: writeRecords([
      [...CLIENT_HEADER, '', ''],
      [...clientLine(somebody('trailing-delimiters')), '', ''],
    ]),
    rows: [creates(2, asWritten(somebody('trailing-delimiters')))],
  }),
  declare('trailing-delimiters-in-rows', {
    about: 'has delimiters too many in its rows and not in its header',
    content: writeRecords([CLIENT_HEADER, [...clientLine(somebody('trailing-delimiters-in-rows')), '', ' ', '']]),
    rows: [creates(2, asWritten(somebody('trailing-delimiters-in-rows')))],
  }),
  declare('short-rows', {
    about: 'has rows that end early',
    content: `First Name,Last Name,Email,Mobile,Group Identifier,Company\nAnn,Lee,ann@short-rows.example,+12125550123,Mayfair\nBob,Lee\n`,
    rows: [
      creates(2, { firstName: 'Ann', company: null, teams: ['Mayfair'] }),
      rejects(3, 'email.missing', 'mobile.missing', 'group.missing'),
    ],
  }),
  declare('too-many-cells', {
    about: 'has a comma in a company without quotation marks, so that the row has slipped',
    content: `${HEADER}\nAnn,Lee,ann@too-many-cells.example,+12125550123,Client,Lee, Mayfair,Mayfair\n${clientLine(somebody('too-many-cells', 'bob')).join(',')}\n`,
    rows: [
      rejects(2, { code: 'row.too-many-cells', letter: 'H', value: 'Mayfair' }),
      creates(3, asWritten(somebody('too-many-cells', 'bob'))),
    ],
  }),
  declare('commas-in-semicolon-file', {
    about: 'has semicolons between cells and far more commas in them',
    content: clientsText([somebody('commas-in-semicolon-file', 'ann', { company: 'a,b,c,d,e,f,g,h,i,j,k' })], {
      delimiter: ';',
    }),
    rows: [creates(2, { company: 'a,b,c,d,e,f,g,h,i,j,k' })],
  }),
  declare('one-column', {
    about: 'has a single column',
    content: 'Email\nann@one-column.example\n',
    file: ['First Name', 'Last Name', 'Mobile', 'Group Identifier'].map((column) => ({
      code: 'file.missing-column' as const,
      column,
    })),
  }),
  declare('spaces-for-columns', {
    about: 'has its columns set by spaces',
    content:
      'First Name   Last Name   Email               Mobile\nAnn          Lee         ann@example.com     +12125550123\n',
    file: ['First Name', 'Last Name', 'Email', 'Mobile', 'Group Identifier'].map((column) => ({
      code: 'file.missing-column' as const,
      column,
    })),
  }),
];

export const DIALECTS: readonly CorpusCase[] = [
  ...every,
  ...separators,
  ...moreSeparators,
  ...blanks,
  ...breaks,
  ...quotes,
  ...shapes,
];
