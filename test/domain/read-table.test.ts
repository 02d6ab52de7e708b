import { CLIENT_COLUMNS, columnLetter } from '../../domain/columns';
import { GOOD_CELLS, GOOD_LINE, HEADER, HEADER_LINE, tableOf } from './files';

const linesOf = (content: string): number[] => tableOf(content).rows.map(({ line }) => line);

describe('Dialects', () => {
  const good = Object.values(GOOD_CELLS);
  const cases = [',', ';', '\t', '|'].flatMap((delimiter) =>
    ['\n', '\r\n', '\r'].flatMap((lineBreak) =>
      ['', '\ufeff'].map((mark) => ({ delimiter, lineBreak, mark: mark && 'a byte order mark', start: mark })),
    ),
  );
  it.each(cases)(
    'When cells are divided by $delimiter and rows by $lineBreak, with $mark, then the file reads the same',
    ({ delimiter, lineBreak, start }) => {
      const content = start + [HEADER, good, good].map((cells) => cells.join(delimiter)).join(lineBreak);
      const rows = [2, 3].map((line) => ({ line, cells: GOOD_CELLS }));
      expect(tableOf(content).rows).toEqual(rows);
    },
  );

  it('When every cell is quoted and holds delimiters and quotation marks, then they are data', () => {
    const cells = ['A,n;n', 'L"ee', '|', '\t', 'Client', 'Lee, "Sons" & Co', 'Mayfair'];
    const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    expect(Object.values(tableOf(`${HEADER_LINE}\n${quoted}`).rows[0]!.cells)).toEqual(cells);
  });

  it('When line breaks of different kinds are mixed, then each ends its row', () => {
    expect(linesOf(`${HEADER_LINE}\r\n${GOOD_LINE}\n${GOOD_LINE}\r${GOOD_LINE}\r\n`)).toEqual([2, 3, 4]);
  });

  it('When a quotation mark stands inside a cell without quotes, then it is data', () => {
    const { rows } = tableOf(`${HEADER_LINE}\nAnn,Lee,ann@example.com,+12025550123,Client,5" Pipes,Mayfair`);
    expect(rows[0]!.cells.company).toBe('5" Pipes');
  });

  it('When a well-formed cell begins with a quotation mark and has a line break, then it is no unclosed quote', () => {
    const { rows } = tableOf(`${HEADER_LINE}\nAnn,Lee,ann@example.com,+12025550123,Client,"""Lee""\n& Co",Mayfair`);
    expect(rows[0]!.cells.company).toBe('"Lee"\n& Co');
  });

  it('When a row is shorter than the header, then its missing cells are empty', () => {
    const { rows } = tableOf(`${HEADER_LINE}\nAnn,Lee`);
    expect(rows[0]!.cells).toEqual({ ...emptyCells(), firstName: 'Ann', lastName: 'Lee' });
  });
});

describe('Row numbers', () => {
  it('When there are blank rows, then they are left out and counted', () => {
    const content = `${HEADER_LINE}\n\n${GOOD_LINE}\n,,,,,,\n  ,,\n"",""\n${GOOD_LINE}\n\n`;
    expect(linesOf(content)).toEqual([3, 7]);
  });

  it('When a quoted cell has line breaks, then its row is still one row, as in a spreadsheet', () => {
    const broken = 'Ann,Lee,ann@example.com,+12025550123,Client,"Lee\r\n& \n Co",Mayfair';
    expect(linesOf(`${HEADER_LINE}\r\n${broken}\r\n${GOOD_LINE}`)).toEqual([2, 3]);
  });

  it('When blank rows stand above the header, then they count too', () => {
    expect(linesOf(`\n;;;;\n${HEADER.join(';')}\n${GOOD_LINE.replaceAll(',', ';')}`)).toEqual([4]);
  });

  it('When a spreadsheet left a million blank rows below the clients, then they do not matter', () => {
    expect(linesOf(`${HEADER_LINE}\n${GOOD_LINE}\n${',,,,,,\r\n'.repeat(500_000)}`)).toEqual([2]);
  });

  it('When there are exactly as many rows as allowed, then all are read', () => {
    expect(linesOf(`${HEADER_LINE}\n${`${GOOD_LINE}\n\n`.repeat(500)}`)).toHaveLength(500);
  });
});

describe('Headers', () => {
  it.each([
    'first name,LAST_NAME,e-mail,MOBILE,role,company,group-identifier',
    ' First  Name ,LastName,EMAIL:,Mobile.,Role,Company,GroupIdentifier',
    'Ｆｉｒｓｔ Name,Last Name,Email,Mobile,Role,Company,Group Identifier',
  ])('When the header is %s, then it is understood and kept as it reads', (header) => {
    const { columns } = tableOf(`${header}\n${GOOD_LINE}`);
    expect(columns.map(({ key }) => key)).toEqual(CLIENT_COLUMNS.map(({ key }) => key));
    expect(columns.map((column) => column.header)).toEqual(header.split(',').map((name) => name.trim()));
  });

  it('When columns are in another order, and some are unknown, then each is found in its place', () => {
    const header = 'Notes,Group Identifier,Mobile,,Email,Last Name,First Name';
    const { columns, rows } = tableOf(`${header}\nVIP,Mayfair,+12025550123,x,ann@example.com,Lee,Ann`);
    expect(columns.map(({ key, letter }) => `${letter} ${key}`)).toEqual([
      ...['B group', 'C mobile', 'E email', 'F lastName', 'G firstName'],
    ]);
    const cells = { group: 'Mayfair', mobile: '+12025550123', email: 'ann@example.com', lastName: 'Lee' };
    expect(rows).toEqual([{ line: 2, cells: { ...cells, firstName: 'Ann' } }]);
  });

  it('When a row has something beyond the last header, then the row says where and what', () => {
    const { rows } = tableOf(`${HEADER_LINE},,\nAnn,Lee,a@example.com,+1,Client,Lee, Co,Mayfair,\n${GOOD_LINE},,, `);
    expect(rows.map(({ excess }) => excess)).toEqual([{ letter: 'H', value: 'Mayfair' }, undefined]);
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('When a column has index %d, then its letter is %s', (index, letter) => {
    expect(columnLetter(index)).toBe(letter);
  });
});

function emptyCells() {
  return Object.fromEntries(CLIENT_COLUMNS.map(({ key }) => [key, '']));
}
