import { describeProblem } from '../../domain/problem-catalogue';
import { bytesOf, codesOf, GOOD_LINE, HEADER_LINE, problemsOf } from './files';

const MEGABYTE = 1024 * 1024;
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le');
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('Files that are refused as a whole', () => {
  it.each<[string, Uint8Array | string, string, Record<string, string | number> | undefined]>([
    ['nothing', '', 'file.empty', undefined],
    ['a byte order mark only', '\ufeff', 'file.empty', undefined],
    ['white space', ' \n\t\r\n  ', 'file.empty', undefined],
    ['rows of delimiters only', ',,,\n;;\n', 'file.empty', undefined],
    ['a header only', `${HEADER_LINE}\n,,,,\n\n`, 'file.no-rows', undefined],
    ['a PDF', '%PDF-1.7 …', 'file.not-a-csv', { what: 'a PDF document' }],
    ['a PNG', bytesOf([0x89, 0x50, 0x4e, 0x47]), 'file.not-a-csv', { what: 'a picture (PNG)' }],
    ['a workbook', 'PK\x03\x04…', 'file.not-a-csv', { what: 'an Excel workbook (.xlsx) or another ZIP file' }],
    ['HTML', '\ufeff \n<!DOCTYPE html><html>', 'file.not-a-csv', { what: 'a web page (HTML or XML)' }],
    ['1,001 columns', `${','.repeat(1000)}x\n`, 'file.not-a-csv', { what: 'a table of 1001 columns' }],
    ['a NUL byte', `${HEADER_LINE}\nAnn\0,Lee`, 'file.not-a-csv', { what: 'a binary file, not text' }],
    ['UTF-16 with a mark', utf16(`\ufeff${HEADER_LINE}`), 'file.encoding', { encoding: 'UTF-16 (Unicode text)' }],
    ['UTF-16 without one', utf16(HEADER_LINE), 'file.encoding', { encoding: 'UTF-16 (Unicode text)' }],
    ['Latin-1', latin1(`${HEADER_LINE}\n${GOOD_LINE}\nJosé`), 'file.encoding', { line: 3 }],
    ['Latin-1 below a quoted break', latin1(`${HEADER_LINE}\r\n"A\r\nB"\r\nJosé`), 'file.encoding', { line: 3 }],
    ['an unclosed quote', `${HEADER_LINE}\n\n"Ann\n${GOOD_LINE}\n`, 'file.unclosed-quote', { line: 3 }],
    ['a quote that closes in another row', `${HEADER_LINE}\n"Ann\nBob,"Lee",x`, 'file.unclosed-quote', { line: 2 }],
    ['an unclosed quote in the header', `"${HEADER_LINE}\n${GOOD_LINE}`, 'file.unclosed-quote', { line: 1 }],
  ])('When the file holds %s, then it is refused and the reason says so', (_, content, code, details) => {
    const problems = problemsOf(content);
    expect(codesOf(problems)).toEqual([code]);
    expect(problems[0]!.details).toEqual(details);
  });

  it('When there are more rows than allowed, then their number and the limit are named', () => {
    const content = `${HEADER_LINE}\n${`${GOOD_LINE}\n\n`.repeat(501)}`;
    const [problem] = problemsOf(content);
    expect(problem).toMatchObject({ code: 'file.too-many-rows', details: { rows: 501, limit: 500 } });
    expect(describeProblem(problem!, null).message).toMatch(/has 501 rows .* At most 500/);
  });

  it('When there are far more rows than are ever parsed, then they are counted all the same', () => {
    const [problem] = problemsOf(`${HEADER_LINE}\n${`${GOOD_LINE}\n`.repeat(60_000)}`);
    expect(problem!.details).toEqual({ rows: 60_000, limit: 500 });
  });

  it('When required columns are missing, then each is named with its header, and so is what was found', () => {
    const problems = problemsOf('First Name,Surname,Email,Phone\nAnn,Lee,ann@example.com,1');
    expect(problems.map(({ code, column }) => [code, column])).toEqual([
      ['file.missing-column', 'Last Name'],
      ['file.missing-column', 'Mobile'],
      ['file.missing-column', 'Group Identifier'],
    ]);
    expect(describeProblem(problems[0]!, null).message).toContain('First Name, Surname, Email, Phone');
  });

  it('When the columns Role and Company are absent, then nothing is missing', () => {
    const content = 'First Name,Last Name,Email,Mobile,Group Identifier\n';
    expect(codesOf(problemsOf(content))).toEqual(['file.no-rows']);
  });

  it('When the header itself is missing, then no address or number of the first client is repeated', () => {
    const found = problemsOf(`${GOOD_LINE}\n${GOOD_LINE}`)[0]!.details?.['found'];
    expect(found).toBe('Ann, Lee, …, …, Client, Lee & Co, Mayfair');
  });

  it('When a known column is there twice, then both places are named', () => {
    const problems = problemsOf(`${HEADER_LINE},Notes,e-mail\n${GOOD_LINE}`);
    expect(problems).toMatchObject([
      { code: 'file.duplicate-column', column: 'e-mail', letter: 'I', details: { first: 'C' } },
    ]);
  });

  it('When it is the staff template, then it says that and nothing else', () => {
    const problems = problemsOf(
      'First Name,Last Name,Email,Mobile,Role,Client Teams\nAnn,Lee,a@example.com,+1,Staff,X',
    );
    expect(problems).toMatchObject([{ code: 'file.staff-template', column: 'Client Teams', letter: 'F' }]);
  });
});

describe('Hostile files', () => {
  const size = 5 * MEGABYTE;
  it.each([
    ['a header of a million columns', `${Array.from({ length: 1e6 }, (_, i) => `c${i}`).join(',')}\n${GOOD_LINE}`],
    ['a header of 40,000 columns', `${','.repeat(40_000)}x\n${GOOD_LINE}`],
    ['a million commas', ','.repeat(1e6)],
    ['a cell of 10 MB', `${HEADER_LINE}\n"${'x'.repeat(10 * MEGABYTE)}"`],
    ['an unclosed quote before 5 MB', `${HEADER_LINE}\n"${`${GOOD_LINE}\n`.repeat(size / GOOD_LINE.length)}`],
    ['5 MB of quotation marks', '"'.repeat(size)],
    ['5 MB of line breaks before a cell', `${'\n'.repeat(size)}x`],
    ['5 MB of line breaks between two cells', `${HEADER_LINE}${'\n'.repeat(size)}x`],
    ['5 MB of rows of two cells', `${HEADER_LINE}\n${'x,\n'.repeat(size / 3)}`],
    ['5 MB of lone quotation marks', `${HEADER_LINE}\n${'"\n'.repeat(size / 2)}`],
    ['5 MB of zeros', Buffer.alloc(size)],
    ['5 MB of a byte that is no UTF-8', Buffer.alloc(size, 0xff)],
  ])('When the file is %s, then it is refused within 2 s', (_, content) => {
    const start = performance.now();
    expect(problemsOf(content).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('When 50 rows have 100,000 cells each, then they are read within 2 s', () => {
    const start = performance.now();
    problemsOf(`${HEADER_LINE}\n${`${','.repeat(99_000)}\n`.repeat(50)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('When a row is too long to be one, then the reason names the row', () => {
    const [problem] = problemsOf(`${HEADER_LINE}\n${GOOD_LINE}\n${'x'.repeat(200_000)}`);
    expect(describeProblem(problem!, null).message).toContain('row 3 alone has more than 100,000 characters');
  });
});
