import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { checkRows, emailKeysOf } from '../../domain/check-rows';
import { CLIENT_COLUMNS } from '../../domain/columns';
import { PROBLEM_CATALOGUE } from '../../domain/problem-catalogue';
import { readTable } from '../../domain/read-table';
import { contextWith, tableOf } from './files';

const EXAMPLE = readFileSync(join(__dirname, '../../examples/clients.csv'));
const MAX_ROWS = 500;

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((cell) => !cell.includes('\0'));
const awkward = fc.constantFrom(
  '',
  ' ',
  '"',
  '""',
  'a,b',
  'a;b',
  'a\tb',
  'a|b',
  'a\nb',
  'a\r\nb',
  'a\rb',
  '"a\nb',
  "'+1",
);
const cell = fc.oneof(text, awkward);
const visible = text.filter((value) => value.trim() !== '');
const row = fc.tuple(visible, cell, cell, cell, cell, cell, cell);
const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
  quoted: fc.boolean(),
  bom: fc.boolean(),
});

describe('Reading', () => {
  it('When any rows are written in any dialect and order of columns, then they read back as they were', () => {
    const columns = fc.shuffledSubarray([...CLIENT_COLUMNS], { minLength: CLIENT_COLUMNS.length });
    fc.assert(
      fc.property(columns, fc.array(row, { minLength: 1, maxLength: 30 }), dialect, (order, rows, options) => {
        const clients = rows.map((cells) => Object.fromEntries(CLIENT_COLUMNS.map(({ key }, i) => [key, cells[i]!])));
        const lines = [
          order.map(({ header }) => header),
          ...clients.map((cells) => order.map(({ key }) => cells[key]!)),
        ];
        // The writer quotes its own line break only; a lone one of another kind needs quotes just as well.
        const written = stringify(lines, { ...options, quoted_match: /[\r\n]/ });
        expect(tableOf(written)).toEqual({
          columns: order.map(({ key, header }, i) => ({ key, header, letter: 'ABCDEFG'[i] })),
          rows: clients.map((cells, i) => ({ line: i + 2, cells })),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('When blank rows are strewn in, then every client keeps the number of its row in the spreadsheet', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), dialect, (isBlank, options) => {
        const header = CLIENT_COLUMNS.map(({ key }) => key);
        const lines = isBlank.map((blank) => header.map(() => (blank ? '' : 'x')));
        fc.pre(isBlank.includes(false));
        const written = stringify([CLIENT_COLUMNS.map(({ header }) => header), ...lines], options);
        const expected = isBlank.flatMap((blank, i) => (blank ? [] : [i + 2]));
        expect(tableOf(written).rows.map(({ line }) => line)).toEqual(expected);
      }),
    );
  });
});

describe('Anything at all', () => {
  const bytes = fc.uint8Array({ maxLength: 2000 });
  const fragments = ['"', '""', '\n', '\r', ',', ';', '\0', '\ufeff', 'First Name', 'Client Teams', '4.4E+11', '🏳️‍🌈'];
  const csvLike = fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string()), { maxLength: 200 })
    .map((parts) => Buffer.from(parts.join('')));
  const mutated = fc
    .array(fc.tuple(fc.nat(EXAMPLE.length - 1), fc.nat(40), fc.oneof(bytes, csvLike)), { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Buffer>(
        (file, [at, removed, inserted]) =>
          Buffer.concat([file.subarray(0, at), inserted.subarray(0, 30), file.subarray(at + removed)]),
        EXAMPLE,
      ),
    );

  it('When bytes are arbitrary or a file is damaged, then reading and checking end soon and all counts add up', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(bytes, csvLike, { arbitrary: mutated, weight: 3 }), (file) => {
        const start = performance.now();
        const result = readTable(file, { maxRows: MAX_ROWS });
        if (result.ok) {
          read++;
          const { rows } = result.table;
          const keys = new Set(emailKeysOf(result.table));
          const checked = checkRows(result.table, contextWith());
          expect(checked.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
          expect(new Set(rows.map(({ line }) => line)).size).toBe(rows.length);
          expect(rows.length).toBeGreaterThan(0);
          expect(rows.length).toBeLessThanOrEqual(MAX_ROWS);
          for (const { client, problems } of checked) {
            const isBad = problems.some(({ code }) => PROBLEM_CATALOGUE[code].severity === 'error');
            expect(client === null).toBe(isBad);
            if (client) expect(keys.has(client.emailKey)).toBe(true);
          }
          const accepted = checked.flatMap(({ client }) => (client ? [client.emailKey] : []));
          expect(new Set(accepted).size).toBe(accepted.length);
        } else {
          expect(result.problems.length).toBeGreaterThan(0);
        }
        expect(performance.now() - start).toBeLessThan(2000);
      }),
      { numRuns: 1000 },
    );
    // Else the property would hold for nothing but refusals.
    expect(read).toBeGreaterThan(100);
  });
});
