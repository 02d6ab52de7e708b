import { asWritten, somebody } from '../people-fixtures';
import { creates, declare, plans, rejects } from '../case';
import type { CorpusCase, ExpectedProblem, UploadOptions } from '../case';
import { bytes, CLIENT_HEADER, clientsText, encode, writeRecords } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

type Names = readonly (readonly [firstName: string, lastName: string, company: string])[];

const WESTERN: Names = [
  ['José', 'Núñez', 'Peña e Hijos'],
  ['Zoë', 'O’Neill', 'Café „Größe“ – 5 €'],
];
const EVERYWHERE: Names = [
  ['Łukasz', 'Żółć', 'Wójcik i Synowie'],
  ['さくら', '田中', '王氏茶叶'],
  ['فاطمة', 'الزهراء', 'مكتبة الزهراء'],
  ['Олена', 'Шевченко', '🏳️‍🌈 & Co'],
];
const CENTRAL: Names = [['Łukasz', 'Żółć', 'Řeřicha a syn']];
const CYRILLIC: Names = [['Юлия', 'Щербакова', 'Ёлка']];
const JAPANESE: Names = [
  // The second byte of ポ and of 表 is that of | and of \ in ASCII.
  ['ポール', '表', 'ソフト、能'],
  ['さくら', '田中', 'ﾊﾝｶｸ'],
];
const CHINESE: Names = [['明', '王', '北京茶叶']];
const TAIWANESE: Names = [['志明', '許功蓋', '臺北']];
const KOREAN: Names = [['현우', '김', '한옥']];
const GREEK: Names = [['Γιώργος', 'Παπαδόπουλος', 'Ελιά']];
const TURKISH: Names = [['Işıl', 'Şğüöç', 'İstanbul']];
const HEBREW: Names = [['נועה', 'בן־עמי', 'שלום']];

const peopleOf = (caseName: string, names: Names): Cells[] =>
  names.map(([firstName, lastName, company], i) =>
    somebody(caseName, `p${i}`, { firstName, lastName, company, mobile: `+1212555012${i}` }),
  );

/** A file in one encoding whose people come out as they went in. */
function readsBack(
  name: string,
  about: string,
  names: Names,
  write: (people: Cells[]) => Uint8Array,
  more: { upload?: UploadOptions; file?: readonly ExpectedProblem[] } = {},
): CorpusCase {
  const people = peopleOf(name, names);
  const row = more.upload?.mode === 'preview' ? plans : creates;
  return declare(name, {
    about,
    content: () => write(people),
    rows: people.map((cells, i) => row(i + 2, asWritten(cells))),
    ...more,
  });
}

const inEncoding =
  (encoding: string, mark = false, delimiter = ',') =>
  (people: Cells[]): Uint8Array =>
    encode(clientsText(people, { delimiter }), encoding, { mark });

const named = (name: string, encoding: string, names: Names, iconvName = encoding): CorpusCase =>
  readsBack(name, `is saved as ${encoding}, which the upload says`, names, inEncoding(iconvName), {
    upload: { encoding, mode: 'preview' },
  });

/** What a guess has to say: what was guessed, and how a word of the file reads by it. */
const guessed = (sample: string, line: number): ExpectedProblem => ({
  code: 'file.encoding-guessed',
  value: sample,
  line,
  says: ['windows-1252'],
});

const certain: CorpusCase[] = [
  readsBack('utf8', 'is saved as UTF-8 without a mark', EVERYWHERE, inEncoding('utf8')),
  readsBack('utf8-mark', 'is saved as “CSV UTF-8” by Excel', EVERYWHERE, inEncoding('utf8', true)),
  readsBack('utf8-mark-quoted', 'has a mark in front of a header in quotation marks', EVERYWHERE, (people) =>
    encode(clientsText(people, { quoteAll: true }), 'utf8', { mark: true }),
  ),
  readsBack('utf8-two-marks', 'got its mark twice, from two programs', WESTERN, (people) =>
    bytes('\ufeff', inEncoding('utf8', true)(people)),
  ),
  readsBack('utf8-mark-named', 'has a mark, and the upload says the same', WESTERN, inEncoding('utf8', true), {
    upload: { encoding: 'utf-8' },
  }),
  readsBack('utf16le-mark-tabs', 'is the “Unicode text” of Excel', EVERYWHERE, inEncoding('utf16le', true, '\t')),
  readsBack('utf16le-mark-commas', 'is UTF-16, little end first, with commas', EVERYWHERE, inEncoding('utf16le', true)),
  readsBack('utf16be-mark-tabs', 'is UTF-16, big end first', EVERYWHERE, inEncoding('utf16be', true, '\t')),
  readsBack(
    'utf16le-tabs',
    'is UTF-16, little end first, without a mark',
    EVERYWHERE,
    inEncoding('utf16le', false, '\t'),
  ),
  readsBack(
    'utf16be-semicolons',
    'is UTF-16, big end first, without a mark',
    EVERYWHERE,
    inEncoding('utf16be', false, ';'),
  ),
  readsBack(
    'utf16-named-only',
    'is UTF-16, of which the upload says no order',
    WESTERN,
    inEncoding('utf16le', true, '\t'),
    {
      upload: { encoding: 'utf-16' },
    },
  ),
  readsBack(
    'utf16le-quoted-breaks',
    'is UTF-16 with characters that hold the bytes of line breaks and of commas',
    // U+0A09, U+0D0E, U+2C0A, U+2C0D, U+0A0A: in bytes, line feeds, returns and commas.
    [['Ɐ\u0a09\u0d0e', 'ⰊⰍ', 'ਊ']],
    inEncoding('utf16le', true),
  ),
];

