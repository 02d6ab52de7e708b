import { codesOf, GOOD_CELLS, GOOD_LINE, HEADER, HEADER_LINE, problemsOf, tableOf } from './files';

describe('Dialects', () => {
  const good = Object.values(GOOD_CELLS);
  const cases = [',', ';', '\t', '|'].flatMap((delimiter) =>
    ['\n', '\r\n', '\r'].flatMap((lineBreak) =>
      ['', '\ufeff'].map((mark) => ({ delimiter, lineBreak, mark: mark && 'a byte order mark', start: mark })),
    ),
  );
  it.each(cases)(
    'When cells are divided by $delimiter and rows by $lineBreak, with $mark, then the file reads the same',
    async ({ delimiter, lineBreak, start }) => {
      const content = start + [HEADER, good, good].map((cells) => cells.join(delimiter)).join(lineBreak);
      const { rows, layout } = await tableOf(content);
      expect(rows).toEqual([2, 3].map((line) => ({ line, cells: GOOD_CELLS, raw: good })));
      expect(layout).toEqual({ format: 'csv', encoding: 'utf8', byteOrderMark: start !== '', delimiter });
    },
  );

  it('When every cell is quoted and holds delimiters and quotation marks, then they are data', async () => {
    const cells = ['A,n;n', 'L"ee', '|', '\t', 'Client', 'Lee, "Sons" & Co', 'Mayfair'];
    const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    expect((await tableOf(`${HEADER_LINE}\n${quoted}`)).rows[0]!.raw).toEqual(cells);
  });

  it('When line breaks of different kinds are mixed, then each ends its row', async () => {
    const { rows } = await tableOf(`${HEADER_LINE}\r\n${GOOD_LINE}\n${GOOD_LINE}\r${GOOD_LINE}\r\n`);
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('When a quotation mark stands inside a cell without quotes, then it is data', async () => {
    const { rows } = await tableOf(`${HEADER_LINE}\nAnn,Lee,ann@example.com,+12025550123,Client,5" Pipes,Mayfair`);
    expect(rows[0]!.cells.company).toBe('5" Pipes');
  });

  it('When a well-formed cell begins with a quotation mark and has a line break, then it is no unclosed quote', async () => {
    const { rows } = await tableOf(
      `${HEADER_LINE}\nAnn,Lee,ann@example.com,+12025550123,Client,"""Lee""\n& Co",Mayfair`,
    );
    expect(rows[0]!.cells.company).toBe('"Lee"\n& Co');
  });

  it('When commas in the cells outnumber the semicolons between them, then the headers decide', async () => {
    const content = `${HEADER.join(';')}\n"a,b,c,d";"e,f,g,h";x@example.com;+1;;"i,j,k,l,m";Mayfair`;
    const { layout, rows } = await tableOf(content);
    expect([layout.delimiter, rows[0]!.cells.firstName]).toEqual([';', 'a,b,c,d']);
  });

  it('When the headers are those of the other template, then the delimiter is found all the same', async () => {
    const content = 'First Name;Last Name;Email;Mobile;Role;Client Teams\nAnn;Lee;a@example.com;+1;Staff;X';
    expect(codesOf(await problemsOf(content))).toEqual(['file.staff-template']);
  });
});

describe('A first line that names the delimiter', () => {
  const body = (delimiter: string): string => [HEADER_LINE, GOOD_LINE].join('\r\n').replaceAll(',', delimiter);

  it.each([
    ['sep=;', ';'],
    ['sep=,', ','],
    ['sep=|', '|'],
    ['sep=\t', '\t'],
    ['SEP=;', ';'],
    ['"sep=;"', ';'],
    ['"Sep=;";;;;', ';'],
    ['sep=,,,,,,', ','],
    ['\ufeffsep=;', ';'],
  ])('When it is %j, then it is obeyed, and the header is in row 1 as it is in Excel', async (line, delimiter) => {
    for (const lineBreak of ['\r\n', '\n', '\r']) {
      const { layout, rows, headers } = await tableOf(`${line}${lineBreak}${body(delimiter)}`);
      expect([layout.delimiter, rows[0]!.line, headers[0]]).toEqual([delimiter, 2, 'First Name']);
    }
  });

  it('When it names a delimiter that the rows do not have, then all is in one column and is divided', async () => {
    const { rows, warnings } = await tableOf(`sep=;\n${body(',')}`);
    expect(rows[0]!.cells.email).toBe('ann.lee@example.com');
    expect(warnings).toMatchObject([{ code: 'file.one-column', details: { line: 1, delimiters: 'commas' } }]);
  });

  it('When it is all there is, then the file is empty', async () => {
    expect(codesOf(await problemsOf('sep=;\n'))).toEqual(['file.empty']);
  });

  it('When it stands further down, then it is a row as any other', async () => {
    expect((await tableOf(`${HEADER_LINE}\nsep=;\n`)).rows[0]!.cells.firstName).toBe('sep=;');
  });
});
