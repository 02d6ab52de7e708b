import iconv from 'iconv-lite';
import { decode, WINDOWS_1252 } from '../../../../domain/reading/encoding/encodings';
import { isAtHome } from '../../../../domain/reading/encoding/is-at-home';
import { GOOD_LINE, HEADER_LINE, problemsOf, tableOf } from '../files';
import { filesOf } from './lists-as-files';
import { NAME_LISTS } from './name-lists';

/** One of each group of languages; `npm run encodings` goes over all countries. */
const COUNTRIES = ['DE', 'FR', 'ES', 'PT', 'IT', 'NO', 'IS', 'FI', 'NL', 'GB', 'PL', null];
const WHOLE = 1000;
const PART = 4;

const fileWith = (name: string, encoding: string): Uint8Array =>
  iconv.encode(`${HEADER_LINE}\r\n${GOOD_LINE.replace('Ann', name)}`, encoding);

describe('Lists of names in every encoding that fits them', () => {
  it.each(Object.keys(NAME_LISTS))('When a list is %s, then no country carries it out garbled', (language) => {
    for (const { bytes, encoding, text } of filesOf(language, [WHOLE, PART])) {
      if (decode(bytes, WINDOWS_1252).normalize('NFC') === text) continue;
      const carriedOut = COUNTRIES.filter((country) => isAtHome(bytes, country));
      expect({ encoding, carriedOut }).toEqual({ encoding, carriedOut: [] });
    }
  });

  it('When Western offices save their own lists, then they are asked about few of them', () => {
    const lists = Object.entries(NAME_LISTS).flatMap(([language, { home = '' }]) =>
      home
        .split(' ')
        .filter(Boolean)
        .flatMap((country) => filesOf(language, [WHOLE], WINDOWS_1252).map(({ bytes }) => isAtHome(bytes, country))),
    );
    expect(lists.filter(Boolean).length / lists.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe('A guess never sends', () => {
  it.each([
    ['Иван', 'windows-1251', 'DE'],
    ['Γιώργος', 'windows-1253', 'FR'],
    ['Łukasz', 'windows-1250', 'GB'],
    ['Ayşe', 'windows-1254', 'IS'],
    ['王伟', 'gb18030', 'US'],
    ['김현우', 'euc-kr', 'DE'],
    ['さくら', 'shift_jis', 'AU'],
    ['Müller', 'ibm850', 'DE'],
    ['García', 'macintosh', 'ES'],
    ['José', 'windows-1252', null],
    ['José', 'windows-1252', 'PL'],
  ])('When %s is saved as %s and the default country is %s, then the table asks', async (name, encoding, country) => {
    const { questions = [], warnings } = await tableOf(fileWith(name, encoding), { defaultCountry: country });
    expect(questions).toMatchObject([{ kind: 'encoding', problem: { code: 'file.encoding-unclear' } }]);
    expect(questions[0]!.choices).toContainEqual({ value: encoding, sample: name });
    expect(warnings).toEqual([questions[0]!.problem]);
  });

  it('When one of the choices is named, then the same file is read without a question', async () => {
    const { rows, questions } = await tableOf(fileWith('Иван', 'windows-1251'), {
      defaultCountry: 'DE',
      encoding: 'windows-1251',
    });
    expect(rows[0]!.cells.firstName).toBe('Иван');
    expect(questions).toBeUndefined();
  });
});

describe('UTF-8 with other bytes in it', () => {
  const damaged = (lines: readonly string[]): Uint8Array =>
    Buffer.concat(lines.map((line) => Buffer.from(`${line}\r\n`, line.includes('ü') ? 'latin1' : 'utf8')));

  it.each([
    ['one', [HEADER_LINE, 'José,Lee', 'Müller,Lee', 'Zoë,Lee'], '3'],
    ['several', [HEADER_LINE, 'Müller,Lee', 'José,Peña', 'Zoë,Lee', 'Mühl,Lee', 'Büll,Lee', 'Zoé,Lea'], '2,5-6'],
  ])('When %s of the rows is not UTF-8, then the file is refused with those rows', async (_, lines, rows) => {
    const problems = await problemsOf(damaged(lines), { defaultCountry: 'DE' });
    expect(problems).toMatchObject([{ code: 'file.mixed-encodings', details: { lines: rows } }]);
    expect(await problemsOf(damaged(lines), { encoding: 'utf-8' })).toMatchObject([{ code: 'file.mixed-encodings' }]);
  });
});

describe('Letters in escape sequences', () => {
  it.each([
    ['ISO-2022', '\x1b$B;3ED\x1b(B'],
    ['HZ-GB-2312', '~{VPND~}'],
    ['UTF-7', 'Jos+AOk-'],
  ])('When a text is %s, then it is refused by name', async (name, cell) => {
    const [problem] = await problemsOf(`${HEADER_LINE}\n${GOOD_LINE.replace('Ann', cell)}`);
    expect(problem).toMatchObject({
      code: 'file.encoding',
      details: { reason: expect.stringContaining(name) as string },
    });
  });

  it.each(['+49-171-1234567', 'ann+tag-x@b.example', 'A+B-C', 'C++-Team', '~{x'])(
    'When a cell is %s, then it is plain text',
    async (cell) => {
      expect((await tableOf(`${HEADER_LINE}\n${GOOD_LINE.replace('Ann', cell)}`)).rows[0]!.cells.firstName).toBe(cell);
    },
  );
});

describe('UTF-16 without a mark', () => {
  it.each(['utf16le', 'utf16be'])(
    'When its header begins with other letters, then %s is seen too',
    async (encoding) => {
      const content = iconv.encode(`Имя,Last Name,Email,Mobile,Company,Group Identifier\r\nИван,Lee,,,,`, encoding, {
        addBOM: false,
      });
      const { layout, rows } = await tableOf(content, { headerAliases: { firstName: ['Имя'] } });
      expect([layout.encoding, rows[0]!.cells.firstName]).toEqual([encoding, 'Иван']);
    },
  );
});
