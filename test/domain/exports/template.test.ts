import { unzipSync, strFromU8 } from 'fflate';
import iconv from 'iconv-lite';
import readExcelFile from 'read-excel-file/node';
import { IMPORT_KINDS } from '../../../contract/import';
import { templateColumnsOf } from '../../../domain/columns';
import { EXAMPLE_ROWS, isExampleRow } from '../../../domain/example-row';
import { readTable } from '../../../domain/reading/read-table';
import { describeTemplate, writeTemplateCsv } from '../../../domain/exports/template';
import type { TemplateSettings } from '../../../domain/exports/template';
import { writeTemplateWorkbook } from '../../../domain/exports/template-workbook';

const SETTINGS: TemplateSettings = { maxRows: 500, defaultCountry: null, hasDefaultTeam: false, headerAliases: {} };

describe('The template as a file', () => {
  it('When the clients template is fetched as CSV, then Excel opens it with its accents, lines and numbers right', () => {
    expect(Buffer.from(writeTemplateCsv('clients')).toString()).toBe(
      '\ufeffFirst Name,Last Name,Email,Mobile,Role,Company,Group Identifier\r\n' +
        "Jane,Example,jane.example@example.com,'+447911123456,Client,Example Ltd,YourTeam\r\n",
    );
  });

  it('When the staff template is fetched as CSV, then it has the columns of staff', () => {
    expect(Buffer.from(writeTemplateCsv('staff')).toString()).toBe(
      '\ufeffFirst Name,Last Name,Email,Mobile,Role,Client Teams\r\n' +
        "John,Example,john.example@example.com,'+447911123457,Staff,YourTeam;AnotherTeam\r\n",
    );
  });

  it.each(IMPORT_KINDS)(
    'When the %s template is read as it is, then all its columns are known and its row is the example',
    async (kind) => {
      for (const bytes of [writeTemplateCsv(kind), await writeTemplateWorkbook(kind, 500)]) {
        const reading = await readTable(bytes, { kind, maxRows: 500 });
        if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
        const { columns, warnings } = reading.table;
        const rows = [...reading.table.rows];
        expect(columns.map(({ key, letter }) => [key, letter])).toEqual(
          templateColumnsOf(kind).map(({ key, letter }) => [key, letter]),
        );
        expect(rows).toHaveLength(1);
        expect(isExampleRow(kind, rows[0]!.cells)).toBe(true);
        expect(warnings).toEqual([]);
      }
    },
  );

  it('When the template is fetched as a workbook, then every cell down to the limit is text, under a bold header that stays in sight', async () => {
    const maxRows = 30;
    const parts = unzipSync(await writeTemplateWorkbook('clients', maxRows));
    const part = (name: string): string => strFromU8(parts[name]!);
    const sheet = part('xl/worksheets/sheet1.xml');
    expect([...sheet.matchAll(/<row /g)]).toHaveLength(maxRows + 1);
    const cells = [...sheet.matchAll(/<c r="([A-Z]+\d+)" s="(\d+)"/g)];
    expect(cells).toHaveLength((maxRows + 1) * templateColumnsOf('clients').length);

    const styles = [...part('xl/styles.xml').matchAll(/<xf [^>]*>/g)].map(([xf]) => xf);
    const textFormat = /numFmtId="(\d+)" formatCode="@"/.exec(part('xl/styles.xml'))![1];
    for (const [, , style] of cells) expect(styles[Number(style)]).toContain(`numFmtId="${textFormat}"`);
    const header = cells.filter(([, place]) => /^[A-Z]1$/.test(place!));
    for (const [, , style] of header) expect(styles[Number(style)]).toContain('fontId="1"');
    expect(part('xl/styles.xml')).toMatch(/<fonts[^>]*><font>.*?<\/font><font>[^/]*?.*?<b\/>/);
    expect(sheet).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
    expect(part('xl/workbook.xml')).toContain('name="Clients"');
    // No cell under a header is narrower than what stands in it.
    const widths = [...sheet.matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) => Number(width));
    templateColumnsOf('clients').forEach(({ key, header }, i) => {
      expect(widths[i]).toBeGreaterThan(Math.max(header.length, EXAMPLE_ROWS.clients[key]!.length));
    });
  });

  it('When a workbook is read by another program, then the number of the example still has its plus', async () => {
    const [sheet] = await readExcelFile(Buffer.from(await writeTemplateWorkbook('clients', 5)));
    expect(sheet!.data[1]).toContain('+447911123456');
  });

  it('When the workbook is made twice, then its bytes are the same', async () => {
    const [first, second] = [await writeTemplateWorkbook('staff', 20), await writeTemplateWorkbook('staff', 20)];
    expect(Buffer.from(first).equals(second)).toBe(true);
  });
});

