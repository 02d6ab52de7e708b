import { checkContextOf, checkRows } from '../../../domain/checking/check-rows';
import { columnsOf } from '../../../domain/columns';
import type { ColumnKey } from '../../../domain/columns';
import type { Table } from '../../../domain/table';

const PARTS = [
  'a',
  '@',
  ' ',
  '.',
  '0',
  '+',
  '(',
  '-',
  'é',
  '\u3164',
  'a@',
  '1 ',
  "'",
  '=',
  '\u200f',
  'a.',
  '"',
  ';',
  '%',
  '(1)',
];
const LONGEST = 9_900;

/** The API checks a correction in its own event loop, cell by cell of up to 10,000 characters. */
test.each(['firstName', 'email', 'mobile', 'group', 'role', 'company'] satisfies ColumnKey[])(
  'The longest cells of %s are checked in less than 50 ms each',
  (key) => {
    const columns = columnsOf('clients').map(({ key, header }, i) => ({ key, header, letter: 'ABCDEFG'[i]! }));
    const good = { firstName: 'A', lastName: 'B', email: 'a@b.com', mobile: '+447400123456', group: 'Mayfair' };
    const context = checkContextOf({ kind: 'clients', options: { strict: false, onExisting: 'error' } }, null, {
      teams: [],
      known: new Map(),
    });
    const slow: string[] = [];
    for (const part of PARTS) {
      for (const end of ['', 'x', '@b.com']) {
        const cell = part.repeat(Math.floor(LONGEST / part.length)) + end;
        const table = {
          layout: { format: 'csv', encoding: 'utf8', byteOrderMark: false, delimiter: ',' },
          headers: columns.map(({ header }) => header),
          columns,
          rows: [{ line: 2, cells: { ...good, [key]: cell }, raw: [] }],
          warnings: [],
        } as unknown as Table;
        const times = Array.from({ length: 2 }, () => {
          const since = performance.now();
          checkRows(table, context);
          return performance.now() - since;
        });
        if (Math.min(...times) >= 50) slow.push(`${part}…${end}`);
      }
    }
    expect(slow).toEqual([]);
  },
);