const byName: CorpusCase[] = [
  named('named-windows-1252', 'windows-1252', WESTERN),
  named('named-latin1', 'ISO-8859-1', [['José', 'Núñez', 'Peña e Hijos']], 'windows-1252'),
  named('named-iso-8859-15', 'iso-8859-15', [['Žofie', 'Œuvre', 'Café 5 €']]),
  named('named-macintosh', 'macintosh', [['José', 'O’Neill', 'Café „Größe“ – Œuvre']]),
  readsBack(
    'named-macintosh-euro',
    'is saved by a Mac, where the euro sign took the place of another one in 1998',
    [['Zoë', 'Lee', 'Café 5 €']],
    (people) => encode(clientsText(people).replaceAll('€', '¤'), 'macintosh'),
    { upload: { encoding: 'macintosh' } },
  ),
  named('named-ibm850', 'ibm850', [['José', 'Núñez', 'Größe & Çelik']], 'cp850'),
  named('named-windows-1250', 'windows-1250', CENTRAL),
  named('named-iso-8859-2', 'iso-8859-2', CENTRAL),
  named('named-windows-1251', 'windows-1251', CYRILLIC),
  named('named-koi8-r', 'koi8-r', CYRILLIC),
  named('named-windows-1253', 'windows-1253', GREEK),
  named('named-windows-1254', 'windows-1254', TURKISH),
  named('named-windows-1255', 'windows-1255', HEBREW),
  named('named-shift-jis', 'shift_jis', JAPANESE),
  named('named-gb18030', 'gb18030', CHINESE),
  named('named-big5', 'big5', TAIWANESE),
  named('named-euc-kr', 'euc-kr', KOREAN),
  named('named-utf8', 'utf-8', EVERYWHERE, 'utf8'),
  named('named-case-and-signs', 'WINDOWS 1252', WESTERN, 'windows-1252'),
];

const guesses: CorpusCase[] = [
  readsBack(
    'guessed-windows-1252',
    'was saved as plain CSV by Excel in Western Europe',
    WESTERN,
    inEncoding('windows-1252'),
    {
      file: [guessed('José', 2)],
    },
  ),
  readsBack(
    'guessed-semicolons',
    'was saved as plain CSV by a German Excel',
    [['Jürgen', 'Großmann', 'Müller & Söhne GmbH']],
    inEncoding('windows-1252', false, ';'),
    { file: [guessed('Jürgen', 2)] },
  ),
  declare('guessed-header-accents', {
    about: 'has accents in its header only, in windows-1252',
    content: encode(
      writeRecords(
        [
          ['Prénom', 'Nom', 'Courriel', 'Téléphone portable', 'Société', 'Équipe'],
          ['Anne', 'Lee', 'ann@guessed-header-accents.example', '+12125550123', 'Lee SA', 'Mayfair'],
        ],
        { delimiter: ';' },
      ),
      'windows-1252',
    ),
    file: [guessed('Prénom', 1)],
    rows: [creates(2, { firstName: 'Anne', lastName: 'Lee', company: 'Lee SA', teams: ['Mayfair'] })],
  }),
];

/** Letters that some program has mixed up already, in the first cell where that shows. */
const garbled = (value: string, suggestion: string): ExpectedProblem => ({
  code: 'file.garbled-text',
  ...{ line: 2, column: 'First Name', letter: 'A', value, suggestion },
});