describe('The template in words', () => {
  const ruleOf = (kind: 'clients' | 'staff', key: string, settings = SETTINGS): string =>
    describeTemplate(kind, settings).columns.find((column) => column.key === key)!.rule;

  it('When the clients template is described, then each column has its place, whether it must be there, a rule and an example', () => {
    const { columns, maxRows } = describeTemplate('clients', SETTINGS);
    expect(columns.map(({ header, letter, required, example }) => [letter, header, required, example])).toEqual([
      ['A', 'First Name', true, 'Jane'],
      ['B', 'Last Name', true, 'Example'],
      ['C', 'Email', true, 'jane.example@example.com'],
      ['D', 'Mobile', true, '+447911123456'],
      ['E', 'Role', false, 'Client'],
      ['F', 'Company', false, 'Example Ltd'],
      ['G', 'Group Identifier', true, 'YourTeam'],
    ]);
    for (const { rule } of columns) expect(rule).toMatch(/^[A-Z].*\.$/);
    expect(maxRows).toBe(500);
  });

  it('When the limit is another, then it is named where people read it', () => {
    expect(describeTemplate('clients', { ...SETTINGS, maxRows: 50 }).notes[0]).toContain('At most 50 clients');
    expect(describeTemplate('staff', { ...SETTINGS, maxRows: 50 }).notes[0]).toContain('At most 50 members of staff');
  });

  it('When a file is in any encoding that is listed, then an upload that names it so is read', async () => {
    const { encodings } = describeTemplate('clients', SETTINGS);
    expect(encodings).toEqual(expect.arrayContaining(['utf-8', 'utf-16le', 'windows-1252', 'shift_jis']));
    const lines = Buffer.from(writeTemplateCsv('clients'))
      .toString()
      .replace(/^\ufeff/, '');
    for (const encoding of encodings) {
      const reading = await readTable(iconv.encode(lines, encoding), { kind: 'clients', maxRows: 5, encoding });
      expect({ encoding, ok: reading.ok }).toEqual({ encoding, ok: true });
    }
  });

  it('When the organisation has a default country or team, then the rules say what that allows', () => {
    expect(ruleOf('clients', 'mobile')).not.toContain('without a country code');
    expect(ruleOf('clients', 'mobile', { ...SETTINGS, defaultCountry: 'GB' })).toContain('one of United Kingdom');
    expect(ruleOf('clients', 'group')).toContain('Must be filled in');
    expect(ruleOf('clients', 'group', { ...SETTINGS, hasDefaultTeam: true })).toContain('default client team');
  });

  it('When it is the staff template, then its roles are those of staff', () => {
    expect(ruleOf('staff', 'role')).toBe('Must be one of: System Administrator, User Administrator, Support, Staff.');
    expect(ruleOf('clients', 'role')).toBe('Client, or an empty cell.');
  });

  it.each(IMPORT_KINDS)(
    'When a header of the %s template is replaced by any other that is named, then the file is read the same',
    async (kind) => {
      const settings = { ...SETTINGS, headerAliases: { company: ['Firm of ours'], mobile: ['Handy'] } };
      const { columns } = describeTemplate(kind, settings);
      const all = columns.flatMap((column) => column.otherHeaders.map((other) => [column, other] as const));
      expect(all.length).toBeGreaterThan(columns.length);
      for (const [replaced, other] of all) {
        const headers = columns.map((column) => (column === replaced ? other : column.header));
        const file = Buffer.from(
          [headers, columns.map(({ example }) => example)].map((line) => line.join(',')).join('\n'),
        );
        const reading = await readTable(file, { kind, maxRows: 5, headerAliases: settings.headerAliases });
        expect(reading).toMatchObject({ ok: true, table: { columns: columns.map(({ key }) => ({ key })) } });
      }
    },
  );
});
