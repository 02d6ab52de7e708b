import fc from 'fast-check';
import { chunkRows, formatRowSet, parseRowSet, shortenRowSet } from '../../contract/row-set';

const lines = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 600 });
const ascending = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

describe('Row sets', () => {
  it.each([
    [[], ''],
    [[7], '7'],
    [[2, 3], '2-3'],
    [[5, 2, 3, 4, 42, 4], '2-5,42'],
    [Array.from({ length: 500 }, (_, i) => i + 2), '2-501'],
  ])('When %j is written, then as %s', (numbers, rows) => {
    expect(formatRowSet(numbers)).toBe(rows);
  });

  it('When any lines are written and read, then they come back ascending, each once, and in the shortest form', () => {
    fc.assert(
      fc.property(lines, (numbers) => {
        const rows = formatRowSet(numbers);
        expect(parseRowSet(rows)).toEqual(ascending(numbers));
        expect(formatRowSet(parseRowSet(rows))).toBe(rows);
      }),
    );
  });

  it('When lines are cut into chunks, then no line is lost, doubled or moved, and no chunk is too large', () => {
    fc.assert(
      fc.property(lines.map(ascending), fc.integer({ min: 1, max: 100 }), (numbers, size) => {
        const chunks = chunkRows(numbers, size).map(parseRowSet);
        expect(chunks.flat()).toEqual(numbers);
        for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(size);
      }),
    );
  });

  it('When one is shortened for people, then it ends with a whole range, and no line is named that is not in it', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 9, max: 100 }), (numbers, longest) => {
        const rows = formatRowSet(numbers);
        const shown = shortenRowSet(rows, longest);
        expect(shown.length).toBeLessThanOrEqual(Math.max(longest, 9) + 2);
        const named = shown.replace(/,…$/, '');
        expect(rows === named || rows.startsWith(`${named},`)).toBe(true);
        expect(shown === rows).toBe(rows.length <= longest);
      }),
    );
    expect(shortenRowSet('2,1002,13002,14002', 14)).toBe('2,1002,13002,…');
    expect(shortenRowSet('2,1002,13002,14002', 9)).toBe('2,1002,…');
    expect(shortenRowSet('13000-14000,15000', 3)).toBe('13000-14000,…');
  });

  it.each(['2-', 'a', '2,,3', '2-3-4', ' 2', '-5', '2.5'])('When %j is read, then it is refused', (rows) => {
    expect(() => parseRowSet(rows)).toThrow(TypeError);
  });
});
