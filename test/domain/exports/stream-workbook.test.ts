import { unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import { streamWorkbook } from '../../../domain/exports/stream-workbook';

async function* pagesOf(...pages: string[][][]): AsyncGenerator<string[][]> {
  for (const page of pages) yield await Promise.resolve(page);
}
async function write(sheet: string, ...pages: string[][][]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of streamWorkbook(sheet, pagesOf(...pages))) parts.push(part);
  return Buffer.concat(parts);
}

describe('A workbook as it is made', () => {
  test('When another program reads it, then it has all rows of all pages as text, whatever they look like', async () => {
    const rows = [
      ['Name', 'Cell'],
      ['Zoë <Ångström> & "Söhne"', '+447911123456'],
      ['=1+1', '00123'],
      ['two\nlines', ' kept '],
      ['_x0041_', '中文 😀'],
    ];
    const bytes = await write('Report', rows.slice(0, 1), rows.slice(1, 3), rows.slice(3));
    const read = await readExcelFile(bytes, { trim: false });
    const [sheet] = read as unknown as [{ sheet: string; data: string[][] }];
    expect(sheet.sheet).toBe('Report');
    expect(sheet.data).toEqual(rows);
  });

  test('When a text has signs that XML forbids, or too many, then the workbook is still one', async () => {
    const bytes = await write('Report', [['a\u0000b\ud800c\u001f', 'x'.repeat(40_000)]]);
    const xml = Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml']!).toString('utf8');
    expect(xml).toContain('>abc<');
    expect(xml).toContain(`>${'x'.repeat(32_767)}<`);
  });

  test('When it is made twice, then its bytes are the same', async () => {
    expect(await write('R', [['a']])).toEqual(await write('R', [['a']]));
  });
});