const damaged: CorpusCase[] = [
  declare('garbled-before', {
    about: 'holds names that another program has read in the wrong encoding',
    content: clientsText(peopleOf('garbled-before', [['JosÃ©', 'NÃºÃ±ez', 'Lee']])),
    file: [garbled('JosÃ©', 'José')],
    rows: [
      rejects(2, { code: 'cell.garbled-letters', letter: 'A' }, { code: 'cell.garbled-letters', value: 'NÃºÃ±ez' }),
    ],
  }),
  declare('wrong-windows-1252', {
    about: 'is UTF-8, and the upload says windows-1252: as was said, but not without a word',
    content: clientsText(peopleOf('wrong-windows-1252', [['José', 'Lee', 'Lee']])),
    upload: { encoding: 'windows-1252' },
    file: [garbled('JosÃ©', 'José')],
    rows: [rejects(2, { code: 'cell.garbled-letters', letter: 'A', value: 'JosÃ©' })],
  }),
  declare('wrong-utf8', {
    about: 'is no UTF-8, though the upload says so',
    content: encode(clientsText(peopleOf('wrong-utf8', WESTERN)), 'windows-1252'),
    upload: { encoding: 'utf-8' },
    file: [{ code: 'file.encoding', line: 2, says: ['utf-8'] }],
  }),
  declare('wrong-name-for-mark', {
    about: 'begins with the mark of UTF-8, and the upload says windows-1252',
    content: encode(clientsText(peopleOf('wrong-name-for-mark', WESTERN)), 'utf8', { mark: true }),
    upload: { encoding: 'windows-1252' },
    file: [{ code: 'file.encoding', says: ['utf-8', 'windows-1252'] }],
  }),
  declare('wrong-shift-jis', {
    about: 'is windows-1252, and the upload says Shift_JIS',
    content: encode(clientsText(peopleOf('wrong-shift-jis', [['José', 'Núñez', 'Peña']])), 'windows-1252'),
    upload: { encoding: 'shift_jis' },
    file: [{ code: 'file.encoding', line: 2, says: ['shift_jis'] }],
  }),
  declare('unknown-encoding-name', {
    about: 'comes with an encoding that nobody knows',
    content: clientsText(peopleOf('unknown-encoding-name', WESTERN)),
    upload: { encoding: 'klingon' },
    refusal: { httpStatus: 400, code: 'invalid-request' },
  }),
  declare('base64-is-no-encoding', {
    about: 'comes with a way of wrapping bytes where an encoding belongs',
    content: clientsText(peopleOf('base64-is-no-encoding', WESTERN)),
    upload: { encoding: 'base64' },
    refusal: { httpStatus: 400, code: 'invalid-request' },
  }),
  declare('utf8-and-others', {
    about: 'is UTF-8 but for one row, which came from somewhere else',
    content: bytes(`${CLIENT_HEADER.join(',')}\r\nJosé,Lee\r\nM`, 0xfc, `ller,Lee\r\n`),
    file: [{ code: 'file.mixed-encodings', line: 3 }],
  }),
  declare('utf16-half-a-character', {
    about: 'is UTF-16 and was cut off in the middle of a character',
    content: encode(clientsText(peopleOf('utf16-half-a-character', WESTERN)), 'utf16le', { mark: true }).subarray(
      0,
      -1,
    ),
    file: [{ code: 'file.encoding', says: ['utf-16'] }],
  }),
  declare('utf16-lone-surrogate', {
    about: 'is UTF-16 and holds half of a pair',
    content: encode(`${CLIENT_HEADER.join('\t')}\r\nAnn\ud83d\tLee\r\n`, 'utf16le', { mark: true }),
    file: [{ code: 'file.encoding', line: 2, says: ['utf-16'] }],
  }),
  declare('utf8-cut-in-a-character', {
    about: 'is UTF-8, has the mark, and was cut off in the middle of a character',
    content: bytes('\ufeff', CLIENT_HEADER.join(','), '\r\nAnn,Lee,ann@example.com,+12125550123,,Caf', 0xc3),
    file: [{ code: 'file.encoding', line: 2 }],
  }),
  declare('utf32', {
    about: 'is UTF-32, which no spreadsheet program saves',
    content: encode(clientsText(peopleOf('utf32', WESTERN)), 'utf-32le', { mark: true }),
    file: ['file.not-a-csv'],
  }),
  declare('utf8-replacement-character', {
    about: 'is UTF-8 and an earlier program has already lost a letter of it, which is an error of the cell',
    content: clientsText(peopleOf('utf8-replacement-character', [['Jos\ufffd', 'Lee', 'Lee']])),
    rows: [rejects(2, { code: 'cell.lost-letters', letter: 'A' })],
  }),
  declare('control-characters-of-iso-2022', {
    about: 'is ISO-2022-JP, whose escapes would be control characters in a name',
    content: bytes(
      `${CLIENT_HEADER.join(',')}\r\n`,
      0x1b,
      '$B;3ED',
      0x1b,
      '(B,Lee,ann@control-characters.example,+12125550123,,,Mayfair\r\n',
    ),
    file: [{ code: 'file.encoding', says: ['ISO-2022'] }],
  }),
];

export const ENCODINGS: readonly CorpusCase[] = [...certain, ...byName, ...guesses, ...damaged];
