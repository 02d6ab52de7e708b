import { CLIENT_COLUMNS, columnLetter, templateColumnsOf } from '../../../domain/columns';
import { GOOD_CELLS, GOOD_LINE, HEADER, HEADER_LINE, STAFF_HEADER_LINE, tableOf } from './files';
import type { Content } from './files';

const linesOf = async (content: Content): Promise<number[]> => (await tableOf(content)).rows.map(({ line }) => line);

describe('Rows', () => {
  it('When a row is shorter than the header, then its missing cells are empty', async () => {
    const { rows } = await tableOf(`${HEADER_LINE}\nAnn,Lee`);
    expect(rows[0]).toEqual({
      line: 2,
      cells: { ...emptyCells(), firstName: 'Ann', lastName: 'Lee' },
      raw: ['Ann', 'Lee'],
    });
  });

  it('When a row has something beyond the last header, then the row says where and what', async () => {
    const content = `${HEADER_LINE},,\nAnn,Lee,a@example.com,+1,Client,Lee, Co,Mayfair,\n${GOOD_LINE},,, `;
    const { rows } = await tableOf(content);
    expect(rows.map(({ excess }) => excess)).toEqual([{ letter: 'H', value: 'Mayfair' }, undefined]);
  });

  it('When a file has columns that are not read, then its rows keep all cells as they are', async () => {
    const { headers, rows } = await tableOf(`Notes, ${HEADER_LINE},\n VIP ,${GOOD_LINE},,beyond,,,\nx,${GOOD_LINE},\n`);
    expect(headers).toEqual(['Notes', ' First Name', ...HEADER.slice(1)]);
    expect(rows.map(({ raw }) => raw)).toEqual([
      [' VIP ', ...Object.values(GOOD_CELLS), '', 'beyond'],
      ['x', ...Object.values(GOOD_CELLS)],
    ]);
  });

  it('When it is a staff file, then it has the columns of the staff template', async () => {
    const content = `${STAFF_HEADER_LINE}\nAnn,Lee,ann@example.com,+12025550123,Support,Mayfair;Riverside`;
    const { columns, rows, warnings } = await tableOf(content, { kind: 'staff' });
    expect(columns).toEqual(templateColumnsOf('staff').map(({ key, header, letter }) => ({ key, header, letter })));
    expect(rows[0]!.cells).toMatchObject({ role: 'Support', teams: 'Mayfair;Riverside' });
    expect(warnings).toEqual([]);
  });
});

