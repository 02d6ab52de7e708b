import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { bytesOf, codesOf, GOOD_LINE, HEADER_LINE, problemsOf, read } from './files';
import { workedSince } from '../../corpus-tools/timed';
import { slowness } from '../../support/slowness';

const MEGABYTE = 1024 * 1024;
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
/** An old Office file begins like this; the names of what is in it follow somewhere. */
const oldOffice = (...names: string[]): Uint8Array =>
  Buffer.concat([bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), ...names.map((name) => Buffer.from(name, 'utf16le'))]);

const BINARY = 'a binary file, not text';
const PROTECTED = 'a workbook or document that is protected by a password';

describe('Files that are refused as a whole', () => {
  it.each<[string, Uint8Array | string, string, Record<string, string | number> | undefined]>([
    ['nothing', '', 'file.empty', undefined],
    ['a byte order mark only', '\ufeff', 'file.empty', undefined],
    ['white space', ' \n\t\r\n  ', 'file.empty', undefined],
    ['rows of delimiters only', ',,,\n;;\n', 'file.empty', undefined],
    ['a header only', `${HEADER_LINE}\n,,,,\n\n`, 'file.no-rows', undefined],
    ['a PDF', '%PDF-1.7 …', 'file.not-a-csv', { what: 'a PDF document' }],
    ['a PNG', bytesOf([0x89, 0x50, 0x4e, 0x47]), 'file.not-a-csv', { what: 'a picture (PNG)' }],
    ['a JPEG', bytesOf([0xff, 0xd8, 0xff, 0xe0]), 'file.not-a-csv', { what: 'a picture (JPEG)' }],
    ['gzip', bytesOf([0x1f, 0x8b, 8, 0]), 'file.not-a-csv', { what: 'a compressed file (gzip)' }],
    ['RTF', '{\\rtf1\\ansi', 'file.not-a-csv', { what: 'a text document (RTF)' }],
    ['an old workbook', oldOffice('Workbook'), 'file.not-a-csv', { what: 'an old Excel workbook (.xls)' }],
    ['a workbook with a password', oldOffice('EncryptedPackage'), 'file.not-a-csv', { what: PROTECTED }],
    ['an old document', oldOffice('WordDocument'), 'file.not-a-csv', { what: 'a Word document (.doc)' }],
    ['a SYLK file', 'ID;PWXL;N;E\r\n', 'file.not-a-csv', { what: 'a spreadsheet in the old SYLK format (.slk)' }],
    ['contact cards', 'BEGIN:VCARD\r\n', 'file.not-a-csv', { what: 'a file of contact cards (vCard)' }],
    ['JSON', ' [\n {"firstName": "Ann"}]', 'file.not-a-csv', { what: 'data for programs (JSON)' }],
    ['an XML spreadsheet', '<?xml version="1.0"?><Workbook>', 'file.not-a-csv', { what: 'a web page (HTML or XML)' }],
    ['HTML in UTF-16', Buffer.from('\ufeff<html>', 'utf16le'), 'file.not-a-csv', { what: 'a web page (HTML or XML)' }],
    ['HTML', '\ufeff \n<!DOCTYPE html><html>', 'file.not-a-csv', { what: 'a web page (HTML or XML)' }],
    ['1,001 columns', `${','.repeat(1000)}x\n`, 'file.not-a-csv', { what: 'a table of 1001 columns' }],
    ['a NUL byte', `${HEADER_LINE}\nAnn\0,Lee`, 'file.not-a-csv', { what: BINARY }],
    ['a NUL in windows-1252', latin1(`${HEADER_LINE}\nJos\xe9\0,Lee`), 'file.not-a-csv', { what: BINARY }],
    ['an unclosed quote', `${HEADER_LINE}\n\n"Ann\n${GOOD_LINE}\n`, 'file.unclosed-quote', { line: 3 }],
    ['a quote that closes in another row', `${HEADER_LINE}\n"Ann\nBob,"Lee",x`, 'file.unclosed-quote', { line: 2 }],
    ['an unclosed quote in the header', `"${HEADER_LINE}\n${GOOD_LINE}`, 'file.unclosed-quote', { line: 1 }],
  ])('When the file holds %s, then it is refused and the reason says so', async (_, content, code, details) => {
    const problems = await problemsOf(content);
    expect(codesOf(problems)).toEqual([code]);
    expect(problems[0]!.details).toEqual(details);
  });

  it('When there are more rows than allowed, then their number and the limit are named', async () => {
    const content = `${HEADER_LINE}\n${`${GOOD_LINE}\n\n`.repeat(501)}`;
    const [problem] = await problemsOf(content);
    expect(problem).toMatchObject({ code: 'file.too-many-rows', details: { rows: 501, limit: 500 } });
    expect(describeProblem(problem!, null).message).toMatch(/has 501 rows .* At most 500/);
  });

  it('When there are far more rows than are ever parsed, then they are counted without the blank ones', async () => {
    const [problem] = await problemsOf(`\n${HEADER_LINE}\n${`${GOOD_LINE}\r\n,,\n"",""\n`.repeat(20_000)}`);
    expect(problem!.details).toEqual({ rows: 20_000, limit: 500 });
  });

  it('When few rows stand among thousands of blank ones, then that is what it says', async () => {
    const content = `${HEADER_LINE}\n${GOOD_LINE}\n${'\n'.repeat(11_000)}${GOOD_LINE}`;
    for (const file of [content, `${'\n'.repeat(11_000)}${content}`]) {
      const [problem] = await problemsOf(file);
      expect(problem!.code).toBe('file.not-a-csv');
      expect(describeProblem(problem!, null).message).toContain('more than 4,000 blank rows');
    }
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
    ['5 MB of a byte that is no windows-1252', Buffer.alloc(size, 0x81)],
    ['5 MB of UTF-16 without an end', Buffer.from(`\ufeff${'語'.repeat(size / 2)}`, 'utf16le')],
    [
      '5 MB of apostrophes in a file of failed rows',
      `import_line,${HEADER_LINE}\n${`${"'".repeat(90_000)}\n`.repeat(55)}`,
    ],
  ])('When the file is %s, then it is refused within 2 s', async (_, content) => {
    const before = process.cpuUsage();
    expect((await problemsOf(content, { maxRows: 50 })).length).toBeGreaterThan(0);
    expect(workedSince(before) / slowness()).toBeLessThan(5000);
  });

  it('When 50 rows have 100,000 cells each, then they are read within 2 s', async () => {
    const before = process.cpuUsage();
    await read(`${HEADER_LINE}\n${`${','.repeat(99_000)}\n`.repeat(50)}`);
    expect(workedSince(before)).toBeLessThan(5000);
  });

  it('When a row is too long to be one, then the reason names the row', async () => {
    const [problem] = await problemsOf(`${HEADER_LINE}\n${GOOD_LINE}\n${'x'.repeat(200_000)}`);
    expect(describeProblem(problem!, null).message).toContain('row 3 alone has more than 100,000 characters');
  });
});
