import { readWorkbook } from '../../../domain/reading/workbook/read-workbook';
import { ODD_WORKBOOKS } from '../../corpus/writers/odd-workbooks';

describe('Workbooks that LibreOffice, openpyxl and calamine read, and Excel writes otherwise', () => {
  it.each(ODD_WORKBOOKS)('reads $name', async ({ bytes, rows }) => {
    const read = await readWorkbook(bytes, { maxPeople: 500, maxRecords: 500, isKnownHeader: () => true });
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && read.grid.records).toEqual(rows);
  });
});