describe('Row numbers', () => {
  it('When there are blank rows, then they are left out and counted', async () => {
    const content = `${HEADER_LINE}\n\n${GOOD_LINE}\n,,,,,,\n  ,,\n"",""\n${GOOD_LINE}\n\n`;
    expect(await linesOf(content)).toEqual([3, 7]);
  });

  it('When a quoted cell has line breaks, then its row is still one row, as in a spreadsheet', async () => {
    const broken = 'Ann,Lee,ann@example.com,+12025550123,Client,"Lee\r\n& \n Co",Mayfair';
    expect(await linesOf(`${HEADER_LINE}\r\n${broken}\r\n${GOOD_LINE}`)).toEqual([2, 3]);
  });

  it('When blank rows stand above the header, then they count too', async () => {
    expect(await linesOf(`\n;;;;\n${HEADER.join(';')}\n${GOOD_LINE.replaceAll(',', ';')}`)).toEqual([4]);
  });

  it('When a spreadsheet left a million blank rows below the clients, then they do not matter', async () => {
    expect(await linesOf(`${HEADER_LINE}\n${GOOD_LINE}\n${',,,,,,\r\n'.repeat(500_000)}`)).toEqual([2]);
  });

  it('When there are exactly as many rows as allowed, then all are read', async () => {
    expect(await linesOf(`${HEADER_LINE}\n${`${GOOD_LINE}\n\n`.repeat(500)}`)).toHaveLength(500);
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

describe('Files of failed rows', () => {
  const ID = '6f1de1c2-96b7-4d7c-8a4e-0d8a6b3f2a11';
  const OURS = 'import_line,import_status,import_code,import_message,import_id';
  const row = (line: string, id = ID): string =>
    `Ann,Lee,ann@example.com,'+12025550123,,,Mayfair,${line},rejected,x,y,${id}`;
  const fileOf = (...rows: string[]): string => [`${HEADER_LINE},${OURS}`, ...rows].join('\n');

  it('When it comes back corrected, then our columns are no data, and it says which import and lines it corrects', async () => {
    const { headers, columns, rows, warnings, corrects } = await tableOf(fileOf(row('7'), row('19')));
    expect(corrects).toBe(ID);
    expect(rows.map(({ line, correctedLine }) => [line, correctedLine])).toEqual([
      [2, 7],
      [3, 19],
    ]);
    expect(headers).toEqual(HEADER);
    expect(columns.map(({ key }) => key)).toEqual(CLIENT_COLUMNS.map(({ key }) => key));
    expect(rows[0]!.raw).toEqual(['Ann', 'Lee', 'ann@example.com', '+12025550123', '', '', 'Mayfair']);
    expect(rows[0]!.cells.mobile).toBe('+12025550123');
    expect(warnings).toEqual([]);
  });

  it('When our columns stand in front and in capitals, then letters are those of the file as it is', async () => {
    const { columns, rows } = await tableOf(`IMPORT_ID, Import_Line ,${HEADER_LINE}\n${ID},7,${GOOD_LINE},,beyond`);
    expect(columns[0]).toEqual({ key: 'firstName', header: 'First Name', letter: 'C' });
    expect(rows[0]).toMatchObject({ correctedLine: 7, excess: { letter: 'K', value: 'beyond' } });
    expect(rows[0]!.raw).toEqual([...Object.values(GOOD_CELLS), '', 'beyond']);
  });

  it.each<[string, string[], unknown]>([
    ['name two imports', [row('7'), row('8', ID.replace('6', '7'))], undefined],
    ['name none', [row('7', ''), row('8', '')], undefined],
    ['name something that is no id', [row('7', 'x')], undefined],
    ['name one, but for a row that was added', [row('7'), row('', '')], ID],
    ['name one in capitals', [row('7', ID.toUpperCase())], ID],
  ])('When its rows %s, then what it corrects is that or nothing', async (_, rows, expected) => {
    expect((await tableOf(fileOf(...rows))).corrects).toBe(expected);
  });

  it.each(['', '0', '-3', '7.5', 'seven', '1e3', '99999999'])(
    'When the line that a row corrects reads “%s”, then the row corrects none',
    async (line) => {
      expect((await tableOf(fileOf(row(line)))).rows[0]).not.toHaveProperty('correctedLine');
    },
  );

  it('When there is no column of the id, then no row corrects a line', async () => {
    const { rows, corrects } = await tableOf(`${HEADER_LINE},import_line\n${GOOD_LINE},7`);
    expect([rows[0]!.correctedLine, corrects]).toEqual([undefined, undefined]);
  });

  it('When all cells but ours are empty, then the row is blank', async () => {
    expect(await linesOf(fileOf(',,,,,,,7,rejected,x,y,', row('8')))).toEqual([3]);
  });

  it('When a row had slipped, then it still has in the file that comes back', async () => {
    const slipped = `${GOOD_LINE},beyond,7,rejected,x,y,${ID}`;
    const { rows } = await tableOf(`${HEADER_LINE},,${OURS}\n${slipped}`);
    expect(rows[0]!.excess).toEqual({ letter: 'H', value: 'beyond' });
  });

  it('When cells and headers were guarded against being formulas, then each loses one apostrophe', async () => {
    const content = `${HEADER_LINE},'=Notes,${OURS}\nAnn,Lee,a@example.com,''+1,,'@Lee,'x,'-5,7,rejected,x,y,${ID}`;
    const { headers, rows } = await tableOf(content);
    expect(headers.at(-1)).toBe('=Notes');
    expect(rows[0]!.raw).toEqual(['Ann', 'Lee', 'a@example.com', "'+1", '', '@Lee', "'x", '-5']);
  });

  it('When a file is the admin’s own, then its apostrophes stay, whatever its other columns are called', async () => {
    const content = `${HEADER_LINE},import_date\nAnn,Lee,a@example.com,'+1,,,x,2026-01-01`;
    const { headers, rows, warnings } = await tableOf(content);
    expect(headers).toEqual(HEADER);
    expect(rows[0]!.cells.mobile).toBe("'+1");
    expect(warnings).toEqual([]);
  });
});

function emptyCells() {
  return Object.fromEntries(CLIENT_COLUMNS.map(({ key }) => [key, '']));
}
