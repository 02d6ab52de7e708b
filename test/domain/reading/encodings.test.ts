import iconv from 'iconv-lite';
import { ENCODING_NAMES, encodingCalled, isKnownEncoding } from '../../../domain/reading/encoding/encodings';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { bytesOf, GOOD_LINE, HEADER_LINE, problemsOf, read, tableOf } from './files';
import type { Content } from './files';
import { workedSince } from '../../corpus-tools/timed';

const textWith = (name: string): string => `${HEADER_LINE}\r\n${GOOD_LINE.replace('Ann', name)}\r\n`;
const nameIn = async (content: Content, encoding?: string): Promise<string | undefined> =>
  (await tableOf(content, encoding === undefined ? {} : { encoding })).rows[0]!.cells.firstName;
const encoded = (text: string, encoding: string, addBOM = false): Uint8Array =>
  iconv.encode(text, encoding, { addBOM });

describe('Encodings that are certain', () => {
  it.each([
    ['utf8', true],
    ['utf8', false],
    ['utf16le', true],
    ['utf16le', false],
    ['utf16be', true],
    ['utf16be', false],
  ])(
    'When a file is saved as %s (marked: %p), then every script is read without a word about it',
    async (encoding, mark) => {
      for (const name of ['Zoë', 'Łukasz', 'Юлия', 'فاطمة', '田中', '👩🏽‍💻', '\u0a0a\u0d0d']) {
        const { rows, layout, warnings } = await tableOf(encoded(textWith(name), encoding, mark));
        expect(rows[0]!.cells.firstName).toBe(name);
        expect(layout).toMatchObject({ encoding, byteOrderMark: mark });
        expect(warnings).toEqual([]);
      }
    },
  );

  it.each(['一郎', 'Ānanda', 'A\u0300nn', '田中一'])(
    'When a header in other letters is saved as UTF-16 without a mark, then %s is no binary file though a byte of it is 0',
    async (name) => {
      for (const encoding of ['utf16le', 'utf16be']) {
        const header = 'Język,First Name,Last Name,Email,Mobile,Group Identifier';
        const { rows, layout } = await tableOf(
          encoded(`${header}\npl,${name},Lee,ann@example.com,+447911123456,Mayfair\n`, encoding),
        );
        expect(rows[0]!.cells.firstName).toBe(name);
        expect(layout.encoding).toBe(encoding);
      }
    },
  );

  it('When as many zeros are at both sides, then the file is a binary one', async () => {
    const numbers = Buffer.alloc(4_000);
    for (let i = 0; i < numbers.length; i += 4) numbers.writeInt32LE(1 + (i % 200), i);
    const reading = await read(Buffer.concat([Buffer.from('\u0119\u0119', 'utf16le'), numbers]));
    expect(reading.ok).toBe(false);
  });

  it('When two programs have put a mark in front, then neither is taken for a letter', async () => {
    expect(await nameIn(Buffer.from(`\ufeff\ufeff${textWith('Zoë')}`))).toBe('Zoë');
  });

  it('When an earlier program has lost a letter, then what stands for it is kept', async () => {
    expect(await nameIn(textWith('Zo\ufffd'))).toBe('Zo\ufffd');
  });
});

