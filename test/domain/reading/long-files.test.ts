import { checkRows } from '../../../domain/checking/check-rows';
import { isHeld } from '../../../domain/long-list';
import { readTable } from '../../../domain/reading/read-table';
import type { ReadTable } from '../../../domain/table';
import { committed } from '../../corpus-tools/committed';
import { CORPUS } from '../../corpus/corpus';
import { contextWith } from '../tables';
import { bytesOf, GOOD_LINE, HEADER_LINE, heldTable } from './files';

/** So few rows are held that a file of the corpus is as long for that as one of a hundred thousand rows otherwise. */
const FEW = 3;

const withRows = (read: ReadTable): object => (read.ok ? { ...read, table: heldTable(read.table) } : read);

describe('A file of more rows than are held as objects', () => {
  it('is read as one of few rows is, be it any that the corpus keeps', async () => {
    let packed = 0;
    for (const file of CORPUS.filter(({ isMadeAtRunTime }) => !isMadeAtRunTime)) {
      const bytes = committed(file);
      const options = { kind: 'clients', maxRows: 500 } as const;
      const long = await readTable(bytes, { ...options, mostHeld: FEW });
      if (long.ok && !isHeld(long.table.rows)) packed++;
      expect({ file: file.name, ...withRows(long) }).toEqual({
        file: file.name,
        ...withRows(await readTable(bytes, options)),
      });
    }
    expect(packed).toBeGreaterThan(30);
  }, 300_000);

  it('is checked as one of few rows is', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => GOOD_LINE.replace('ann.lee', `ann.lee${i % 30}`));
    const bytes = bytesOf([HEADER_LINE, ...lines].join('\n'));
    const tables = await Promise.all(
      [FEW, 500].map(async (mostHeld) => {
        const read = await readTable(bytes, { kind: 'clients', maxRows: 500, mostHeld });
        if (!read.ok) throw new Error('The file was rejected');
        return read.table;
      }),
    );
    const [long, short] = tables.map((table) => checkRows(table, contextWith()));
    expect(long).toEqual(short);
    expect(long!.filter(({ person }) => person === null)).toHaveLength(10);
  });

  it.each([
    [
      'a quotation mark that is never closed',
      `${HEADER_LINE}\n${GOOD_LINE}\n`.repeat(3) + '"Ann,Lee\n'.padEnd(200, 'x\n'),
    ],
    [
      'lone inch marks',
      [HEADER_LINE, ...Array.from({ length: 9 }, () => GOOD_LINE.replace('Lee & Co', '5" pipe'))].join('\n'),
    ],
    [
      'blanks around its quotation marks',
      [HEADER_LINE, ...Array.from({ length: 9 }, () => GOOD_LINE.replace('Lee & Co', ' "Lee, Inc." '))].join('\r\n'),
    ],
    ['more rows than it may have', [HEADER_LINE, ...Array.from({ length: 5_000 }, () => GOOD_LINE)].join('\n')],
  ])('with %s comes to the same', async (_what, text) => {
    const [long, short] = await Promise.all(
      [FEW, 10_000].map((mostHeld) => readTable(bytesOf(text), { kind: 'clients', maxRows: 500, mostHeld })),
    );
    expect(withRows(long!)).toEqual(withRows(short!));
  });
});
