import { HEADER_LINE, tableOf } from './files';

const REST = 'a@blanks.example,+12025550123,,,Mayfair';
const cellsOf = async (row: string, delimiter = ','): Promise<(string | undefined)[]> => {
  const line = `${row}${delimiter}${REST.replaceAll(',', delimiter)}`;
  const { rows } = await tableOf(`${HEADER_LINE.replaceAll(',', delimiter)}\n${line}\nEnd${delimiter}Row`);
  const { firstName, lastName, email } = rows[0]!.cells;
  expect(email).toBe('a@blanks.example');
  expect(rows.at(-1)!.cells.firstName).toBe('End');
  return [firstName, lastName];
};

describe('Blanks around quotation marks', () => {
  // Each value is what LibreOffice 7.4 shows.
  it.each([
    ['"Ann" ,"Lee"', 'Ann ', 'Lee'],
    ['Ann, "Lee"', 'Ann', 'Lee'],
    [' "Ann","Lee"', 'Ann', 'Lee'],
    ['   "Ann"   ,   "Lee"   ', 'Ann   ', 'Lee   '],
    ['"Ann, B" ,"Lee"', 'Ann, B ', 'Lee'],
    ['Ann, "Lee, Inc."', 'Ann', 'Lee, Inc.'],
    ['Ann, "Lee\r\nInc."', 'Ann', 'Lee\r\nInc.'],
    ['"Ann\nB" ,"Lee"', 'Ann\nB ', 'Lee'],
    ['"Ann ""Al"" B" , "Lee ""the"" 2nd"', 'Ann "Al" B ', 'Lee "the" 2nd'],
    ['" Ann " , " Lee "', ' Ann  ', ' Lee '],
    ['"Ann" ,""', 'Ann ', ''],
    ['Ann, ""', 'Ann', ''],
  ])('When a row is %j, then the marks are no part of the cells', async (row, firstName, lastName) => {
    expect(await cellsOf(row)).toEqual([firstName, lastName]);
  });

  it.each([
    ['Ann "Al" B,Lee', 'Ann "Al" B', 'Lee'],
    ['"Ann" B,Lee', '"Ann" B', 'Lee'],
    ['"Ann" "Al",Lee', '"Ann" "Al"', 'Lee'],
    ['5" pipe, "Lee"', '5" pipe', 'Lee'],
    ['"Ann"x, "Lee"', '"Ann"x', 'Lee'],
  ])('When a row is %j, then marks with other text around them are data', async (row, firstName, lastName) => {
    expect(await cellsOf(row)).toEqual([firstName, lastName]);
  });

  it.each([';', '\t', '|'])('When the delimiter is %j, then the same holds', async (delimiter) => {
    const row = `"Ann${delimiter}B" ${delimiter} "Lee, Inc."`;
    expect(await cellsOf(row, delimiter)).toEqual([`Ann${delimiter}B `, 'Lee, Inc.']);
  });

  it('When the names of the columns stand behind blanks and in marks, then they are known', async () => {
    const header = HEADER_LINE.split(',').map((name) => `"${name}"`);
    const { rows, headers } = await tableOf(`${header.join(', ')}\n"Ann" , "Lee", ${REST}`);
    expect(headers).toEqual(HEADER_LINE.split(','));
    expect(rows[0]!.cells).toMatchObject({ firstName: 'Ann ', lastName: 'Lee' });
  });

  it('When a quoted cell behind a blank holds line breaks, then the rows below keep their numbers', async () => {
    const { rows } = await tableOf(`${HEADER_LINE}\nAnn, "Lee\n\nInc.",${REST}\nBob,Ray,${REST}`);
    expect(rows.map(({ line }) => line)).toEqual([2, 3]);
  });
});