describe('Encodings that are guessed', () => {
  it('When a file is surely what offices of the country save, then it is read as windows-1252, and a word of it shows how', async () => {
    const { rows, layout, warnings } = await tableOf(encoded(textWith('O’Neill “Jürgen” 5 €'), 'windows-1252'), {
      defaultCountry: 'IE',
    });
    expect(rows[0]!.cells.firstName).toBe('O’Neill “Jürgen” 5 €');
    expect(layout).toEqual({ format: 'csv', encoding: 'windows-1252', byteOrderMark: false, delimiter: ',' });
    expect(warnings).toMatchObject([{ code: 'file.encoding-guessed', value: '“Jürgen”', details: { line: 2 } }]);
    expect(describeProblem(warnings[0]!, null)).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/windows-1252.*row 2/) as string,
      fix: expect.stringContaining('windows-1251') as string,
    });
  });

  it.each([
    ['a header', `Prénom;Nom;E-mail;Portable;Groupe\nJosé;Müller;Hernández;Núñez;González`, 'Prénom', 1],
    ['a row below a quoted line break', `${HEADER_LINE}\nA,"b\r\nc"\nJosé María,Hernández`, 'José', 3],
    ['a sign before a letter', `${HEADER_LINE}\nAnn,5 €\nMüller,Hernández\nJosé,González`, 'Müller', 3],
  ])(
    'When the first letter beyond ASCII stands in %s, then that is the word and row shown',
    async (_, text, word, line) => {
      const { warnings } = await tableOf(encoded(text, 'windows-1252'), { defaultCountry: 'ES' });
      expect(warnings).toMatchObject([{ code: 'file.encoding-guessed', value: word, details: { line } }]);
    },
  );

  it('When the file is long and all one word, then the sample is short and found at once', async () => {
    const before = process.cpuUsage();
    const text = `${HEADER_LINE}\n${`${'x'.repeat(90_000)}\n`.repeat(40)}${'y'.repeat(80_000)}é${'z'.repeat(9000)}`;
    const { warnings } = await tableOf(encoded(text, 'windows-1252'));
    expect(warnings.at(0)).toMatchObject({ code: 'file.encoding-unclear' });
    expect(warnings.at(0)!.value).toMatch(/^y{60}éz+$/);
    expect(workedSince(before)).toBeLessThan(6000);
  });

  it.each([
    ['a byte that is no character', [0x81]],
    ['a lead byte of Shift_JIS', [0x8f, 0xab]],
  ])('When %s of windows-1252 is in it, then that is none of the choices', async (_, bad) => {
    const content = Buffer.concat([bytesOf(`${HEADER_LINE}\n${GOOD_LINE}\nJos`), bytesOf(bad), bytesOf(',Lee')]);
    const { questions = [] } = await tableOf(content, { defaultCountry: 'ES' });
    expect(questions[0]!.choices.length).toBeGreaterThan(0);
    expect(questions[0]!.choices.map(({ value }) => value)).not.toContain('windows-1252');
  });

  it('When a run of bytes is no text, then it is refused or asked about, never read without a word', async () => {
    const content = Buffer.concat([
      bytesOf(`${HEADER_LINE}\n${GOOD_LINE}\nJos`),
      Buffer.alloc(400, 0xff),
      bytesOf(',Lee'),
    ]);
    const reading = await read(content);
    const [problem] = reading.ok ? reading.table.warnings : reading.problems;
    expect(problem!.code).toMatch(/^file\.encoding/);
  });
});

describe('Letters that were lost before', () => {
  it.each(['José', 'O’Neill', 'Ömer', 'Олег', '田中', 'Müller & Söhne'])(
    'When another program has read %s in UTF-8 as windows-1252, then the file is read, and the warning says so',
    async (name) => {
      const garbled = iconv.decode(Buffer.from(name), 'windows-1252');
      const { rows, warnings } = await tableOf(`${HEADER_LINE}\n${GOOD_LINE}\n${GOOD_LINE.replace('Ann', garbled)}`);
      expect(rows[1]!.cells.firstName).toBe(garbled);
      expect(warnings).toMatchObject([
        ...[{ code: 'file.garbled-text', letter: 'A', value: garbled, suggestion: name, details: { line: 3 } }],
      ]);
    },
  );

  it.each(['José', 'Ångström', 'ÂME', 'Ünal™', 'Ø–Å', 'Õ’Neill', 'Curaçao…', 'Ã', 'É€', 'Ã\ufffd'])(
    'When somebody is called %s, then that is no such thing',
    async (name) => {
      expect((await tableOf(textWith(name))).warnings).toEqual([]);
    },
  );
});

describe('Encodings that the upload names', () => {
  it.each([
    ['windows-1250', 'Řeřicha'],
    ['windows-1251', 'Щербакова'],
    ['windows-1253', 'Γιώργος'],
    ['windows-1254', 'Işıl'],
    ['iso-8859-2', 'Żółć'],
    ['macintosh', 'José'],
    ['ibm850', 'Größe'],
    ['koi8-r', 'Юлия'],
    ['shift_jis', 'ポール表'],
    ['euc-jp', '田中'],
    ['gb18030', '北京'],
    ['big5', '許功蓋'],
    ['euc-kr', '현우'],
  ])('When it is %s, then the file is read so, and the layout says it', async (encoding, name) => {
    const { rows, layout, warnings } = await tableOf(encoded(textWith(name), encoding), { encoding });
    expect(rows[0]!.cells.firstName).toBe(name);
    expect(iconv.encode(name, layout.encoding)).toEqual(iconv.encode(name, encoding));
    expect(warnings).toEqual([]);
  });

  it('When a file could be read as UTF-8 as well, then the name counts', async () => {
    expect(await nameIn(Buffer.from(textWith('Ã©')), 'windows-1252')).toBe('ÃƒÂ©'.normalize());
  });

  it('When latin1 is named, then the signs of its superset are read', async () => {
    expect(await nameIn(encoded(textWith('O’Neill'), 'windows-1252'), 'ISO-8859-1')).toBe('O’Neill');
  });

  it.each(['utf-16', 'utf-16le', 'utf-16be'])(
    'When %s is named, then the order of the bytes is found out',
    async (name) => {
      for (const actual of ['utf16le', 'utf16be'])
        for (const mark of [true, false]) {
          expect(await nameIn(encoded(textWith('Zoë'), actual, mark), name)).toBe('Zoë');
        }
    },
  );

  it.each<[string, Uint8Array, string, RegExp]>([
    ['is not what was named', encoded(textWith('José'), 'windows-1252'), 'utf-8', /not utf-8.*row 2/],
    [
      'has bytes that the named one lacks',
      encoded(textWith('José'), 'windows-1252'),
      'shift_jis',
      /not shift_jis.*row 2/,
    ],
    [
      'is marked as something else',
      encoded(textWith('José'), 'utf8', true),
      'windows-1252',
      /mark of utf-8.*windows-1252/,
    ],
    [
      'is in an encoding of no known name',
      Buffer.from(textWith('José')),
      'klingon',
      /“klingon” is an unknown encoding/,
    ],
  ])('When a file %s, then it is refused and the reason says so', async (_, content, encoding, message) => {
    const [problem, ...others] = await problemsOf(content, { encoding });
    expect(others).toEqual([]);
    expect(problem!.code).toBe('file.encoding');
    expect(describeProblem(problem!, null).message).toMatch(message);
  });

  it.each<[string, Uint8Array]>([
    ['was cut off in the middle of a character', encoded(textWith('José'), 'utf16le', true).subarray(0, -1)],
    ['holds half of a pair', encoded(`${HEADER_LINE}\nAnn\ud83d,Lee`, 'utf16le', true)],
  ])('When a file in UTF-16 %s, then it is refused rather than read with a gap', async (_, content) => {
    const [problem] = await problemsOf(content);
    expect(problem).toMatchObject({ code: 'file.encoding' });
    expect(describeProblem(problem!, null).message).toContain('utf-16le');
  });
});

describe('Names of encodings', () => {
  it.each(ENCODING_NAMES)('When %s is asked for, then it is known, and text goes there and back', (name) => {
    const encoding = encodingCalled(name)!;
    expect(iconv.decode(iconv.encode(HEADER_LINE, encoding), encoding)).toBe(HEADER_LINE);
  });

  it.each(['UTF8', 'Utf-16', 'WINDOWS 1252', 'cp1252', 'latin1', 'ANSI', 'Shift-JIS', 'cp850', 'mac', 'us-ascii'])(
    'When it is called %s, then it is known',
    (name) => {
      expect(isKnownEncoding(name)).toBe(true);
    },
  );

  it.each(['', ' ', 'klingon', 'base64', 'hex', 'utf-7', 'constructor', '__proto__', 'toString', 'binary'])(
    'When it is called “%s”, then it is not',
    (name) => {
      expect(isKnownEncoding(name)).toBe(false);
    },
  );
});
